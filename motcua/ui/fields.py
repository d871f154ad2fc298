"""Form fields that several doors use: a day as people write it, a row chosen by its number."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


def day_field(label: Any, message: Any = "", *, required: bool = True) -> forms.DateField:
    """A day as dd/mm/yyyy; `message`: what is said when it is missing."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"},
            format="%d/%m/%Y",
        ),
        error_messages={"required": message, "invalid": gettext_lazy("Ngày chưa đúng, ví dụ 04/05/2019.")},
    )


def number_field(label: Any, *, required: bool = True, message: Any = "") -> forms.TypedChoiceField:
    """A choice of a row by its number; its choices are read when they are shown."""
    return forms.TypedChoiceField(
        label=label,
        required=required,
        coerce=int,
        empty_value=None,
        error_messages={"required": message, "invalid_choice": message} if message else None,
    )


def short(label: Any, most: int, message: Any = "", *, required: bool = True, **more: Any) -> forms.CharField:
    """One line of text; `message`: what is said when it is missing."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": message} if message else None,
        **more,
    )


def put(form: forms.Form, refusal: Exception) -> None:
    """A refusal into a form: at the field that it names, if the form has it."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))
