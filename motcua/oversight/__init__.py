"""The door of those who watch over units and who keep calendar, limits, units, staff and background work.

What never lives here: an act on a dossier; a supervisor sees, and asks those whose work it is.
"""
