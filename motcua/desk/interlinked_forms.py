"""A question to another agency, and the answer to one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from motcua.dossiers.actions.consult import MOST_DAYS
from motcua.people.models import Unit


class ConsultForm(forms.Form):
    to_unit = forms.TypedChoiceField(
        label=gettext_lazy("Hỏi cơ quan"),
        coerce=int,
        error_messages={
            "required": gettext_lazy("Chọn cơ quan cần hỏi."),
            "invalid_choice": gettext_lazy("Chọn một cơ quan trong danh sách."),
        },
    )
    working_days = forms.IntegerField(
        label=gettext_lazy("Trả lời trong (ngày làm việc)"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=2,
        error_messages={
            "required": gettext_lazy("Nhập số ngày làm việc."),
            "invalid": gettext_lazy("Số ngày phải là số."),
            "min_value": gettext_lazy("Ít nhất 1 ngày."),
            "max_value": gettext_lazy("Nhiều nhất 30 ngày."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Nội dung cần hỏi"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi nội dung cần hỏi.")},
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_unit"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", "–"), *((unit.pk, unit.name) for unit in units)]


class AnswerForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("Trả lời"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Câu trả lời còn trống.")},
    )


class AcknowledgeForm(forms.Form):
    """Nothing to fill in."""
