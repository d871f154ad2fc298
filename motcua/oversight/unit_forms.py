"""What administrators type about a unit: its contact, its identifier, its hours, its closures."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.oversight.days import WEEKDAYS
from motcua.people import weeks
from motcua.people.actions import SUPPLEMENT_DAYS
from motcua.people.errors import HoursRefused
from motcua.people.models import Assignment
from motcua.people.staffing import midnight
from motcua.people.unit_facts import SCHEMES
from motcua.people.weeks import DAYS, Season, Span, Week
from motcua.ui.fields import day_field, short

NOON = time(12)
_SPAN = re.compile(r"(\d{1,2})(?:[:hg.](\d{2})?)?\s*(?:-|–|—|đến)\s*(\d{1,2})(?:[:hg.](\d{2})?)?")
SEASONS = 2


class ContactForm(forms.Form):
    """Where the desk is and how it is reached; shown to everybody."""

    address = short(gettext_lazy("Địa chỉ Bộ phận Một cửa"), 200, required=False)
    phone = short(gettext_lazy("Điện thoại"), 40, required=False)
    email = short(gettext_lazy("Thư điện tử"), 120, required=False)
    website = short(gettext_lazy("Trang web"), 120, required=False)


class WaysForm(forms.Form):
    """How the unit shares its work out, and how long it waits for a supplement."""

    assignment = forms.ChoiceField(
        label=gettext_lazy("Hồ sơ mới của một lĩnh vực có nhiều người"), choices=Assignment
    )
    supplement_days = forms.IntegerField(
        label=gettext_lazy("Số ngày chờ người nộp bổ sung"),
        help_text=gettext_lazy("Tính cả ngày nghỉ."),
        min_value=SUPPLEMENT_DAYS[0],
        max_value=SUPPLEMENT_DAYS[1],
        error_messages={
            "required": gettext_lazy("Hãy nhập số ngày."),
            "invalid": gettext_lazy("Số ngày phải là số."),
            "min_value": gettext_lazy("Ít nhất 5 ngày."),
            "max_value": gettext_lazy("Nhiều nhất 365 ngày."),
        },
    )


class IdentifierForm(forms.Form):
    """The official identifier, from a day on."""

    identifier = short(gettext_lazy("Mã định danh"), 35, gettext_lazy("Hãy nhập mã định danh."))
    scheme = forms.ChoiceField(label=gettext_lazy("Theo"), choices=[(one, one) for one in SCHEMES])
    first = day_field(gettext_lazy("Dùng từ ngày"), gettext_lazy("Hãy nhập ngày bắt đầu dùng."))


class WeekForm(forms.Form):
    """A week of hours from a day on, for the whole year or for two seasons. `07:30-11:30` is a span."""

    OWN, ABOVE = "own", "above"
    own = forms.ChoiceField(
        label=gettext_lazy("Đơn vị làm việc theo"),
        choices=((OWN, gettext_lazy("giờ riêng, như bảng dưới")), (ABOVE, gettext_lazy("giờ của cấp trên"))),
        widget=forms.RadioSelect,
    )
    first = day_field(gettext_lazy("Áp dụng từ ngày"), gettext_lazy("Hãy nhập ngày bắt đầu áp dụng."))
    source = short(
        gettext_lazy("Căn cứ: số văn bản"),
        120,
        gettext_lazy("Hãy ghi căn cứ: số văn bản quy định giờ làm việc."),
    )

    def __init__(self, *args: Any, has_above: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seasons: list[Season] = []
        if not has_above:
            del self.fields["own"]
        months: list[tuple[str | int, str]] = [
            (month, _("tháng %(n)d") % {"n": month}) for month in range(1, weeks.MONTHS + 1)
        ]
        for place in range(SEASONS):
            months = months if place == 0 else [("", _("không có")), *months]
            for name, label in (("first_month", _("Từ")), ("last_month", _("Đến hết"))):
                self.fields[f"{name}{place}"] = forms.TypedChoiceField(
                    label=label, choices=months, coerce=int, empty_value=None, required=place == 0
                )
            for weekday in range(DAYS):
                for half, words in (("am", _("buổi sáng")), ("pm", _("buổi chiều"))):
                    self.fields[f"w{place}-{weekday}-{half}"] = forms.CharField(
                        label=f"{WEEKDAYS[weekday]}, {words}",
                        required=False,
                        max_length=20,
                        widget=forms.TextInput(attrs={"autocomplete": "off", "size": "12"}),
                    )
            self.fields[f"same{place}"] = forms.BooleanField(
                label=_("Thứ Ba đến Thứ Sáu như Thứ Hai"), required=False
            )

    @staticmethod
    def shown(seasons: Sequence[Season]) -> dict[str, Any]:
        """What stands in the form for hours that hold."""
        known: dict[str, Any] = {}
        for place, season in enumerate(seasons[:SEASONS]):
            known |= {f"first_month{place}": season.first_month, f"last_month{place}": season.last_month}
            for weekday, spans in enumerate(season.week):
                for span in spans:
                    half = "am" if span[0] < NOON else "pm"
                    known[f"w{place}-{weekday}-{half}"] = f"{span[0]:%H:%M}-{span[1]:%H:%M}"
        return known

    def tables(self) -> list[dict[str, Any]]:
        """For the template: each season's months, its rows (weekday, morning, afternoon), and whether it is in use."""
        return [
            {
                "first": self[f"first_month{place}"],
                "last": self[f"last_month{place}"],
                "same": self[f"same{place}"],
                "rows": [self._row(place, weekday) for weekday in range(DAYS)],
                "is_open": place == 0 or bool(self[f"first_month{place}"].value()) or self._is_wrong(place),
            }
            for place in range(SEASONS)
        ]

    def _row(self, place: int, weekday: int) -> tuple[Promise, BoundField, BoundField]:
        return WEEKDAYS[weekday], self[f"w{place}-{weekday}-am"], self[f"w{place}-{weekday}-pm"]

    def _is_wrong(self, place: int) -> bool:
        return any(name.startswith((f"w{place}-", f"first_month{place}")) for name in self.errors)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if facts.get("own") == self.ABOVE:
            return facts
        places = [0] if facts.get("first_month1") is None and facts.get("last_month1") is None else [0, 1]
        seasons = [self._season(place) for place in places]
        if not self.errors:
            self.seasons = [season for season in seasons if season]
            try:
                weeks.check(self.seasons)
            except HoursRefused as refusal:
                self.add_refusal(refusal)
        return facts

    def _season(self, place: int) -> Season | None:
        first, last = (self.cleaned_data.get(f"{name}{place}") for name in ("first_month", "last_month"))
        same = self.cleaned_data.get(f"same{place}")
        days: list[tuple[Span, ...]] = []
        for weekday in range(DAYS):
            source = 0 if same and 1 <= weekday <= 4 else weekday  # noqa: PLR2004 - Tuesday to Friday
            names = [f"w{place}-{source}-{half}" for half in ("am", "pm")]
            days.append(tuple(span for name in names if (span := self._span(name))))
        if first is None or last is None:
            self.add_error(f"first_month{place}", _("Chọn tháng đầu và tháng cuối của mùa."))
            return None
        return Season(first, last, tuple(days))

    def _span(self, name: str) -> Span | None:
        text = (self.cleaned_data.get(name) or "").strip().lower()
        if not text or name in self.errors:
            return None
        found = _SPAN.fullmatch(text)
        try:
            if found is None:
                raise ValueError(text)  # noqa: TRY301 - one message for both
            hours = [int(part or 0) for part in found.groups()]
            return time(hours[0], hours[1]), time(hours[2], hours[3])
        except ValueError:
            self.add_error(name, _("Viết như 07:30-11:30; để trống nếu nghỉ."))
            return None

    def add_refusal(self, refusal: HoursRefused) -> None:
        """Where the refusal belongs: `0-3` is a day of the first season, `0` its months."""
        place, _dash, weekday = refusal.field.partition("-")
        name = f"w{place}-{weekday}-am" if weekday else f"first_month{place}"
        name = refusal.field if refusal.field in self.fields else name
        self.add_error(name if name in self.fields else None, str(refusal))

    @property
    def week_from(self) -> date:
        day: date = self.cleaned_data["first"]
        return day


