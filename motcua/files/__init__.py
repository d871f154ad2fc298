"""Stored files: what was uploaded, checked by its content, kept by its digest, sent but never served as a page.

What never lives here: who may read a file (the dossier it belongs to decides).
"""
