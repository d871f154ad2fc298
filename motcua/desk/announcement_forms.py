"""What an administrator types to tell everybody something."""

from django import forms
from django.utils.translation import gettext_lazy

from motcua.desk.moment_fields import DayField
from motcua.notices.actions.announce import MOST_BODY, MOST_TITLE, Draft
from motcua.notices.models import Audience


class AnnouncementForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Tiêu đề"),
        max_length=MOST_TITLE,
        error_messages={
            "required": gettext_lazy("Hãy ghi tiêu đề."),
            "max_length": gettext_lazy("Tiêu đề dài nhất 150 ký tự."),
        },
    )
    body = forms.CharField(
        label=gettext_lazy("Nội dung"),
        help_text=gettext_lazy(
            "Chữ thường, tối đa 2.000 ký tự. Địa chỉ bắt đầu bằng https:// tự thành liên kết."
        ),
        max_length=MOST_BODY,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Hãy ghi nội dung."),
            "max_length": gettext_lazy("Nội dung dài nhất 2.000 ký tự."),
        },
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Ai thấy"),
        choices=Audience,
        widget=forms.RadioSelect,
        initial=Audience.PORTAL,
        error_messages={"required": gettext_lazy("Chọn ai thấy thông báo này.")},
    )
    first_day = DayField(label=gettext_lazy("Hiện từ ngày"))
    last_day = DayField(label=gettext_lazy("Đến hết ngày"))

    def draft(self) -> Draft:
        facts = self.cleaned_data
        return Draft(
            facts["title"],
            facts["body"],
            Audience(facts["audience"]),
            facts["first_day"],
            facts["last_day"],
        )


class ShortenForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Rút ngắn: đến hết ngày"))
