"""The dossier: its steps, its moves, its clock. The only writer of a dossier's state.

What never lives here: what a result says (results), a paper (papers), a page, or a rule of law written as an
`if` (rules has the table).
"""
