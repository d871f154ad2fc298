"""Every change of a dossier, one function an act. Each locks the row, asks the table of `rules.workflow`,
writes state, step, move and one journal entry in one transaction, and does nothing else.
"""

from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.close import finish, hand_over
from motcua.dossiers.actions.faults import Loss, recall, record_loss, reissue
from motcua.dossiers.actions.note import attach, note
from motcua.dossiers.actions.receive import Applicant, PaperTick, Reception, receive
from motcua.dossiers.actions.recount import recount
from motcua.dossiers.actions.route import approve, forward, send_back, take
from motcua.dossiers.actions.scan import Scan, scan
from motcua.dossiers.actions.verify import Facts, verify

__all__ = [
    "Act",
    "Applicant",
    "Facts",
    "Loss",
    "PaperTick",
    "Reception",
    "Scan",
    "approve",
    "attach",
    "finish",
    "forward",
    "hand_over",
    "note",
    "recall",
    "receive",
    "record_loss",
    "recount",
    "reissue",
    "scan",
    "send_back",
    "take",
    "verify",
]
