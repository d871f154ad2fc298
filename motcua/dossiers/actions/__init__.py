"""Every change of a dossier, one function an act. Each locks the row, asks the table of `rules.workflow`,
writes state, step, move and one journal entry in one transaction, and does nothing else.
"""

from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.close import finish, hand_over
from motcua.dossiers.actions.mark import mark
from motcua.dossiers.actions.note import attach, note
from motcua.dossiers.actions.receive import Applicant, PaperTick, Reception, receive
from motcua.dossiers.actions.recount import recount
from motcua.dossiers.actions.route import approve, forward, send_back, take

__all__ = [
    "Act",
    "Applicant",
    "PaperTick",
    "Reception",
    "approve",
    "attach",
    "finish",
    "forward",
    "hand_over",
    "mark",
    "note",
    "receive",
    "recount",
    "send_back",
    "take",
]
