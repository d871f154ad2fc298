"""Counts, and the periodic reports made of them.

Reads stored columns only, and decides nothing: when a dossier is late was decided at its finish. Never writes a dossier.
"""
