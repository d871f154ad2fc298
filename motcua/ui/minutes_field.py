"""A field of a form for working time, as offices write it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from motcua.rules.durations import DurationUnreadable, read_minutes


class MinutesField(forms.CharField):
    """As in 1 ngày 4 giờ; its value is in minutes, None for nothing."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_minutes(text)
        except DurationUnreadable:
            raise ValidationError(_("Ghi như: 2 ngày, 4 giờ, 1 giờ 30 phút.")) from None
