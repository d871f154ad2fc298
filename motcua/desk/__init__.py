"""The officer's door: the counter, the work lists, the dossier, approval, results, the register.

What never lives here: a rule of law or a write of its own; a view loads and authorises, validates a form, calls one
action, and answers.
"""