class ClosureForm(forms.Form):
    """When an office that would work does not, by days and halves of days."""

    first = day_field(gettext_lazy("Từ ngày"), gettext_lazy("Hãy nhập ngày bắt đầu đóng cửa."))
    first_half = forms.ChoiceField(
        label=gettext_lazy("Ngày đầu"),
        choices=(("am", gettext_lazy("từ buổi sáng")), ("pm", gettext_lazy("từ buổi chiều"))),
    )
    last = day_field(gettext_lazy("Đến hết ngày"), gettext_lazy("Hãy nhập ngày đóng cửa cuối cùng."))
    last_half = forms.ChoiceField(
        label=gettext_lazy("Ngày cuối"),
        choices=(("pm", gettext_lazy("hết buổi chiều")), ("am", gettext_lazy("hết buổi sáng"))),
    )
    reason = short(
        gettext_lazy("Vì sao"), 120, gettext_lazy("Hãy ghi vì sao đóng cửa: ngập lụt, mất điện, dời trụ sở…")
    )

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if not self.errors and self.ends <= self.starts:
            self.add_error("last", _("Lúc mở lại phải sau lúc đóng cửa."))
        return facts

    @property
    def starts(self) -> datetime:
        first: date = self.cleaned_data["first"]
        noon = self.cleaned_data["first_half"] == "pm"
        return timezone.make_aware(datetime.combine(first, NOON)) if noon else midnight(first)

    @property
    def ends(self) -> datetime:
        last: date = self.cleaned_data["last"]
        if self.cleaned_data["last_half"] == "am":
            return timezone.make_aware(datetime.combine(last, NOON))
        return midnight(last + timedelta(days=1))


def week_words(week: Week) -> list[tuple[str, str]]:
    """Weekdays with the same hours in one line: ("Thứ Hai – Thứ Sáu", "07:30–11:30, 13:00–17:00")."""
    lines: list[tuple[int, int, tuple[Span, ...]]] = []
    for weekday, spans in enumerate(week):
        if lines and lines[-1][2] == spans and lines[-1][1] == weekday - 1:
            lines[-1] = (lines[-1][0], weekday, spans)
        elif spans:
            lines.append((weekday, weekday, spans))
    return [(_days(first, last), _spans(spans)) for first, last, spans in lines if spans]


def _days(first: int, last: int) -> str:
    return str(WEEKDAYS[first]) if first == last else f"{WEEKDAYS[first]} – {WEEKDAYS[last]}"


def _spans(spans: Iterable[Span]) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)
