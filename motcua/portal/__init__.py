"""The citizen's door: how far a dossier is, for anyone who has its code (R51).

What never lives here: a person's name, number or address, and any act on a dossier.
"""
