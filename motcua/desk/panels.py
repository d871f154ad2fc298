"""What a dossier's page has beside its way: verifications, faults, scans, a late entry, and their forms."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from motcua.desk.access import officer_of
from motcua.desk.fault_forms import LossForm, RecallForm, VerifyForm
from motcua.desk.forms import ResultForm
from motcua.desk.scan_forms import ScansForm
from motcua.dossiers.actions.counter import is_at_once
from motcua.dossiers.actions.faults import answerable
from motcua.dossiers.choices import Channel
from motcua.dossiers.models import Dossier, Move, ReceivedPaper
from motcua.results.kept import reusable
from motcua.results.models import HandOver, RecalledResult
from motcua.rules.workflow import Action, State, StepKind

LOSS = "mat-giay-to"
"""`?viec=mat-giay-to` opens the form that is seldom needed."""


def papers_of(found: Dossier) -> list[ReceivedPaper]:
    return list(found.papers.select_related("requirement", "scan").order_by("requirement__position"))


def facts(found: Dossier, moves: Sequence[Move]) -> dict[str, Any]:
    """What is on record; what never happened costs no query."""
    done = {move.action for move in moves}
    recalled = RecalledResult.objects.filter(dossier=found).select_related("file", "by").order_by("at")
    return {
        "verifications": found.verifications.select_related("by").order_by("at", "pk")
        if Action.VERIFY in done
        else (),
        "lost_papers": found.lost_papers.select_related("answers").order_by("at")
        if Action.RECORD_LOSS in done
        else (),
        "recalled": recalled if Action.RECALL in done else (),
        "hand_overs": HandOver.objects.filter(dossier=found).order_by("at")
        if Action.HAND_OVER in done
        else (),
        "entered_at": _entered_later(found, moves),
    }


def _entered_later(found: Dossier, moves: Sequence[Move]) -> object:
    """When it was entered, if that was not when it was handed in; what comes online is never late."""
    entered = moves[0].at.replace(second=0, microsecond=0)
    return entered if entered > found.received_at and found.channel != Channel.ONLINE else None


def acts(request: HttpRequest, found: Dossier, papers: Sequence[ReceivedPaper]) -> dict[str, forms.Form]:
    """Empty forms for the acts of this page's panels."""
    officer_id = officer_of(request).user_id
    shown: dict[str, forms.Form] = {
        "verify": VerifyForm(prefix="verify"),
        "recall": RecallForm(prefix="recall"),
        "reissue": ResultForm(prefix="reissue", officer_id=officer_id),
        "scan": ScansForm(
            prefix="scan",
            papers=papers,
            officer_id=officer_id,
            results=reusable(found) if found.unscanned else (),
        ),
    }
    if request.GET.get("viec") == LOSS:
        shown["record_loss"] = LossForm(prefix="record_loss", officers=answerable(found))
    return shown


def impossible(found: Dossier, *, has_result: bool) -> frozenset[Action]:
    """What the table allows but this dossier has nothing for."""
    nothing: set[Action] = set()
    if found.state in (State.DONE, State.RETURNED) and not has_result:
        nothing.add(Action.RECALL)
    if found.step_kind == StepKind.RECEPTION and not (is_at_once(found.limit) and not found.local_due_at):
        nothing.add(Action.FINISH)
    return frozenset(nothing)
