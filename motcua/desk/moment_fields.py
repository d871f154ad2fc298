"""A day and a time of day as officers type them: two fields, together a moment at the counter's clock."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.clock import aware

YEARS = range(2000, 2100)
"""Beyond them a year is a slip of the keyboard, and the calendar's arithmetic has no ground."""


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "input_formats": ["%d/%m/%Y", "%Y-%m-%d"],
            "widget": forms.DateInput(
                attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"},
                format="%d/%m/%Y",
            ),
            "error_messages": {
                "invalid": gettext_lazy("Ngày chưa đúng, ví dụ 04/05/2019."),
                "required": gettext_lazy("Hãy ghi ngày."),
            },
        }
        super().__init__(**(given | kwargs))

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(_("Kiểm tra lại năm của ngày vừa nhập."))
        return day


class ClockField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {
            "input_formats": ["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H:%M:%S"],
            "widget": forms.TimeInput(attrs={"placeholder": "08:30", "autocomplete": "off"}, format="%H:%M"),
            "error_messages": {
                "invalid": gettext_lazy("Giờ chưa đúng, ví dụ 08:30."),
                "required": gettext_lazy("Hãy ghi giờ."),
            },
        }
        super().__init__(**(given | kwargs))


def moment(day: date, clock: time) -> datetime:
    return aware(datetime.combine(day, clock))
