"""What leaders and officers type about who works on what: assignment, absence, departure, the unit's own ways."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.desk.forms import WordsForm
from motcua.dossiers.actions.sharing import by_load
from motcua.people import queries as people
from motcua.people.actions import SUPPLEMENT_DAYS
from motcua.people.models import AbsenceKind, Assignment, Role
from motcua.people.staffing import midnight
from motcua.ui.fields import day_field, number_field

Choices = list[tuple[str, str]]
NOON = time(12)
"""Where the morning ends; every office of the province is closed then."""
FAR = timedelta(days=800)
"""Dates beyond it are slips of the keyboard."""


def assignees(unit_id: int) -> Choices:
    """Specialists who can be given work now, the least loaded first."""
    there = by_load(people.available(unit_id, Role.SPECIALIST, timezone.now()), unit_id)
    words = _("%(name)s – %(title)s (đang giữ %(n)d hồ sơ)")
    rows = [
        (str(u.pk), words % {"name": u.full_name, "title": u.title, "n": u.load})  # type: ignore[attr-defined]
        for u in there
    ]
    return [("", _("Chọn người xử lý")), *rows]


def colleagues(unit_id: int, first: str, *, but: int = 0, staying: bool = False) -> Choices:
    """Officers of a unit to choose from; `first` is the empty choice; `staying`: not those about to leave."""
    found = people.colleagues(unit_id).exclude(pk=but)
    if staying:
        found = found.filter(closes_on=None)
    return [
        ("", first),
        *((str(u.pk), f"{u.full_name} – {u.title}" if u.title else u.full_name) for u in found),
    ]


def check_year(day: date) -> date:
    if abs(day - timezone.localdate()) > FAR:
        raise ValidationError(_("Ngày này quá xa. Kiểm tra lại năm."))
    return day


class AssignForm(WordsForm):
    field_order = ["assignee", "words"]
    assignee = number_field(
        gettext_lazy("Người xử lý"), message=gettext_lazy("Chọn người xử lý đang có mặt.")
    )

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].choices = lambda: assignees(unit_id)  # type: ignore[attr-defined]
        self.fields["words"].widget = forms.TextInput(attrs={"autocomplete": "off"})
        self.fields["words"].label = _("Lời dặn")


HALVES_FIRST = (("am", gettext_lazy("từ buổi sáng")), ("pm", gettext_lazy("từ buổi chiều")))
HALVES_LAST = (("pm", gettext_lazy("hết buổi chiều")), ("am", gettext_lazy("hết buổi sáng")))


class UntilForm(forms.Form):
    """Until when somebody is away, and who stands in."""

    last = day_field(gettext_lazy("Đến hết ngày"), gettext_lazy("Hãy nhập ngày vắng cuối cùng."))
    last_half = forms.ChoiceField(label=gettext_lazy("Ngày cuối"), choices=HALVES_LAST)
    substitute = number_field(gettext_lazy("Người làm thay"), required=False)

    def __init__(self, *args: Any, unit_id: int, of: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = _("Chưa có ai")
        self.fields["substitute"].choices = lambda: colleagues(unit_id, nobody, but=of)  # type: ignore[attr-defined]

    def clean_last(self) -> date:
        return check_year(self.cleaned_data["last"])

    @property
    def ends(self) -> datetime:
        """The first moment back: noon, or the midnight after the last day."""
        last: date = self.cleaned_data["last"]
        if self.cleaned_data["last_half"] == "am":
            return timezone.make_aware(datetime.combine(last, NOON))
        return midnight(last + timedelta(days=1))

    @staticmethod
    def shown(ends: datetime, substitute_id: int | None) -> dict[str, Any]:
        """What stands in the form for an absence that is recorded."""
        local = timezone.localtime(ends)
        half = "pm" if local.time() == time() or local.time() > NOON else "am"
        last = timezone.localdate(ends - timedelta(minutes=1))
        return {"last": last, "last_half": half, "substitute": substitute_id}


class AbsenceForm(UntilForm):
    """An absence, by days and halves of days."""

    field_order = ["officer", "kind", "first", "first_half", "last", "last_half", "substitute"]
    officer = number_field(gettext_lazy("Người vắng"), message=gettext_lazy("Chọn người vắng."))
    kind = forms.ChoiceField(label=gettext_lazy("Lý do"), choices=AbsenceKind)
    first = day_field(gettext_lazy("Từ ngày"), gettext_lazy("Hãy nhập ngày bắt đầu vắng."))
    first_half = forms.ChoiceField(label=gettext_lazy("Ngày đầu"), choices=HALVES_FIRST)

    def __init__(self, *args: Any, unit_id: int, of: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, unit_id=unit_id, of=of, **kwargs)
        if of:
            del self.fields["officer"]
        else:
            self.fields["officer"].choices = lambda: colleagues(unit_id, _("Chọn người vắng"))  # type: ignore[attr-defined]

    def clean_first(self) -> date:
        return check_year(self.cleaned_data["first"])

    @property
    def starts(self) -> datetime:
        first: date = self.cleaned_data["first"]
        noon = self.cleaned_data["first_half"] == "pm"
        return timezone.make_aware(datetime.combine(first, NOON)) if noon else midnight(first)


class DepartureForm(forms.Form):
    """Who gets the work of somebody who leaves, and after which day."""

    ONE, SPREAD = "mot-nguoi", "chia"
    cach = forms.ChoiceField(
        label=gettext_lazy("Giao công việc"),
        choices=(
            (SPREAD, gettext_lazy("Chia đều cho những người cùng lĩnh vực")),
            (ONE, gettext_lazy("Cho một người kế nhiệm, cùng vai trò và lĩnh vực")),
        ),
        widget=forms.RadioSelect,
    )
    successor = number_field(gettext_lazy("Người kế nhiệm"), required=False)
    last_day = day_field(
        gettext_lazy("Ngày làm việc cuối"), gettext_lazy("Hãy nhập ngày làm việc cuối cùng.")
    )
    close = forms.BooleanField(
        label=gettext_lazy("Đóng tài khoản (nghỉ việc; chuyển đơn vị thì bỏ chọn)"), required=False
    )

    def __init__(self, *args: Any, unit_id: int, of: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = _("Chọn người kế nhiệm")
        self.fields["successor"].choices = lambda: colleagues(unit_id, nobody, but=of, staying=True)  # type: ignore[attr-defined]

    def clean_last_day(self) -> date:
        return check_year(self.cleaned_data["last_day"])

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if (
            facts.get("cach") == self.ONE
            and facts.get("successor") is None
            and "successor" not in self.errors
        ):
            self.add_error("successor", _("Chọn người kế nhiệm."))
        return facts


class UnitForm(forms.Form):
    """How the unit shares its work out, and how long it waits for a supplement."""

    assignment = forms.ChoiceField(
        label=gettext_lazy("Hồ sơ mới của một lĩnh vực có nhiều người"),
        choices=Assignment,
        widget=forms.RadioSelect,
    )
    supplement_days = forms.IntegerField(
        label=gettext_lazy("Số ngày chờ người nộp bổ sung"),
        help_text=gettext_lazy("Tính cả ngày nghỉ. Quá số ngày này, hồ sơ được đóng sau khi đã báo trước."),
        min_value=SUPPLEMENT_DAYS[0],
        max_value=SUPPLEMENT_DAYS[1],
        error_messages={
            "required": gettext_lazy("Hãy nhập số ngày."),
            "invalid": gettext_lazy("Số ngày phải là số."),
            "min_value": gettext_lazy("Ít nhất 5 ngày."),
            "max_value": gettext_lazy("Nhiều nhất 365 ngày."),
        },
    )
