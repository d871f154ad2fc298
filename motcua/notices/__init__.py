"""Messages to citizens and officers: mail, SMS, and what stands on an officer's own page.

What never lives here: a decision when something is said (config/wiring lists that), or an act on a dossier.
"""
