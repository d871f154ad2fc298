"""Administrative procedures in versions, their papers, limits and routes, and which unit offers which.

What never lives here: a running dossier, or who holds which role.
"""
