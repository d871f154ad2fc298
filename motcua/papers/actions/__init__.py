"""Issuing the legal forms, each from what the data base says, once, kept as issued.

`receipt`, `supplement`, `refusal`, `apology`, `slip`, `turned_away`, `fee` give the stored file of a paper, issuing it if
it was not yet; all are safe to call twice, also at once. `receipt_again` is the one after a supplement,
`receipt_in_force` the last of a dossier. `slip_now` draws the living control slip without keeping it; `sheet` and
`sheets` draw what hangs on the notice board.
"""

from motcua.papers.actions.apology import apology
from motcua.papers.actions.fee import fee
from motcua.papers.actions.receipt import receipt, receipt_again, receipt_in_force
from motcua.papers.actions.refusal import refusal
from motcua.papers.actions.sheet import sheet, sheets
from motcua.papers.actions.slip import slip, slip_now
from motcua.papers.actions.supplement import supplement
from motcua.papers.actions.turned_away import turned_away

__all__ = [
    "apology",
    "fee",
    "receipt",
    "receipt_again",
    "receipt_in_force",
    "refusal",
    "sheet",
    "sheets",
    "slip",
    "slip_now",
    "supplement",
    "turned_away",
]
