"""By which decision something is published or repealed, and from or until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


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
