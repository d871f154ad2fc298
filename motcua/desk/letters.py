"""Mẫu 04 on the desk's pages: the forms, and what a dossier's page says of its apologies (R26)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.desk.forms import ReasonForm, WordsForm
from motcua.dossiers import apologies
from motcua.dossiers.actions import Letter
from motcua.dossiers.actions.apology import LONGEST
from motcua.dossiers.choices import LateReason
from motcua.dossiers.clock import aware, local
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.outlook import Outlooks
from motcua.results import actions as results
from motcua.results import apologies as results_apologies
from motcua.rules.workflow import Action
from motcua.ui.formats import vn_time


class LetterForm(forms.Form):
    """Why it is late, in a choice and in words; with `dates`, until when instead."""

    reason = forms.ChoiceField(label=gettext_lazy("Lý do"), choices=LateReason)
    text = forms.CharField(
        label=gettext_lazy("Giải thích thêm"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    new_due_at = forms.CharField(
        label=gettext_lazy("Hẹn lại"),
        widget=forms.Select,
        error_messages={"required": gettext_lazy("Chọn ngày hẹn lại.")},
    )

    def __init__(self, *args: Any, dates: Sequence[datetime] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dates:
            self.fields["new_due_at"].widget.choices = _choices(dates)
        else:
            del self.fields["new_due_at"]

    def clean_new_due_at(self) -> datetime:
        """Whether it is a date that the clock offers is for the act to say, in words."""
        try:
            return aware(datetime.fromisoformat(self.cleaned_data["new_due_at"]).replace(tzinfo=None))
        except (ValueError, OverflowError):
            raise ValidationError(_("Ngày hẹn chưa đúng. Chọn một ngày trong danh sách.")) from None

    @property
    def letter(self) -> Letter:
        facts = self.cleaned_data
        return Letter(LateReason(facts["reason"]), facts["text"], facts.get("new_due_at"))


def _choices(dates: Sequence[datetime]) -> list[tuple[str, str]]:
    first, *later = [(local(date).isoformat(timespec="minutes"), vn_time(date)) for date in dates]
    return [(first[0], _("%(date)s (phần mềm đề nghị)") % {"date": first[1]}), *later]


class RowLetterForm(LetterForm):
    """In a list: one line for the words."""

    text = forms.CharField(label=gettext_lazy("Giải thích thêm"), required=False, max_length=LONGEST)


class LateApproveForm(LetterForm):
    """The approval of a late dossier with its result: the apology is signed in the same act."""

    words = WordsForm.base_fields["words"]


class OwnReasonForm(RowLetterForm):
    """Of one among many: what is left empty is as for all."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Lý do"),
        choices=[("", gettext_lazy("Như lý do chung")), *LateReason.choices],
        required=False,
    )


@dataclass(frozen=True, slots=True)
class Letters:
    """A dossier's apologies, as its page shows them."""

    rows: list[Apology]
    is_owed: bool
    is_kept_back: bool
    """The result is there and waits for the signature only."""

    @property
    def unsigned(self) -> Apology | None:
        """The draft that waits for the leader, the one for lateness first."""
        waiting = [row for row in self.rows if row.signed_at is None]
        return min(waiting, key=lambda row: row.cause != Apology.Cause.LATE, default=None)

    @property
    def promise_a_date(self) -> bool:
        """Only an apology for lateness gives a new date."""
        return self.is_owed or any(row.cause == Apology.Cause.LATE for row in self.rows)

    @property
    def can_be_drafted(self) -> bool:
        return not any(row.cause == Apology.Cause.LATE and row.signed_at for row in self.rows)


def letters_of(found: Dossier, now: datetime) -> Letters:
    is_owed = apologies.is_owed(found, now) and found.returned_at is None
    kept_back = is_owed and results_apologies.kept_back(found) is not None
    return Letters(apologies.of(found), is_owed, kept_back)


def letter_forms(
    found: Dossier, letters: Letters, acts: frozenset[Action], now: datetime
) -> dict[str, forms.Form]:
    """Forms for what this officer can do about the dossier's apology."""
    draft = letters.unsigned
    known = {"reason": draft.reason, "text": draft.text} if draft else {}
    made: dict[str, forms.Form] = {
        "draft_apology": LetterForm(prefix="draft_apology", initial=known),
        "waive_apology": ReasonForm(prefix="waive_apology"),
    }
    if Action.APPROVE in acts:
        made["approve"] = approve_form(found, now, initial=known)
    if draft and Action.REAPPOINT in acts and not isinstance(made.get("approve"), LateApproveForm):
        dates = () if letters.is_kept_back else dates_for(draft, now, Outlooks())
        made["reappoint"] = LetterForm(prefix="reappoint", initial=known, dates=dates)
    return made


def approve_form(found: Dossier, now: datetime, data: Any = None, **known: Any) -> forms.Form:
    """With the letter where the approval issues a late result."""
    late = apologies.is_owed(found, now) and results.is_issued_by_approval(found)
    return LateApproveForm(data, prefix="approve", **known) if late else WordsForm(data, prefix="approve")


def dates_for(apology: Apology, now: datetime, looks: Outlooks) -> tuple[datetime, ...]:
    """The dates that may be given with an apology, the proposed one first; none where none is needed."""
    if apology.cause != Apology.Cause.LATE or apology.dossier.finished_at is not None:
        return ()
    look, stored = looks.of(apology.dossier, now), apology.new_due_at
    dates = look.dates if look else ()
    if dates and stored and now < stored < dates[0]:
        return (stored, *dates)  # what was proposed first still stands
    return dates
