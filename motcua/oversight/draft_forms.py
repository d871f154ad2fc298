"""The parts in which a draft is edited, as forms; what is wrong is said in words for the one who typed it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.content import Content, Paper
from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.fee_words import fee_of_words, grounds_words, steps_words
from motcua.catalog.models import Fee, LifeEvent, OnlineLevel, PaperKind
from motcua.oversight.forms import LimitForm
from motcua.people.models import Field
from motcua.rules.limits import Limit, LimitUnreadable

MOST_TEXT = 20_000
"""Letters of a long text: a cell of a spreadsheet holds it."""
UNKNOWN, YES, NO = "", "yes", "no"


def _lines(text: str) -> str:
    """One thing a line, without empty lines and spaces around."""
    return "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)


def _area(label: Any, rows: int, help_text: Any = "", most: int = MOST_TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def field_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """The desk's fields with the ministries' under each."""
    rows = list(Field.objects.order_by("name"))
    groups = [row for row in rows if row.group_id is None]
    return [
        (
            group.name,
            [(group.pk, group.name), *((row.pk, row.name) for row in rows if row.group_id == group.pk)],
        )
        for group in groups
    ]


class GeneralForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Tên thủ tục"),
        max_length=400,
        error_messages={"required": gettext_lazy("Hãy ghi tên thủ tục.")},
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực"), error_messages={"required": gettext_lazy("Chọn lĩnh vực.")}
    )
    level = forms.CharField(
        label=gettext_lazy("Cấp thực hiện"),
        help_text=gettext_lazy("Ví dụ: Cấp xã."),
        max_length=120,
        required=False,
    )
    online_level = forms.ChoiceField(
        label=gettext_lazy("Mức độ trực tuyến"), choices=OnlineLevel, required=False
    )
    is_interlinked = forms.ChoiceField(
        label=gettext_lazy("Liên thông nhiều cơ quan"),
        choices=(
            (UNKNOWN, gettext_lazy("Chưa công bố")),
            (YES, gettext_lazy("Có")),
            (NO, gettext_lazy("Không")),
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Chọn lĩnh vực")), *field_choices()]  # type: ignore[attr-defined]

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        """What stands in it to begin with."""
        facts = content.facts
        linked = {None: UNKNOWN, True: YES, False: NO}[facts["is_interlinked"]]
        same = {name: facts[name] for name in ("name", "level", "online_level")}
        return same | {"field": facts["field_id"], "is_interlinked": linked}

    def facts(self) -> dict[str, Any]:
        """What it says, as facts of a version."""
        typed = self.cleaned_data
        return {
            "name": " ".join(typed["name"].split()),
            "field_id": int(typed["field"]),
            "level": typed["level"],
            "online_level": typed["online_level"],
            "is_interlinked": {UNKNOWN: None, YES: True, NO: False}[typed["is_interlinked"]],
        }


class DoingForm(forms.Form):
    audience = _area(gettext_lazy("Đối tượng thực hiện (ai được nộp)"), 2, most=300)
    steps_text = _area(gettext_lazy("Trình tự thực hiện"), 8, gettext_lazy("Mỗi bước một dòng."))
    result_name = forms.CharField(
        label=gettext_lazy("Kết quả của thủ tục"),
        help_text=gettext_lazy("Ví dụ: Giấy khai sinh (bản chính)."),
        max_length=300,
        required=False,
    )
    result_validity = forms.CharField(
        label=gettext_lazy("Hiệu lực của kết quả"),
        help_text=gettext_lazy("Ví dụ: 6 tháng kể từ ngày cấp."),
        max_length=200,
        required=False,
    )
    legal_basis = _area(gettext_lazy("Căn cứ pháp lý"), 6, gettext_lazy("Mỗi văn bản một dòng."))

    def clean_steps_text(self) -> str:
        return _lines(self.cleaned_data["steps_text"])

    def clean_legal_basis(self) -> str:
        return _lines(self.cleaned_data["legal_basis"])

    def clean_audience(self) -> str:
        return " ".join(self.cleaned_data["audience"].split())

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        return {name: content.facts[name] for name in DoingForm.base_fields}

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TimeForm(LimitForm):
    """The limit of a draft: what an administrator writes there is confirmed by the decision it is published with."""

    procedure = None  # type: ignore[assignment]
    limit_text = _area(gettext_lazy("Lời văn công bố"), 3, gettext_lazy("Như quyết định viết."))
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)
    field_order = ("kind", "amount", "limit_text", "note")

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        facts = content.facts
        try:
            limit = Limit.parse(facts["limit"]) if facts["limit"] else None
        except LimitUnreadable:
            limit = None
        told = {"kind": limit.kind.value, "amount": limit.amount or None} if limit else {}
        return told | {"limit_text": facts["limit_text"], "note": facts["limit_note"]}

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "limit": str(typed["limit"]),
            "limit_confirmed": True,
            "limit_text": _lines(typed["limit_text"]),
            "limit_note": typed["note"],
        }


class SupplementForm(forms.Form):
    supplement_pauses = forms.ChoiceField(
        label=gettext_lazy("Khi người nộp bổ sung đủ"),
        choices=(
            (NO, gettext_lazy("Thời hạn tính lại từ đầu (NĐ 61/2018 Điều 19.4)")),
            (YES, gettext_lazy("Thời hạn chạy tiếp phần còn lại, theo luật riêng của lĩnh vực")),
        ),
        widget=forms.RadioSelect,
    )
    supplement_notice_days = forms.IntegerField(
        label=gettext_lazy("Yêu cầu bổ sung trong (ngày làm việc)"),
        help_text=gettext_lazy("NĐ 61/2018: 3 ngày kể từ ngày tiếp nhận, trừ khi luật riêng quy định khác."),
        min_value=1,
        max_value=60,
    )

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        facts = content.facts
        return {
            "supplement_pauses": YES if facts["supplement_pauses"] else NO,
            "supplement_notice_days": facts["supplement_notice_days"],
        }

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return typed | {"supplement_pauses": typed["supplement_pauses"] == YES}


class EventsForm(forms.Form):
    events = forms.ModelMultipleChoiceField(
        LifeEvent.objects.order_by("position", "name"),
        label=gettext_lazy("Sự kiện trong đời"),
        help_text=gettext_lazy("Để người dân tìm theo việc của mình; có hiệu lực ngay, không chờ công bố."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PaperForm(forms.Form):
    """A row of the list of papers. `was`: its place in the draft that is kept, with which its files go along."""

    was = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=999)
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
            | {"was": place, "no_copy": not paper.online_allowed}
            for place, paper in enumerate(content.papers, start=1)
        ]

    @staticmethod
    def paper(typed: dict[str, Any], old: tuple[Paper, ...]) -> Paper:
        was = typed["was"] or 0
        kept = old[was - 1] if 0 < was <= len(old) else None
        return Paper(
            " ".join(typed["name"].split()),
            typed["kind"],
            0 if typed["is_note"] else typed["number"],
            to_show=typed["to_show"],
            is_note=typed["is_note"],
            online_allowed=not typed["no_copy"],
            template_id=kept.template_id if kept else None,
            sample_id=kept.sample_id if kept else None,
        )


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
    fee_text = _area(gettext_lazy("Lời văn công bố"), 2)
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
        return self.cleaned_data | {"fee_text": _lines(self.cleaned_data["fee_text"])}


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


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"},
            format="%d/%m/%Y",
        ),
        error_messages={
            "required": gettext_lazy("Hãy nhập ngày, ví dụ 04/05/2019."),
            "invalid": gettext_lazy("Ngày chưa đúng, ví dụ 04/05/2019."),
        },
    )


class PublishForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Số quyết định công bố"),
        help_text=gettext_lazy("Ví dụ: 1234/QĐ-UBND."),
        max_length=80,
        error_messages={"required": gettext_lazy("Hãy ghi số quyết định công bố.")},
    )
    day = _day(gettext_lazy("Ngày quyết định"))
    starts = _day(gettext_lazy("Có hiệu lực từ ngày"))
    ends = _day(
        gettext_lazy("Đến hết ngày"),
        required=False,
        help_text=gettext_lazy("Để trống: đến khi có bản khác hoặc bị bãi bỏ."),
    )


class RepealForm(forms.Form):
    decision = forms.CharField(
        label=gettext_lazy("Số quyết định bãi bỏ"),
        max_length=80,
        error_messages={"required": gettext_lazy("Hãy ghi số quyết định bãi bỏ.")},
    )
    last_day = _day(gettext_lazy("Ngày cuối còn tiếp nhận"))


class StartForm(forms.Form):
    """A procedure that was never published."""

    code = forms.CharField(
        label=gettext_lazy("Mã thủ tục (cơ sở dữ liệu quốc gia)"),
        help_text=gettext_lazy("Ví dụ: 1.001193. Mã không đổi được về sau."),
        max_length=30,
        error_messages={"required": gettext_lazy("Hãy ghi mã thủ tục.")},
    )
    name = GeneralForm.base_fields["name"]
    field = GeneralForm.base_fields["field"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Chọn lĩnh vực")), *field_choices()]  # type: ignore[attr-defined]
