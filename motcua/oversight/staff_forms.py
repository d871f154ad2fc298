"""What administrators type about people: roles, accounts, counters, courses, and a file of staff."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.oversight.days import WEEKDAYS
from motcua.people import queries as people
from motcua.people.appointments import Appointment
from motcua.people.counters import Plan
from motcua.people.models import Role, TrainingKind, User
from motcua.people.table_file import MOST_BYTES
from motcua.people.training import Course
from motcua.ui.fields import day_field, number_field, short

Choices = list[tuple[str, str]]
_USERNAME = gettext_lazy("Chữ không dấu, ví dụ tiepnhan.phuocvinh. Người đã có tài khoản: nhập đúng tên cũ.")


def fields_field(label: Any, help_text: Any = "") -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label,
        required=False,
        coerce=int,
        choices=people.desk_fields,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class _WithFields(forms.Form):
    """A form of a role or a counter, whose `fields` are fields of work."""

    def refused(self, refusal: Exception) -> None:
        field = {"fields": "fields_of_work"}.get(at := getattr(refusal, "field", ""), at)
        self.add_error(field if field in self.fields else None, str(refusal))


class GrantForm(_WithFields):
    """A role from a day on; of a specialist, with fields."""

    role = forms.ChoiceField(
        label=gettext_lazy("Vai trò"), error_messages={"required": gettext_lazy("Chọn vai trò.")}
    )
    fields_of_work = fields_field(
        gettext_lazy("Lĩnh vực"), gettext_lazy("Chỉ cho công chức chuyên môn; người khác để trống.")
    )
    valid_from = day_field(gettext_lazy("Từ ngày"), gettext_lazy("Hãy nhập ngày bắt đầu."))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("Chọn vai trò")), *((r.value, r.label) for r in roles)]  # type: ignore[attr-defined]

    @property
    def appointment(self) -> Appointment:
        facts = self.cleaned_data
        return Appointment(Role(facts["role"]), frozenset(facts["fields_of_work"]), facts["valid_from"])


class AppointForm(GrantForm):
    """The same for somebody who comes to the unit, with a new account or the one he has."""

    field_order = ["full_name", "title", "username", "role", "fields_of_work", "valid_from"]
    full_name = short(gettext_lazy("Họ và tên"), 80, gettext_lazy("Hãy nhập họ và tên."))
    title = short(gettext_lazy("Chức danh"), 80, required=False)
    username = short(
        gettext_lazy("Tên đăng nhập"), 60, gettext_lazy("Hãy nhập tên đăng nhập."), help_text=_USERNAME
    )


class EndForm(forms.Form):
    """The last day of a role."""

    grant = forms.IntegerField(widget=forms.HiddenInput)
    last_day = day_field(gettext_lazy("Ngày cuối"), gettext_lazy("Hãy nhập ngày cuối."))


class FieldsForm(_WithFields):
    """A specialist's fields."""

    grant = forms.IntegerField(widget=forms.HiddenInput)
    fields_of_work = fields_field(gettext_lazy("Lĩnh vực"))


class DescribeForm(forms.Form):
    """What stands under a signature; the name only for the province's administrator."""

    full_name = short(gettext_lazy("Họ và tên"), 80, gettext_lazy("Hãy nhập họ và tên."))
    title = short(gettext_lazy("Chức danh"), 80, required=False)
    phone = short(gettext_lazy("Điện thoại"), 40, required=False)

    def __init__(self, *args: Any, with_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_name:
            del self.fields["full_name"]


class CourseForm(forms.Form):
    """A course or a certificate."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=TrainingKind)
    what = short(
        gettext_lazy("Tên khóa học hoặc chứng chỉ"),
        160,
        gettext_lazy("Hãy nhập tên khóa học hoặc chứng chỉ."),
    )
    place = short(gettext_lazy("Nơi đào tạo, nơi cấp"), 160, required=False)
    starts = day_field(gettext_lazy("Từ ngày"), gettext_lazy("Hãy nhập ngày bắt đầu."))
    ends = day_field(gettext_lazy("Đến ngày"), gettext_lazy("Hãy nhập ngày kết thúc."))
    number = short(gettext_lazy("Số chứng chỉ"), 60, required=False)
    hours = forms.IntegerField(
        label=gettext_lazy("Số tiết"),
        required=False,
        min_value=1,
        max_value=9999,
        error_messages={
            "invalid": gettext_lazy("Số tiết phải là số."),
            "min_value": gettext_lazy("Ít nhất là 1."),
            "max_value": gettext_lazy("Nhiều nhất là 9.999."),
        },
    )

    @property
    def course(self) -> Course:
        facts = self.cleaned_data | {"kind": TrainingKind(self.cleaned_data["kind"])}
        return Course(**facts)


class CounterForm(_WithFields):
    """A counter: its number, name and fields."""

    number = forms.IntegerField(
        label=gettext_lazy("Số quầy"),
        min_value=1,
        max_value=99,
        error_messages={
            "required": gettext_lazy("Hãy nhập số quầy."),
            "invalid": gettext_lazy("Số quầy phải là số."),
            "min_value": gettext_lazy("Số quầy từ 1 đến 99."),
            "max_value": gettext_lazy("Số quầy từ 1 đến 99."),
        },
    )
    name = short(gettext_lazy("Tên quầy"), 80, required=False)
    fields_of_work = fields_field(gettext_lazy("Lĩnh vực"), gettext_lazy("Không chọn: nhận mọi lĩnh vực."))
    is_active = forms.BooleanField(label=gettext_lazy("Đang dùng"), required=False)

    @property
    def plan(self) -> Plan:
        facts = self.cleaned_data
        return Plan(facts["number"], facts["name"], frozenset(facts["fields_of_work"]), facts["is_active"])


class WeekPlanForm(forms.Form):
    """Who sits at a counter on each weekday."""

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("không có ai")), *_names(colleagues)]
        for weekday, words in enumerate(WEEKDAYS):
            field = number_field(words, required=False, message=_("Chọn cán bộ của đơn vị."))
            field.choices = choices
            self.fields[f"day{weekday}"] = field

    @property
    def week(self) -> list[int | None]:
        return [self.cleaned_data[f"day{weekday}"] for weekday in range(len(WEEKDAYS))]

    def refused(self, refusal: Exception) -> None:
        name = f"day{getattr(refusal, 'field', '')}"
        self.add_error(name if name in self.fields else None, str(refusal))


class DayPlanForm(forms.Form):
    """Somebody else, or nobody, on one date."""

    day = day_field(gettext_lazy("Ngày"), gettext_lazy("Hãy nhập ngày."))
    officer = number_field(
        gettext_lazy("Người ngồi"), required=False, message=gettext_lazy("Chọn cán bộ của đơn vị.")
    )

    def __init__(self, *args: Any, colleagues: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [("", _("không có ai: quầy đóng")), *_names(colleagues)]  # type: ignore[attr-defined]


class StaffFileForm(forms.Form):
    """A file of staff."""

    file = forms.FileField(
        label=gettext_lazy("Tệp CSV hoặc XLSX"),
        error_messages={
            "required": gettext_lazy("Chọn tệp danh sách cán bộ."),
            "empty": gettext_lazy("Tệp này rỗng."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("Tệp lớn hơn 5 MB. Chia thành nhiều tệp."))
        return file


def _names(colleagues: Iterable[User]) -> Choices:
    return [(str(u.pk), f"{u.full_name} – {u.title}" if u.title else u.full_name) for u in colleagues]
