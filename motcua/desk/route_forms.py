"""What a unit's administrator types about a procedure: its own way, its counter, that it does not arise."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog import ways
from motcua.catalog.adapting import LONGEST_REASON
from motcua.catalog.errors import RouteRefused
from motcua.catalog.offering import COUNTERS
from motcua.catalog.offering import LONGEST_REASON as LONGEST_WHY
from motcua.catalog.route_words import KINDS, ROLE_OF, stage_words
from motcua.catalog.ways import Way
from motcua.people.models import Unit
from motcua.rules import routes as rules
from motcua.rules.durations import duration_words
from motcua.rules.routes import Measure, Stage
from motcua.rules.workflow import StepKind
from motcua.ui.minutes_field import MinutesField

MOST_ADDED = 3
"""Steps that a district can add in one form."""
ADDED_KINDS = (StepKind.RECEPTION, StepKind.PROCESSING, StepKind.APPROVAL)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the route above, beside the unit's own."""

    stage: Stage
    name: str
    time: BoundField | None
    """None: another agency's, so nothing to type."""
    officer: BoundField | None
    is_other: bool
    """The unit's own differs from the template in this step."""


@dataclass(frozen=True, slots=True)
class AddedRow:
    number: int
    after: BoundField
    kind: BoundField
    agency: BoundField
    time: BoundField


