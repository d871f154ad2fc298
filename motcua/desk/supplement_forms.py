"""What is missing, paper by paper of the published list, and what came of it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.models import PaperKind, PaperRequirement
from motcua.dossiers.actions import Brought, Wanted
from motcua.dossiers.models import SupplementItem, TurnedAway


class WantedRow(NamedTuple):
    paper: PaperRequirement
    want: BoundField
    why: BoundField


class SupplementForm(forms.Form):
    """Each paper of the list can be asked for, with what is wrong with it; none beside it (R02)."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do chung, người nộp đọc trên phiếu"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do, để người nộp biết phải làm gì.")},
    )

    def __init__(
        self, *args: Any, papers: Iterable[PaperRequirement], missing: Iterable[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers = [paper for paper in papers if not paper.is_note]
        missing = set(missing)
        for paper in self.papers:
            is_missing = paper.pk in missing
            self.fields[f"want-{paper.pk}"] = forms.BooleanField(
                label=paper.name, required=False, initial=is_missing
            )
            self.fields[f"why-{paper.pk}"] = forms.CharField(
                label=_("Thiếu gì, sai gì"),
                required=False,
                max_length=300,
                initial=_("Chưa nộp") if is_missing else "",
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def rows(self) -> Iterator[WantedRow]:
        for paper in self.papers:
            yield WantedRow(paper, self[f"want-{paper.pk}"], self[f"why-{paper.pk}"])

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        for paper in self.papers:
            name = f"why-{paper.pk}"
            if facts.get(f"want-{paper.pk}") and not facts.get(name, "").strip() and name not in self.errors:
                self.add_error(name, _("Ghi rõ giấy tờ này thiếu gì, sai gì."))
        return facts

    def wanted(self) -> tuple[Wanted, ...]:
        facts = self.cleaned_data
        return tuple(
            Wanted(paper.pk, facts[f"why-{paper.pk}"])
            for paper in self.papers
            if facts.get(f"want-{paper.pk}")
        )


class TurnAwayForm(SupplementForm):
    """At the counter, before anything is received."""

    field_order = ["kind", "full_name", "address", "phone", "email", "reason"]
    APPLICANT = ("full_name", "address", "phone", "email")

    kind = forms.ChoiceField(
        label=gettext_lazy("Vì sao chưa nhận"), choices=TurnedAway.Kind, widget=forms.RadioSelect
    )
    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên người nộp"),
        max_length=120,
        error_messages={"required": gettext_lazy("Hãy ghi họ tên người nộp hồ sơ.")},
    )
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=200, required=False)
    phone = forms.CharField(label=gettext_lazy("Số điện thoại"), max_length=20, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng, ví dụ: ten@gmail.com.")},
    )


class BroughtRow(NamedTuple):
    item: SupplementItem
    came: BoundField
    kind: BoundField
    number: BoundField


class ResumeForm(forms.Form):
    """What came, of what was asked for. The clock runs again when all of it is there."""

    words = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, max_length=2000)

    def __init__(self, *args: Any, items: Iterable[SupplementItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            paper = item.requirement
            was_sent = item.supplement.submitted_at is not None
            self.fields[f"came-{paper.pk}"] = forms.BooleanField(label=paper.name, required=False)
            self.fields[f"kind-{paper.pk}"] = forms.ChoiceField(
                label=_("Loại bản"), choices=PaperKind, initial=PaperKind.COPY if was_sent else paper.kind
            )
            self.fields[f"number-{paper.pk}"] = forms.IntegerField(
                label=_("Số bản"),
                min_value=1,
                max_value=99,
                initial=max(1, paper.number),
                error_messages={
                    "required": _("Nhập số bản."),
                    "invalid": _("Số bản phải là số."),
                    "min_value": _("Ít nhất 1 bản."),
                    "max_value": _("Nhiều nhất 99 bản."),
                },
            )

    def rows(self) -> Iterator[BroughtRow]:
        for item in self.items:
            pk = item.requirement_id
            yield BroughtRow(item, self[f"came-{pk}"], self[f"kind-{pk}"], self[f"number-{pk}"])

    def clean(self) -> dict[str, Any]:
        for item in self.items:
            name = f"came-{item.requirement_id}"
            if not self.cleaned_data.get(name):
                self.add_error(name, _("Chưa nhận giấy tờ này. Thời hạn chỉ tính tiếp khi đủ."))
        return self.cleaned_data

    def brought(self) -> tuple[Brought, ...]:
        facts = self.cleaned_data
        return tuple(
            Brought(pk, facts[f"kind-{pk}"], facts[f"number-{pk}"])
            for pk in (item.requirement_id for item in self.items)
            if facts[f"came-{pk}"]
        )
