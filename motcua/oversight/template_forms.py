"""The province's template of a procedure, step by step; and which procedures are put on whose lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.adapting import LONGEST_REASON
from motcua.catalog.bulk_offer import Line, What
from motcua.catalog.errors import RouteRefused
from motcua.catalog.models import Procedure
from motcua.catalog.queries import current
from motcua.catalog.route_words import KINDS, ROLE_OF, agency_names
from motcua.people.models import Field, Unit, UnitIdentifier, UnitLevel
from motcua.people.queries import desk_fields
from motcua.rules.durations import duration_words
from motcua.rules.routes import Stage
from motcua.rules.workflow import StepKind
from motcua.ui.minutes_field import MinutesField

MORE = 3
"""Rows for new steps: an agency's reception, processing and approval."""
FAR = 99


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A step as it is typed; `stage` None: room for a new one."""

    stage: Stage | None
    order: BoundField
    kind: BoundField
    agency: BoundField
    field: BoundField
    time: BoundField


class TemplateForm(forms.Form):
    """All steps with their order; an empty kind takes a step away, an empty row adds none."""

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    decision = forms.CharField(
        label=gettext_lazy("Căn cứ: số quyết định phê duyệt quy trình nội bộ"),
        max_length=LONGEST_REASON,
        error_messages={
            "required": gettext_lazy("Hãy ghi căn cứ: số quyết định phê duyệt quy trình nội bộ.")
        },
    )

    def __init__(self, *args: Any, stages: Sequence[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stages: list[Stage | None] = [*stages, *([None] * MORE)]
        agencies = [("", _("Đơn vị tiếp nhận")), *agency_names().items()]
        fields = [("", _("Lĩnh vực của thủ tục")), *((str(pk), name) for pk, name in desk_fields())]
        kinds = [("", _("Không có bước này")), *((kind, label) for kind, label in KINDS.items())]
        for number, stage in enumerate(self._stages):
            self.fields |= {
                f"order_{number}": forms.IntegerField(
                    label=_("Thứ tự"),
                    required=False,
                    min_value=1,
                    max_value=FAR,
                    initial=self._order(number, len(stages)),
                ),
                f"kind_{number}": forms.ChoiceField(
                    label=_("Bước"), choices=kinds, required=False, initial=stage.kind if stage else ""
                ),
                f"agency_{number}": forms.ChoiceField(
                    label=_("Tại"), choices=agencies, required=False, initial=stage.agency if stage else ""
                ),
                f"field_{number}": forms.TypedChoiceField(
                    label=_("Lĩnh vực"),
                    choices=fields,
                    required=False,
                    coerce=int,
                    empty_value=None,
                    initial=(stage.field_id or "") if stage else "",
                ),
                f"time_{number}": MinutesField(
                    label=_("Thời gian"),
                    required=False,
                    initial=duration_words(stage.minutes) if stage else "",
                ),
            }
        self._origin: list[int] = []

    def _order(self, number: int, known: int) -> int:
        """Even numbers leave room between; a new step goes before the return unless somebody says otherwise."""
        return 2 * (number + 1) if number < known or not known else 2 * known - 1

    def clean(self) -> dict[str, Any]:
        for number in range(len(self._stages)):
            if self.cleaned_data.get(f"kind_{number}") and self.cleaned_data.get(f"time_{number}", 0) is None:
                self.add_error(f"time_{number}", _("Hãy ghi thời gian của bước."))
        return self.cleaned_data

    @property
    def drawn(self) -> list[Stage]:
        """The steps in the order that was typed; what other agencies do beside a step stays with it."""
        facts = self.cleaned_data
        there = [number for number in range(len(self._stages)) if facts[f"kind_{number}"]]
        self._origin = sorted(there, key=lambda number: (facts[f"order_{number}"] or FAR, number))
        return [self._stage(number) for number in self._origin]

    def _stage(self, number: int) -> Stage:
        facts, old = self.cleaned_data, self._stages[number]
        kind = StepKind(facts[f"kind_{number}"])
        return Stage(
            kind,
            ROLE_OF[kind],
            facts[f"time_{number}"],
            facts[f"agency_{number}"],
            facts[f"field_{number}"],
            tasks=old.tasks if old and old.kind is kind else (),
        )

    def refuse(self, refusal: RouteRefused) -> None:
        for place, words in refusal.places.items():
            self.add_error(f"time_{self._origin[place]}", words)
        if not refusal.places or str(refusal) != _("Có bước chưa đúng."):
            self.add_error(None, str(refusal))

    def rows(self) -> list[TemplateRow]:
        names = ("order", "kind", "agency", "field", "time")
        return [
            TemplateRow(stage, *(self[f"{name}_{number}"] for name in names))
            for number, stage in enumerate(self._stages)
        ]


WHATS = (
    (What.OFFER.value, gettext_lazy("Đưa vào danh mục")),
    (What.WITHDRAW.value, gettext_lazy("Rút khỏi danh mục")),
)
EVERYWHERE = (
    (UnitLevel.COMMUNE.value, gettext_lazy("Mọi xã, phường, thị trấn")),
    (UnitLevel.DISTRICT.value, gettext_lazy("Mọi huyện, thị xã, thành phố")),
)


class OfferingsForm(forms.Form):
    """Procedures (of fields, or named by code) × units (of a level, of districts, or named), and what to do."""

    what = forms.ChoiceField(
        label=gettext_lazy("Việc"),
        choices=WHATS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn đưa vào hay rút khỏi.")},
    )
    fields_of_work = forms.MultipleChoiceField(
        label=gettext_lazy("Thủ tục của lĩnh vực"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=gettext_lazy("Hoặc mã thủ tục"),
        help_text=gettext_lazy("Mỗi dòng một mã, như 1.004837."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị"), required=False, choices=EVERYWHERE, widget=forms.CheckboxSelectMultiple
    )
    districts = forms.MultipleChoiceField(
        label=gettext_lazy("Hoặc mọi xã của"), required=False, widget=forms.CheckboxSelectMultiple
    )
    units = forms.CharField(
        label=gettext_lazy("Hoặc từng đơn vị"),
        help_text=gettext_lazy(
            "Mỗi dòng một đơn vị: mã, hoặc tên đầy đủ; trùng tên thì ghi cả huyện, như “Xã Phú Hải, Huyện Phú Vang”."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = Field.objects.filter(group=None).order_by("name")
        self.fields["fields_of_work"].choices = [(str(one.pk), one.name) for one in groups]  # type: ignore[attr-defined]
        districts = Unit.objects.filter(level=UnitLevel.DISTRICT, valid_to=None).order_by("code")
        self.fields["districts"].choices = [(one.code, one.name) for one in districts]  # type: ignore[attr-defined]

    def clean_codes(self) -> list[int]:
        known = dict(current().order_by().values_list("procedure__code", "procedure"))
        return self._found(
            self.cleaned_data["codes"], known, _("Không có thủ tục đang hiệu lực nào mang mã: %s.")
        )

    def clean_units(self) -> list[int]:
        there = Unit.objects.filter(valid_to=None).exclude(level=UnitLevel.AGENCY)
        names: dict[str, int | None] = {}
        for pk, name, above in there.values_list("pk", "name", "parent__name"):
            names[name.lower()] = None if name.lower() in names else pk
            names[f"{name}, {above}".lower()] = pk
        codes: dict[str, int | None] = dict(there.values_list("code", "pk"))
        identifiers = UnitIdentifier.objects.filter(unit__in=there).values_list("identifier", "unit")
        known = names | codes | dict(identifiers)
        return self._found(
            self.cleaned_data["units"], known, _("Không có, hoặc có nhiều đơn vị tên hay mã: %s.")
        )

    def _found(self, text: str, known: dict[str, Any], words: str) -> list[int]:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        found = {line: known.get(line) or known.get(line.lower()) for line in lines if line}
        if unknown := [line for line, pk in found.items() if pk is None]:
            raise forms.ValidationError(words % "; ".join(unknown[:10]))
        return [pk for pk in found.values() if pk is not None]

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if not self.errors and not facts["fields_of_work"] and not facts["codes"]:
            self.add_error("codes", _("Chọn lĩnh vực hoặc ghi mã thủ tục."))
        if not self.errors and not (facts["levels"] or facts["districts"] or facts["units"]):
            self.add_error("units", _("Chọn đơn vị."))
        return facts

    @property
    def lines(self) -> list[Line]:
        what, procedures = What(self.cleaned_data["what"]), self._procedures()
        return [Line(unit_id, procedure_id, what) for unit_id in self._units() for procedure_id in procedures]

    def _procedures(self) -> list[int]:
        """In force; to be withdrawn also what is in force no more, by its field."""
        facts = self.cleaned_data
        groups = [int(pk) for pk in facts["fields_of_work"]]
        of_field = current().filter(field__in=groups) | current().filter(field__group__in=groups)
        found = set(of_field.order_by().values_list("procedure", flat=True)) | set(facts["codes"])
        return list(Procedure.objects.filter(pk__in=found).order_by("code").values_list("pk", flat=True))

    def _units(self) -> list[int]:
        facts = self.cleaned_data
        there = Unit.objects.filter(valid_to=None)
        found = set(there.filter(level__in=facts["levels"]).values_list("pk", flat=True))
        below = there.filter(level=UnitLevel.COMMUNE, parent__code__in=facts["districts"])
        found |= set(below.values_list("pk", flat=True)) | set(facts["units"])
        return list(Unit.objects.filter(pk__in=found).order_by("code").values_list("pk", flat=True))


class OffersFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp CSV hoặc XLSX"),
        help_text=gettext_lazy("Ba cột unit, procedure, action; action là offer (thêm) hoặc withdraw (rút)."),
        error_messages={
            "required": gettext_lazy("Chọn tệp."),
            "empty": gettext_lazy("Tệp trống."),
        },
    )


class ConfirmForm(forms.Form):
    """What was shown, sent back with the decision."""

    rows = forms.CharField(widget=forms.HiddenInput, strip=False)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.CharField(
        label=gettext_lazy("Căn cứ: số quyết định hoặc văn bản"),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi căn cứ: số quyết định hoặc văn bản.")},
    )
