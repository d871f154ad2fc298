"""What a leader fills in to let an officer of the desk answer a procedure on the spot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from motcua.desk.moment_fields import DayField
from motcua.people.models import User


class AuthoriseForm(forms.Form):
    officer = forms.TypedChoiceField(
        label=gettext_lazy("Công chức tiếp nhận"),
        coerce=int,
        error_messages={"required": gettext_lazy("Hãy chọn công chức tiếp nhận.")},
    )
    procedure = forms.TypedChoiceField(
        label=gettext_lazy("Thủ tục giải quyết ngay hoặc trong ngày"),
        coerce=int,
        error_messages={"required": gettext_lazy("Hãy chọn thủ tục.")},
    )
    decision = forms.CharField(
        label=gettext_lazy("Số văn bản ủy quyền"),
        max_length=60,
        error_messages={"required": gettext_lazy("Hãy ghi số văn bản ủy quyền.")},
    )
    valid_to = DayField(label=gettext_lazy("Có hiệu lực đến hết ngày"))

    def __init__(
        self, *args: Any, officers: list[User], procedures: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, list[tuple[Any, str]]] = {
            "officer": [(user.pk, user.full_name) for user in officers],
            "procedure": list(procedures),
        }
        for name, rows in chosen.items():
            self.fields[name].choices = [("", "—"), *rows]  # type: ignore[attr-defined]
