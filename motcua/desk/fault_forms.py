"""What officers type about a verification, a wrong result, a lost paper."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from motcua.desk.forms import ReasonForm
from motcua.desk.moment_fields import ClockField, DayField, moment
from motcua.people.models import User


class VerifyForm(forms.Form):
    """Time, place, people, content (NĐ 61/2018 Đ.19.3)."""

    at = DayField(label=gettext_lazy("Ngày xác minh"))
    clock = ClockField(label=gettext_lazy("Giờ"))
    place = forms.CharField(
        label=gettext_lazy("Địa điểm"),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi địa điểm xác minh.")},
    )
    people = forms.CharField(
        label=gettext_lazy("Thành phần"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi thành phần tham gia xác minh.")},
    )
    content = forms.CharField(
        label=gettext_lazy("Nội dung, kết quả xác minh"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Hãy ghi nội dung, kết quả xác minh.")},
    )

    @property
    def moment(self) -> datetime:
        return moment(self.cleaned_data["at"], self.cleaned_data["clock"])


class RecallForm(ReasonForm):
    """Why the result is wrong; whether the citizen, who has it, gave the paper back."""

    words = forms.CharField(
        label=gettext_lazy("Sai ở đâu, vì sao phải thu hồi"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi kết quả sai ở đâu.")},
    )
    came_back = forms.BooleanField(label=gettext_lazy("Người dân đã nộp lại bản kết quả sai"), required=False)


class LossForm(forms.Form):
    what = forms.CharField(
        label=gettext_lazy("Giấy tờ bị mất, thất lạc hoặc hư hỏng"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi giấy tờ nào bị mất.")},
    )
    answers = forms.TypedChoiceField(
        label=gettext_lazy("Người chịu trách nhiệm"),
        coerce=int,
        error_messages={"required": gettext_lazy("Hãy chọn người chịu trách nhiệm.")},
    )
    remedy = forms.CharField(
        label=gettext_lazy("Cách khắc phục"),
        max_length=2000,
        help_text=gettext_lazy("Mọi chi phí xin cấp lại do cơ quan làm mất chi trả."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi cách khắc phục.")},
    )

    def __init__(self, *args: Any, officers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(user.pk), f"{user.full_name} – {user.title}".rstrip(" –")) for user in officers]
        self.fields["answers"].choices = [("", "—"), *named]  # type: ignore[attr-defined]
