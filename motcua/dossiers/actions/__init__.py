"""Every change of a dossier, one function an act. Each locks the row, asks the table of `rules.workflow`,
writes state, step, move and one journal entry in one transaction, and does nothing else.
"""

from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.apology import Letter, apologise, draft, draft_by_itself, sign, waive
from motcua.dossiers.actions.close import finish, hand_over
from motcua.dossiers.actions.foresee import foresee
from motcua.dossiers.actions.note import attach, note
from motcua.dossiers.actions.receive import Applicant, PaperTick, Reception, receive
from motcua.dossiers.actions.recount import recount
from motcua.dossiers.actions.route import approve, forward, send_back, take

__all__ = [
    "Act",
    "Applicant",
    "Letter",
    "PaperTick",
    "Reception",
    "apologise",
    "approve",
    "attach",
    "draft",
    "draft_by_itself",
    "finish",
    "foresee",
    "forward",
    "hand_over",
    "note",
    "receive",
    "recount",
    "send_back",
    "sign",
    "take",
    "waive",
]
