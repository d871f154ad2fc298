"""The form of the signals' thresholds: one number for each, within its bounds."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.rules.signals import BOUNDS, USUAL, Thresholds

LABELS = {
    "entered_late_minutes": gettext_lazy("Nhập sau ngày trên giấy quá (phút làm việc; một ngày là 480)"),
    "haste_moves": gettext_lazy("Số lần chuyển bước của một hồ sơ trong một phút"),
    "haste_clicks": gettext_lazy("Số thao tác của một người trong một phút"),
    "week_percent": gettext_lazy("Tuần: phần kết thúc trong ngày làm việc cuối, quá (%)"),
    "week_least": gettext_lazy("Tuần: chỉ xét khi ngày ấy có từ (hồ sơ)"),
    "month_percent": gettext_lazy("Tháng: phần kết thúc trong ngày làm việc cuối, quá (%)"),
    "month_least": gettext_lazy("Tháng: chỉ xét khi ngày ấy có từ (hồ sơ)"),
    "paper_grace_minutes": gettext_lazy("Dừng chờ dân mà chưa có Mẫu số 02, quá (phút; một ngày là 1440)"),
    "clock_back_minutes": gettext_lazy("Ghi muộn hơn thời điểm khai, quá (phút)"),
}


class ThresholdForm(forms.Form):
    """One number for each threshold, within its bounds, and why."""

    basis = forms.CharField(
        label=gettext_lazy("Căn cứ hoặc lý do thay đổi"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi căn cứ hoặc lý do thay đổi.")},
    )

    def __init__(self, data: Any = None, *, now: Thresholds) -> None:
        super().__init__(data, initial={name: getattr(now, name) for name in BOUNDS})
        for name, (least, most) in BOUNDS.items():
            self.fields[name] = _number(name, least, most)
        self.order_fields([*BOUNDS, "basis"])
        self._now = now

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in BOUNDS]

    @property
    def wanted(self) -> Thresholds:
        return replace(self._now, **{name: self.cleaned_data[name] for name in BOUNDS})


def _number(name: str, least: int, most: int) -> forms.IntegerField:
    told = {"least": least, "most": most, "usual": getattr(USUAL, name)}
    return forms.IntegerField(
        label=LABELS[name],
        help_text=_("Từ %(least)d đến %(most)d; phần mềm đặt sẵn %(usual)d.") % told,
        min_value=least,
        max_value=most,
        error_messages={
            "required": _("Hãy ghi một số."),
            "invalid": _("Hãy ghi một số nguyên."),
            "min_value": _("Ít nhất là %(least)d.") % told,
            "max_value": _("Nhiều nhất là %(most)d.") % told,
        },
    )
