"""Beside the applicant and the papers: by which way a dossier came and when, and what is answered on the spot."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.desk.forms import UploadForm
from motcua.desk.moment_fields import ClockField, DayField, moment
from motcua.dossiers.choices import Channel


class ChannelField(forms.ChoiceField):
    def clean(self, value: Any) -> Channel:
        """A form from before there was this question came directly."""
        return Channel(super().clean(value or Channel.DIRECT))


class EntryForm(forms.Form):
    """The channel (R01), and the moment on the paper when it was handed in before it is entered."""

    channel = ChannelField(
        label=gettext_lazy("Hồ sơ đến bằng cách nào"),
        choices=[(one.value, one.label) for one in (Channel.DIRECT, Channel.POST)],
        initial=Channel.DIRECT,
        widget=forms.RadioSelect,
    )
    presented_at = DayField(label=gettext_lazy("Ngày nhận ghi trên giấy"), required=False)
    presented_clock = ClockField(label=gettext_lazy("Giờ"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The moment whose due time the page has shown already."""

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        day, clock = self.cleaned_data["presented_at"], self.cleaned_data["presented_clock"]
        if self.cleaned_data["channel"] == Channel.POST and not (day and clock):
            missing = "presented_clock" if day else "presented_at"
            self.add_error(
                missing,
                ValidationError(_("Hồ sơ qua bưu chính: ghi ngày, giờ ký biên bản giao nhận.")),
            )
        elif bool(day) != bool(clock):
            self.add_error(
                "presented_clock" if day else "presented_at",
                ValidationError(_("Ghi cả ngày và giờ nhận hồ sơ, hoặc để trống cả hai.")),
            )
        return self.cleaned_data

    @property
    def presented(self) -> datetime | None:
        """The moment on the paper; None: handed in now."""
        day: date | None = self.cleaned_data["presented_at"]
        clock: time | None = self.cleaned_data["presented_clock"]
        return moment(day, clock) if day and clock else None

    def was_shown(self, at: datetime) -> bool:
        """Whether the clerk has seen what follows from this moment; from now on, if not."""
        if self.cleaned_data["seen"] == at.isoformat():
            return True
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("seen")] = at.isoformat()  # type: ignore[index]
        return False


class SpotForm(UploadForm):
    """The result that the citizen takes home at once (R05); read only when `now` is ticked."""

    field_order = [
        "now",
        "kept",
        "upload",
        "number",
        "signed_on",
        "signer",
        "to_name",
        "to_id_number",
        "wants_receipt",
    ]
    now = forms.BooleanField(label=gettext_lazy("Đã có kết quả, trả ngay tại quầy"), required=False)
    number = forms.CharField(label=gettext_lazy("Số văn bản, số chứng thực"), required=False, max_length=60)
    signed_on = DayField(label=gettext_lazy("Ngày ký"), required=False)
    signer = forms.CharField(label=gettext_lazy("Người ký"), required=False, max_length=80)
    to_name = forms.CharField(
        label=gettext_lazy("Người nhận, nếu khác người nộp"), required=False, max_length=120
    )
    to_id_number = forms.CharField(
        label=gettext_lazy("Số giấy tờ của người nhận"), required=False, max_length=20
    )
    wants_receipt = forms.BooleanField(label=gettext_lazy("Người nộp yêu cầu giấy tiếp nhận"), required=False)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if not facts.get("now"):
            for name in ("upload", "signed_on"):
                self.errors.pop(name, None)
        elif self.stored is None and not facts.get("number") and "upload" not in self.errors:
            self.add_error("number", _("Chọn tệp kết quả, hoặc ghi số văn bản của kết quả giấy."))
        return facts
