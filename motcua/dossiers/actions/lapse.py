"""What the citizen never brings back: announced, then closed (the period is the unit's). Nobody's acts: the worker's."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, read_anew, write
from motcua.dossiers.actions.close import close_without_result
from motcua.dossiers.choices import Outcome
from motcua.dossiers.clock import aware, local
from motcua.dossiers.models import Dossier, Supplement
from motcua.people.calendar import calendar_of
from motcua.people.officer import NOBODY
from motcua.rules import supplement as rules
from motcua.rules.workflow import Action, State

AHEAD = timedelta(days=21)
"""Three working days are never further away than this, Tết included."""


def watch_supplements(now: datetime) -> int:
    """Announce what lapses within three working days, close what was announced and never came; how many were touched.

    Each in a transaction of its own, so it may stop and begin again. Nothing is closed before its notice has lasted
    three working days, however long no worker ran.
    """
    waiting = Supplement.objects.filter(
        asked_at__isnull=False,
        answered_at=None,
        submitted_at=None,  # it came; that nobody has looked yet is not the applicant's fault
        lapses_at__lt=now + AHEAD,
        dossier__state=State.WAITING,
    )
    return sum(
        _watch(pk, now) for pk in waiting.order_by("lapses_at").values_list("pk", flat=True).iterator()
    )


@transaction.atomic
def _watch(pk: int, now: datetime) -> bool:
    row = Supplement.objects.get(pk=pk)
    dossier = (
        Dossier.objects.filter(pk=row.dossier_id, state=State.WAITING)
        .select_related("unit", "holder_unit", "version", "step__unit")
        .select_for_update(of=("self",))
        .first()
    )
    if dossier is None:
        return False
    row.refresh_from_db()
    if row.answered_at is not None or row.submitted_at is not None or row.lapses_at is None:
        return False
    read_anew(dossier)
    calendar = calendar_of(dossier.unit)
    if row.warned_at is None:
        return now >= aware(rules.warn_at(local(row.lapses_at), calendar)) and _warn(dossier, row, now)
    told_long_enough = aware(rules.ask_by(local(row.warned_at), calendar))
    return now > max(row.lapses_at, told_long_enough) and _lapse(dossier, now)


def _warn(dossier: Dossier, row: Supplement, now: datetime) -> bool:
    Supplement.objects.filter(pk=row.pk).update(warned_at=now)
    step = dossier.step
    write(Act(NOBODY, now), dossier, Action.WARN_LAPSE, from_step=step, to_step=step)
    return True


def _lapse(dossier: Dossier, now: datetime) -> bool:
    words = _("Quá thời hạn bổ sung mà người nộp không mang giấy tờ đến.")
    close_without_result(Act(NOBODY, now), dossier, Action.LAPSE, Outcome.LAPSED, words)
    return True
