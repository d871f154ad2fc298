"""The decision: the result that was prepared and issued, and its hand-over to the citizen.

What never lives here: the dossier's state (dossiers writes it), or how a paper looks.
"""
