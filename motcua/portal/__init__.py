"""The citizen's door: what is published of procedures and desks (R50), and how far a dossier is, by its code (R51).

What never lives here: a person's name, number or address, and any act on a dossier.
"""
