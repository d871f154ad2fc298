"""Reading apologies: what lies before the leader, what is owed, what was let pass (R26)."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua.dossiers.choices import Outcome
from motcua.dossiers.clock import local
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries import overdue
from motcua.people.succession import answered_by
from motcua.rules.punctuality import Punctuality, punctuality

LATE = Apology.Cause.LATE
UNSIGNED = Q(signed_at=None, dropped_at=None)
RETURNED_UNANSWERED = (Outcome.WITHDRAWN, Outcome.LAPSED)
"""Nobody waits for an answer any more, so nothing is to be apologised for."""


def live(dossier: Dossier) -> Apology | None:
    """The one apology for lateness that a dossier has, signed or not; None: none, or only dropped drafts."""
    return Apology.objects.filter(dossier=dossier, cause=LATE, dropped_at=None).first()


def of(dossier: Dossier) -> list[Apology]:
    """All of a dossier but the dropped ones, oldest first."""
    rows = Apology.objects.filter(dossier=dossier, dropped_at=None)
    return list(rows.select_related("unit", "signed_by", "drafted_by").order_by("pk"))


def is_owed(dossier: Dossier, at: datetime) -> bool:
    """Whether the dossier is late at a moment, or was late at its finish, with no apology signed and none waived."""
    if dossier.apologised_at or dossier.apology_waived or dossier.outcome in RETURNED_UNANSWERED:
        return False
    if dossier.finished_at is not None:
        return dossier.punctuality == Punctuality.LATE
    return punctuality(local(dossier.due_at), local(at)) is Punctuality.LATE


def late(now: datetime) -> Q:
    """Dossiers that are past the law's due time with the clock running, or were at their finish."""
    return Q(punctuality=Punctuality.LATE) | overdue(now)


def owed(now: datetime) -> Q:
    """Late dossiers without a signed apology, waived ones among them: the citizen got none."""
    return late(now) & Q(apologised_at=None) & ~Q(outcome__in=RETURNED_UNANSWERED)


def missed(now: datetime) -> Q:
    """Running dossiers whose draft nobody has signed in time."""
    drafts = Apology.objects.filter(UNSIGNED, dossier=OuterRef("pk"), sign_by__lt=now)
    return Q(finished_at=None) & Q(Exists(drafts))


def to_sign(unit_id: int) -> QuerySet[Apology]:
    """What lies before a unit's leader, to be ordered by (urgent_at, id)."""
    return Apology.objects.filter(UNSIGNED, unit__in=answered_by(unit_id)).annotate(urgent_at=F("sign_by"))


def of_specialist(unit_id: int, user_id: int) -> QuerySet[Apology]:
    """Drafts for dossiers that lie with a specialist, to be ordered by (urgent_at, id)."""
    return to_sign(unit_id).filter(dossier__assignee=user_id)


def count_to_sign(unit_id: int, user_id: int, now: datetime) -> dict[str, int]:
    """How many wait for a unit's leader, how many of them past their moment, and how many are of one specialist's."""
    counted = to_sign(unit_id).aggregate(
        all=Count("pk"),
        missed=Count("pk", filter=Q(sign_by__lt=now)),
        own=Count("pk", filter=Q(dossier__assignee=user_id)),
    )
    return dict(counted)
