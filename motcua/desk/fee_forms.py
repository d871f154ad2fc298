"""What a clerk types at the till. There is no price among it: prices are published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.cash.models import Method
from motcua.cash.quote import Charge
from motcua.catalog.models import Fee
from motcua.dossiers.models import Dossier
from motcua.rules.fees import MOST_UNITS
from motcua.ui.paging import whole

ROWS, MORE_ROWS, MOST_ROWS = 2, 3, 50
"""Rows for a fee whose items differ (copies of several papers); so many more at a time; no more than these."""
_WRONG = {
    "invalid": gettext_lazy("Số lượng phải là số nguyên."),
    "min_value": gettext_lazy("Số lượng không được âm."),
    "max_value": gettext_lazy("Số lượng quá lớn."),
}


class ChargeForm(forms.Form):
    """One line: how many units (in how many items), and on which published ground nothing or less is charged."""

    items = forms.IntegerField(
        required=False, min_value=0, max_value=MOST_UNITS, error_messages=_WRONG, label=gettext_lazy("Số bản")
    )
    units = forms.IntegerField(required=False, min_value=0, max_value=MOST_UNITS, error_messages=_WRONG)
    exemption = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=gettext_lazy("Miễn, giảm")
    )

    def __init__(self, fee: Fee, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fee = fee
        self.fields["units"].label = _("Số %(unit)s") % {"unit": fee.unit}
        self.fields["items"].label = _("Số %(item)s") % {"item": fee.item}
        choices = [(one.pk, one.label) for one in fee.exemptions.all()]
        self.fields["exemption"].choices = [("", _("Không miễn, giảm")), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["exemption"]
        if not (fee.item and fee.can_be_charged):
            del self.fields["items"]
        if not fee.can_be_charged:
            del self.fields["units"]  # there is nothing to count, only who is exempt

    def clean(self) -> dict[str, Any]:
        """A half-filled row says what it lacks; an empty one charges nothing."""
        if not self.errors and "items" in self.fields:
            for name, other in (("units", "items"), ("items", "units")):
                if self.cleaned_data.get(other) and not self.cleaned_data.get(name):
                    self.add_error(name, _("Nhập %(what)s.") % {"what": str(self.fields[name].label).lower()})
        return self.cleaned_data

    @property
    def charge(self) -> Charge | None:
        """What the line charges, or would as the page opens; None: nothing. Who is exempt need not be counted."""
        facts = self.cleaned_data if self.is_bound else self.initial
        units, exemption = facts.get("units"), facts.get("exemption")
        if not units and (exemption is None or "items" in self.fields):
            return None
        return Charge(self.fee.pk, units or 1, facts.get("items") or 1, exemption)


@dataclass(frozen=True, slots=True)
class FeeRows:
    """A published fee and its lines on the form."""

    fee: Fee
    forms: list[ChargeForm]
    is_settled: bool


class TillForm(forms.Form):
    """Who pays and how. `seen` is the total that stood on the page."""

    payer_name = forms.CharField(
        label=gettext_lazy("Người nộp tiền"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Hãy ghi họ tên người nộp tiền.")},
    )
    method = forms.ChoiceField(label=gettext_lazy("Cách nộp"), choices=Method, widget=forms.RadioSelect)
    reference = forms.CharField(
        label=gettext_lazy("Số chứng từ, mã giao dịch"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Khi chuyển khoản hoặc nộp trực tuyến."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def till_form(dossier: Dossier, data: Mapping[str, Any] | None) -> TillForm:
    payer = dossier.submitter_name or dossier.applicant_name
    return TillForm(data, initial={"payer_name": payer, "method": Method.CASH})


def fee_rows(fees: list[Fee], data: Mapping[str, Any] | None, settled: set[int]) -> list[FeeRows]:
    """The lines of each fee. What is owed by the case begins with one; what is counted in items begins empty."""
    return [
        FeeRows(
            fee,
            [_charge_form(fee, place, data, fee.pk in settled) for place in range(_rows_of(fee, data))],
            fee.pk in settled,
        )
        for fee in fees
    ]


def _rows_of(fee: Fee, data: Mapping[str, Any] | None) -> int:
    if not fee.item:
        return 1
    asked = whole(str((data or {}).get(f"rows-{fee.pk}", ""))) or ROWS
    more = MORE_ROWS if f"more-{fee.pk}" in (data or {}) else 0
    return min(max(asked, ROWS) + more, MOST_ROWS)


def _charge_form(fee: Fee, place: int, data: Mapping[str, Any] | None, is_settled: bool) -> ChargeForm:
    is_owed = fee.can_be_charged and not (fee.is_optional or is_settled)
    begins = {"units": 1} if is_owed and not fee.item else {}
    return ChargeForm(fee, data, prefix=f"fee-{fee.pk}-{place}", initial=begins, use_required_attribute=False)


class CountForm(forms.Form):
    """The drawer is counted in the evening."""

    counted = forms.CharField(
        label=gettext_lazy("Tiền mặt kiểm đếm được (đồng)"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Nhập số tiền mặt đếm được trong ngăn kéo; không có thì ghi 0.")
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do chênh lệch, nếu có"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_counted(self) -> int:
        """With or without the dots and the đ that people write."""
        text = self.cleaned_data["counted"].lower().removesuffix("đ")
        number = whole("".join(text.replace(".", "").replace(",", "").split()))
        if number is None:
            raise forms.ValidationError(_("Ghi số tiền bằng chữ số, ví dụ 120.000."))
        return number
