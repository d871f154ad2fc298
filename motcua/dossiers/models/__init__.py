"""Shapes and constraints of dossiers and of what happens to them."""

from motcua.dossiers.models.apologies import Apology
from motcua.dossiers.models.dossiers import Dossier, Leg, Move, Step
from motcua.dossiers.models.findings import Consultation, LostPaper, Verification
from motcua.dossiers.models.papers import Attachment, Counter, ReceivedPaper
from motcua.dossiers.models.supplements import MissingPaper, Supplement, SupplementItem, TurnedAway

__all__ = [
    "Apology",
    "Attachment",
    "Consultation",
    "Counter",
    "Dossier",
    "Leg",
    "LostPaper",
    "MissingPaper",
    "Move",
    "ReceivedPaper",
    "Step",
    "Supplement",
    "SupplementItem",
    "TurnedAway",
    "Verification",
]
