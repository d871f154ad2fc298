"""Who there is: units of the State in one tree with their hours and counters, officers with their roles, applicants.

What never lives here: what an officer may do to a dossier (rules and dossiers), or a procedure (catalog).
"""
