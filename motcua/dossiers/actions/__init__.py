"""Every change of a dossier, one function an act. Each locks the row, asks the table of `rules.workflow`,
writes state, step, move and one journal entry in one transaction, and does nothing else.
"""

from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.apology import Letter, apologise, draft, draft_by_itself, sign, waive
from motcua.dossiers.actions.assign import assign
from motcua.dossiers.actions.close import finish, hand_over
from motcua.dossiers.actions.consult import (
    Question,
    acknowledge,
    answer,
    consult,
    watch_consultations,
)
from motcua.dossiers.actions.faults import Loss, recall, record_loss, reissue
from motcua.dossiers.actions.foresee import foresee
from motcua.dossiers.actions.lapse import watch_supplements
from motcua.dossiers.actions.mark import mark
from motcua.dossiers.actions.note import attach, note
from motcua.dossiers.actions.receive import Applicant, PaperTick, Reception, receive
from motcua.dossiers.actions.recount import Foretold, foretell, recount
from motcua.dossiers.actions.route import approve, forward, send_back, take
from motcua.dossiers.actions.scan import Scan, scan
from motcua.dossiers.actions.submit import keep_upload, reject_submission, submit_supplement
from motcua.dossiers.actions.supplement import (
    Brought,
    Wanted,
    ask_supplement,
    decline_supplement,
    permit_supplement,
    propose_supplement,
    resume,
)
from motcua.dossiers.actions.turn_away import Refusal, turn_away
from motcua.dossiers.actions.verify import Facts, verify
from motcua.dossiers.actions.withdraw import withdraw

__all__ = [
    "Act",
    "Applicant",
    "Brought",
    "Facts",
    "Foretold",
    "Letter",
    "Loss",
    "PaperTick",
    "Question",
    "Reception",
    "Refusal",
    "Scan",
    "Wanted",
    "acknowledge",
    "answer",
    "apologise",
    "approve",
    "ask_supplement",
    "assign",
    "attach",
    "consult",
    "decline_supplement",
    "draft",
    "draft_by_itself",
    "finish",
    "foresee",
    "foretell",
    "forward",
    "hand_over",
    "keep_upload",
    "mark",
    "note",
    "permit_supplement",
    "propose_supplement",
    "recall",
    "receive",
    "record_loss",
    "recount",
    "reissue",
    "reject_submission",
    "resume",
    "scan",
    "send_back",
    "sign",
    "submit_supplement",
    "take",
    "turn_away",
    "verify",
    "waive",
    "watch_consultations",
    "watch_supplements",
    "withdraw",
]
