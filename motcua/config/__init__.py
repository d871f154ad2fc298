"""Settings, urls, the wiring of reactions, and the `motcua` command.

The only room that knows all others. What never lives here: a rule of law, a page, a query.
"""
