"""The lists of a draft as rows of forms: its papers, and its fees."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.content import Content, Paper
from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.fee_words import fee_of_words, grounds_words, steps_words
from motcua.catalog.models import Fee, PaperKind
from motcua.oversight.draft_forms import area, one_a_line

_SALT = "motcua.oversight.paper"


class PaperForm(forms.Form):
    """A row of the list of papers. `kept`: its form and its sample, signed, so that they go along wherever it moves."""

    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)
    name = forms.CharField(
        label=gettext_lazy("Tên giấy tờ"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi tên giấy tờ, hoặc bỏ dòng này.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=PaperKind, initial=PaperKind.ORIGINAL)
    number = forms.IntegerField(label=gettext_lazy("Số bản"), min_value=0, max_value=99, initial=1)
    to_show = forms.BooleanField(label=gettext_lazy("Chỉ xuất trình, mang về"), required=False)
    no_copy = forms.BooleanField(label=gettext_lazy("Không nhận bản điện tử"), required=False)
    is_note = forms.BooleanField(label=gettext_lazy("Là lưu ý, không phải giấy tờ"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("number") == 0 and not typed.get("is_note"):
            self.add_error("number", ValidationError(_("Ít nhất 1 bản; lưu ý thì đánh dấu “Là lưu ý”.")))
        return typed

    @staticmethod
    def of(content: Content) -> list[dict[str, Any]]:
        same = ("name", "kind", "number", "to_show", "is_note")
        return [
            {name: getattr(paper, name) for name in same}
            | {"kept": _signed(paper), "no_copy": not paper.online_allowed}
            for paper in content.papers
        ]

    @staticmethod
    def paper(typed: dict[str, Any]) -> Paper:
        template_id, sample_id = _files(typed["kept"])
        return Paper(
            " ".join(typed["name"].split()),
            typed["kind"],
            0 if typed["is_note"] else typed["number"],
            to_show=typed["to_show"],
            is_note=typed["is_note"],
            online_allowed=not typed["no_copy"],
            template_id=template_id,
            sample_id=sample_id,
        )


def _signed(paper: Paper) -> str:
    """Signed even where there are none: a row that loses its name is then a mistake, not a row that never was."""
    return signing.dumps([paper.template_id, paper.sample_id], salt=_SALT)


def _files(signed: str) -> tuple[int | None, int | None]:
    """None for what we did not sign: a number that somebody typed publishes nobody's file."""
    try:
        template_id, sample_id = signing.loads(signed, salt=_SALT) if signed else (None, None)
    except (signing.BadSignature, ValueError, TypeError):
        return None, None
    return template_id, sample_id


class FeeStateForm(forms.Form):
    fee_state = forms.ChoiceField(
        label=gettext_lazy("Thủ tục này"),
        choices=(
            (FeeState.UNKNOWN.value, gettext_lazy("Chưa công bố có thu hay không")),
            (FeeState.FREE.value, gettext_lazy("Không thu phí, lệ phí")),
            (FeeState.LISTED.value, gettext_lazy("Thu theo các khoản dưới đây, không khoản nào khác")),
        ),
        widget=forms.RadioSelect,
        required=False,
    )
    fee_decision = forms.CharField(
        label=gettext_lazy("Theo văn bản nào"),
        help_text=gettext_lazy("Ví dụ: NQ 09/2017/NQ-HĐND."),
        max_length=200,
        required=False,
    )
    fee_text = area(gettext_lazy("Lời văn công bố"), 2)
    fee_note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("fee_state") == FeeState.UNREAD:
            words = gettext_lazy("Nguồn có ghi nhưng chưa rõ mức (giữ như nguồn)")
            choices = self.fields["fee_state"].choices  # type: ignore[attr-defined]
            self.fields["fee_state"].choices = [*choices, (FeeState.UNREAD.value, words)]  # type: ignore[attr-defined]

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        return {name: content.facts[name] for name in FeeStateForm.base_fields}

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"fee_text": one_a_line(self.cleaned_data["fee_text"])}


class FeeForm(forms.Form):
    """A row of the list of fees."""

    label = forms.CharField(
        label=gettext_lazy("Tên khoản thu"),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi tên khoản thu, hoặc bỏ dòng này.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Fee.Kind, required=False)
    price = forms.CharField(
        label=gettext_lazy("Mức (đồng)"),
        help_text=gettext_lazy("Để trống: chưa có mức, chưa thu."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    unit = forms.CharField(
        label=gettext_lazy("Cho một"),
        help_text=gettext_lazy("trang, bản, trường hợp …"),
        max_length=80,
        error_messages={"required": gettext_lazy("Hãy ghi mức này cho một gì: trang, bản, trường hợp …")},
    )
    steps = forms.CharField(
        label=gettext_lazy("Mức khác từ số lượng nào"),
        help_text=gettext_lazy("3:1000 là từ đơn vị thứ 3 trở đi 1.000 đồng."),
        max_length=200,
        required=False,
    )
    most = forms.CharField(
        label=gettext_lazy("Tối đa (đồng)"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    item = forms.CharField(
        label=gettext_lazy("Tối đa cho một"), help_text=gettext_lazy("bản …"), max_length=40, required=False
    )
    grounds = forms.CharField(
        label=gettext_lazy("Ai được miễn, giảm"),
        help_text=gettext_lazy("Mỗi dòng một đối tượng; “Nộp trực tuyến = 50” là giảm 50%."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)
    is_optional = forms.BooleanField(label=gettext_lazy("Chỉ thu khi người nộp yêu cầu thêm"), required=False)
    unsure = forms.BooleanField(label=gettext_lazy("Chưa chắc, chưa thu"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if not self.errors:
            typed["fee"], faults = fee_of_words(typed | {"confirmed": not typed["unsure"]})
            for name, words in faults:
                self.add_error(name, ValidationError(words))
        return typed

    @staticmethod
    def of(content: Content) -> list[dict[str, Any]]:
        return [_fee_row(fee) for fee in content.fees]


def _fee_row(fee: FeeText) -> dict[str, Any]:
    price = fee.price
    return {
        "label": fee.label,
        "kind": fee.kind,
        "price": "" if price is None else price.first,
        "unit": fee.unit,
        "steps": steps_words(fee),
        "most": "" if price is None or price.most is None else price.most,
        "item": fee.item,
        "grounds": grounds_words(fee, "\n"),
        "note": fee.note,
        "is_optional": fee.is_optional,
        "unsure": price is not None and not fee.confirmed,
    }
