"""What an administrator types, checked in words for the one who typed it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.notices.choices import Channel
from motcua.oversight.models import SignalKind
from motcua.people.models import DayKind
from motcua.rules.limits import Limit, LimitKind, LimitUnreadable

LIMIT_KINDS = (
    (LimitKind.WORKING_DAYS.value, gettext_lazy("Ngày làm việc")),
    (LimitKind.WORKING_HOURS.value, gettext_lazy("Giờ làm việc")),
    (LimitKind.CALENDAR_DAYS.value, gettext_lazy("Ngày, tính cả ngày nghỉ")),
    (LimitKind.SAME_DAY.value, gettext_lazy("Trong ngày")),
    (LimitKind.AT_ONCE.value, gettext_lazy("Giải quyết ngay")),
)


class CorrectionForm(forms.Form):
    """What a day is, whatever the library says."""

    day = forms.DateField(
        label=gettext_lazy("Ngày"),
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
    kind = forms.ChoiceField(
        label=gettext_lazy("Ngày này là"),
        choices=DayKind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn ngày nghỉ hoặc ngày làm bù.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Tên ngày nghỉ hoặc số văn bản"),
        max_length=120,
        error_messages={"required": gettext_lazy("Hãy ghi tên ngày nghỉ hoặc số văn bản.")},
    )


class WithdrawForm(forms.Form):
    day = forms.DateField(input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)


class LimitForm(forms.Form):
    """A typed time limit, and by which decision."""

    procedure = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại thời hạn"),
        choices=(("", gettext_lazy("Chọn loại")), *LIMIT_KINDS),
        error_messages={"required": gettext_lazy("Chọn loại thời hạn.")},
    )
    amount = forms.IntegerField(
        label=gettext_lazy("Số ngày hoặc giờ"),
        help_text=gettext_lazy("Để trống nếu trả trong ngày hoặc ngay."),
        required=False,
        min_value=1,
        max_value=999,
        error_messages={
            "invalid": gettext_lazy("Số ngày hoặc giờ phải là số."),
            "min_value": gettext_lazy("Ít nhất là 1."),
            "max_value": gettext_lazy("Nhiều nhất là 999."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Căn cứ: số quyết định hoặc văn bản"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi căn cứ: số quyết định hoặc văn bản.")},
    )

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if "kind" in facts and "amount" in facts:
            try:
                facts["limit"] = Limit(LimitKind(facts["kind"]), facts["amount"] or 0)
            except LimitUnreadable:
                self.add_error("amount", self._wrong_amount())
        return facts

    def _wrong_amount(self) -> ValidationError:
        if self.cleaned_data["amount"]:
            return ValidationError(_("Loại này không có số: để trống ô này."))
        return ValidationError(_("Nhập số ngày hoặc giờ."))


def limit_form(procedure_id: int, limit: Limit | None) -> LimitForm:
    """To be filled in, with what is proposed so far; what it is based on is asked each time."""
    proposed = {"kind": limit.kind.value, "amount": limit.amount or None} if limit else {}
    return LimitForm(initial=proposed | {"procedure": procedure_id}, auto_id=auto_id(procedure_id))


def auto_id(procedure_id: object) -> str:
    """Each form of the page has names of its own for its inputs."""
    return f"p{procedure_id}_%s"


class WordsForm(forms.Form):
    """What a leader answers, or a supervisor concludes."""

    words = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Hãy ghi nội dung.")},
    )


class SignalFilter(forms.Form):
    """Which signals: of a unit, of a kind, of the last days."""

    unit = forms.CharField(required=False, widget=forms.HiddenInput)
    muc = forms.CharField(required=False, widget=forms.HiddenInput)
    loai = forms.ChoiceField(
        label=gettext_lazy("Loại dấu hiệu"),
        required=False,
        choices=[("", gettext_lazy("Mọi loại")), *SignalKind.choices],
    )
    ky = forms.ChoiceField(
        label=gettext_lazy("Thời gian"),
        required=False,
        choices=[
            ("", gettext_lazy("Từ trước đến nay")),
            ("7", gettext_lazy("7 ngày qua")),
            ("30", gettext_lazy("30 ngày qua")),
            ("90", gettext_lazy("90 ngày qua")),
            ("365", gettext_lazy("365 ngày qua")),
        ],
    )


class WordingForm(forms.Form):
    """A text with names in braces; an SMS has no subject."""

    subject = forms.CharField(
        label=gettext_lazy("Tiêu đề"),
        max_length=150,
        error_messages={"required": gettext_lazy("Hãy nhập tiêu đề.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": gettext_lazy("Hãy nhập nội dung. Nếu không muốn gửi tin này, bỏ dấu “Gửi tin này”.")
        },
    )
    is_on = forms.BooleanField(label=gettext_lazy("Gửi tin này"), required=False)

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel is Channel.SMS:
            del self.fields["subject"]
            self.fields["text"].widget.attrs["rows"] = 4


class SmsStyleForm(forms.Form):
    """With or without accents, for one unit."""

    WITHOUT, WITH, AS_ABOVE = "without", "with", "above"

    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị"), error_messages={"required": gettext_lazy("Chọn đơn vị.")}
    )
    style = forms.ChoiceField(
        label=gettext_lazy("SMS của đơn vị viết"),
        choices=(
            (WITHOUT, gettext_lazy("Không dấu")),
            (WITH, gettext_lazy("Có dấu")),
            (AS_ABOVE, gettext_lazy("Theo đơn vị cấp trên")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn cách viết.")},
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    @property
    def chosen(self) -> bool | None:
        """Without accents or with; None: as the unit above."""
        style = self.cleaned_data["style"]
        return None if style == self.AS_ABOVE else bool(style == self.WITHOUT)
