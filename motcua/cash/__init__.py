"""Fees: what a dossier owes by the published list, receipts numbered without gaps, the counter's day book (R33).

What never lives here: a price that is not published, or the state of a dossier.
"""
