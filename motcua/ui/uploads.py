"""A field for a paper on a screen: one PDF, or a picture of each page."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

Uploads = list["UploadedFile[bytes]"]


class PagesInput(forms.FileInput):
    """One PDF, or the pictures of several pages."""

    allow_multiple_selected = True

    def __init__(self, **attrs: Any) -> None:
        super().__init__({"accept": ".pdf,.jpg,.jpeg,.png", "multiple": True} | attrs)


class PagesField(forms.FileField):
    widget = PagesInput

    def clean(self, data: Any, initial: Any = None) -> Uploads:
        chosen = data if isinstance(data, list | tuple) else [data]
        given = chosen or [None]  # nothing chosen: one that is none
        cleaned = [super(PagesField, self).clean(one, initial) for one in given]
        return [one for one in cleaned if one]