class OwnRouteForm(forms.Form):
    """The unit's own way, step by step beside the route above; a district's with a few steps more."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do làm khác quy trình mẫu"),
        max_length=LONGEST_REASON,
        error_messages={"required": gettext_lazy("Hãy ghi lý do làm khác quy trình mẫu.")},
    )

    def __init__(
        self, *args: Any, unit: Unit, way: Way, stages: Sequence[Stage], own: Sequence[Stage], **kwargs: Any
    ) -> None:
        """`stages`: the route above; `own`: what the unit has now, to begin with."""
        super().__init__(*args, **kwargs)
        self._stages, self._own = stages, own
        self.measure = ways.measure_of(unit) or Measure.COMMUNE
        places = rules.align(stages, own)
        self._places = places if places is not None else list(range(len(stages)))
        if places is None:
            self._own = stages
        for place, stage in enumerate(stages):
            self._add_step(unit, way, place, stage)
        if self.measure is Measure.DISTRICT:
            self._add_new(unit)
        self._origin: list[str] = []

    def _current(self, place: int) -> Stage:
        """The unit's own of a step of the route above."""
        return self._own[self._places.index(place)]

    def _add_step(self, unit: Unit, way: Way, place: int, stage: Stage) -> None:
        own = self._current(place)
        if rules.is_free(stage, self.measure):
            self.fields[f"minutes_{place}"] = MinutesField(
                label=_("Thời gian"),
                initial=duration_words(own.minutes),
                error_messages={"required": _("Hãy ghi thời gian của bước.")},
            )
        if self.measure is Measure.COMMUNE and rules.may_name(stage):
            there = ways.able(unit.pk, way.version, stage)
            choices = [("", _("Theo cách phân công của đơn vị")), *((str(u.pk), u.full_name) for u in there)]
            self.fields[f"officer_{place}"] = forms.TypedChoiceField(
                label=_("Người xử lý"),
                choices=choices,
                required=False,
                coerce=int,
                empty_value=None,
                initial=own.officer_id or "",
                error_messages={
                    "invalid_choice": _("Người này không phụ trách lĩnh vực của thủ tục ở đơn vị.")
                },
            )

    def _add_new(self, unit: Unit) -> None:
        names = {
            str(place): f"{place + 1}. {KINDS[stage.kind]}" for place, stage in enumerate(self._stages[:-1])
        }
        kinds = Unit.objects.filter(parent=unit, valid_to=None).exclude(agency_kind="").order_by("name")
        agencies = [(rules.DISTRICT, unit.name), *kinds.values_list("agency_kind", "name")]
        for number, known in enumerate(self._added()):
            self.fields |= {
                f"kind_{number}": forms.ChoiceField(
                    label=_("Bước thêm"),
                    choices=[("", _("Không thêm")), *((kind.value, KINDS[kind]) for kind in ADDED_KINDS)],
                    required=False,
                    initial=known[1].kind if known else "",
                ),
                f"agency_{number}": forms.ChoiceField(
                    label=_("Tại"),
                    choices=agencies,
                    required=False,
                    initial=known[1].agency if known else None,
                ),
                f"after_{number}": forms.TypedChoiceField(
                    label=_("Sau bước"),
                    choices=list(names.items()),
                    required=False,
                    coerce=int,
                    initial=str(known[0]) if known else str(len(names) - 1),
                ),
                f"time_{number}": MinutesField(
                    label=_("Thời gian"),
                    required=False,
                    initial=duration_words(known[1].minutes) if known else "",
                ),
            }

    def _added(self) -> list[tuple[int, Stage] | None]:
        """What the district has added so far, each after which step; then room for more."""
        found: list[tuple[int, Stage] | None] = []
        last = 0
        for stage, at in zip(self._own, self._places, strict=True):
            if at is None:
                found.append((last, stage))
            else:
                last = at
        return [*found, *([None] * max(0, MOST_ADDED - len(found)))]

    def clean(self) -> dict[str, Any]:
        for number in self._numbers():
            if self.cleaned_data.get(f"kind_{number}") and self.cleaned_data.get(f"time_{number}", 0) is None:
                self.add_error(f"time_{number}", _("Hãy ghi thời gian của bước."))
        return self.cleaned_data

    def _numbers(self) -> list[int]:
        return [number for number in range(len(self.fields)) if f"kind_{number}" in self.fields]

    @property
    def drawn(self) -> list[Stage]:
        """The stages that were typed, in their order."""
        facts, made = self.cleaned_data, []
        self._origin = []
        for place, stage in enumerate(self._stages):
            minutes = facts.get(f"minutes_{place}", stage.minutes)
            made.append(replace(stage, minutes=minutes, officer_id=facts.get(f"officer_{place}")))
            self._origin.append(f"minutes_{place}")
            for number in self._numbers():
                if facts[f"kind_{number}"] and facts[f"after_{number}"] == place:
                    kind = StepKind(facts[f"kind_{number}"])
                    made.append(
                        Stage(kind, ROLE_OF[kind], facts[f"time_{number}"], facts[f"agency_{number}"])
                    )
                    self._origin.append(f"time_{number}")
        return made

    def refuse(self, refusal: RouteRefused) -> None:
        """Say what is wrong beside the field concerned, and the rest above."""
        for place, words in refusal.places.items():
            field = self._origin[place]
            self.add_error(field if field in self.fields else None, words)
        if not refusal.places or str(refusal) != _("Có bước chưa đúng."):
            self.add_error(None, str(refusal))

    def rows(self, agencies: dict[str, str]) -> list[StepRow]:
        return [
            StepRow(
                stage,
                stage_words(stage, agencies),
                self[f"minutes_{place}"] if f"minutes_{place}" in self.fields else None,
                self[f"officer_{place}"] if f"officer_{place}" in self.fields else None,
                self._current(place) != stage,
            )
            for place, stage in enumerate(self._stages)
        ]

    def added_rows(self) -> list[AddedRow]:
        names = ("after", "kind", "agency", "time")
        return [
            AddedRow(number + 1, *(self[f"{name}_{number}"] for name in names)) for number in self._numbers()
        ]


class CounterForm(forms.Form):
    counter = forms.IntegerField(
        label=gettext_lazy("Quầy tiếp nhận"),
        help_text=gettext_lazy("Để trống nếu quầy nào cũng nhận."),
        required=False,
        min_value=COUNTERS[0],
        max_value=COUNTERS[1],
        error_messages={
            "invalid": gettext_lazy("Số quầy phải là số."),
            "min_value": gettext_lazy("Số quầy từ 1 đến 99."),
            "max_value": gettext_lazy("Số quầy từ 1 đến 99."),
        },
    )


class NotArisingForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Vì sao không phát sinh ở đơn vị"),
        help_text=gettext_lazy(
            "Ví dụ: xã không giáp biên giới. Cấp huyện, cấp tỉnh đọc được và có thể mở lại."
        ),
        max_length=LONGEST_WHY,
        error_messages={"required": gettext_lazy("Hãy ghi vì sao thủ tục này không phát sinh ở đơn vị.")},
    )
