"""The parts in which a draft is edited, as forms; what is wrong is said in words for the one who typed it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.content import Content
from motcua.catalog.models import LifeEvent, OnlineLevel
from motcua.oversight.forms import LimitForm
from motcua.people.models import Field
from motcua.rules.limits import Limit, LimitUnreadable

MOST_TEXT = 20_000
"""Letters of a long text: a cell of a spreadsheet holds it."""
UNKNOWN, YES, NO = "", "yes", "no"


def one_a_line(text: str) -> str:
    """One thing a line, without empty lines and spaces around."""
    return "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)


def area(label: Any, rows: int, help_text: Any = "", most: int = MOST_TEXT) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def field_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """The desk's fields with the ministries' under each."""
    rows = list(Field.objects.order_by("name"))
    groups = [row for row in rows if row.group_id is None]
    return [
        (
            group.name,
            [(group.pk, group.name), *((row.pk, row.name) for row in rows if row.group_id == group.pk)],
        )
        for group in groups
    ]


class GeneralForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Tên thủ tục"),
        max_length=400,
        error_messages={"required": gettext_lazy("Hãy ghi tên thủ tục.")},
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực"), error_messages={"required": gettext_lazy("Chọn lĩnh vực.")}
    )
    level = forms.CharField(
        label=gettext_lazy("Cấp thực hiện"),
        help_text=gettext_lazy("Ví dụ: Cấp xã."),
        max_length=120,
        required=False,
    )
    online_level = forms.ChoiceField(
        label=gettext_lazy("Mức độ trực tuyến"), choices=OnlineLevel, required=False
    )
    is_interlinked = forms.ChoiceField(
        label=gettext_lazy("Liên thông nhiều cơ quan"),
        choices=(
            (UNKNOWN, gettext_lazy("Chưa công bố")),
            (YES, gettext_lazy("Có")),
            (NO, gettext_lazy("Không")),
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Chọn lĩnh vực")), *field_choices()]  # type: ignore[attr-defined]

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        """What stands in it to begin with."""
        facts = content.facts
        linked = {None: UNKNOWN, True: YES, False: NO}[facts["is_interlinked"]]
        same = {name: facts[name] for name in ("name", "level", "online_level")}
        return same | {"field": facts["field_id"], "is_interlinked": linked}

    def facts(self) -> dict[str, Any]:
        """What it says, as facts of a version."""
        typed = self.cleaned_data
        return {
            "name": " ".join(typed["name"].split()),
            "field_id": int(typed["field"]),
            "level": typed["level"],
            "online_level": typed["online_level"],
            "is_interlinked": {UNKNOWN: None, YES: True, NO: False}[typed["is_interlinked"]],
        }


class DoingForm(forms.Form):
    audience = area(gettext_lazy("Đối tượng thực hiện (ai được nộp)"), 2, most=300)
    steps_text = area(gettext_lazy("Trình tự thực hiện"), 8, gettext_lazy("Mỗi bước một dòng."))
    result_name = forms.CharField(
        label=gettext_lazy("Kết quả của thủ tục"),
        help_text=gettext_lazy("Ví dụ: Giấy khai sinh (bản chính)."),
        max_length=300,
        required=False,
    )
    result_validity = forms.CharField(
        label=gettext_lazy("Hiệu lực của kết quả"),
        help_text=gettext_lazy("Ví dụ: 6 tháng kể từ ngày cấp."),
        max_length=200,
        required=False,
    )
    legal_basis = area(gettext_lazy("Căn cứ pháp lý"), 6, gettext_lazy("Mỗi văn bản một dòng."))

    def clean_steps_text(self) -> str:
        return one_a_line(self.cleaned_data["steps_text"])

    def clean_legal_basis(self) -> str:
        return one_a_line(self.cleaned_data["legal_basis"])

    def clean_audience(self) -> str:
        return " ".join(self.cleaned_data["audience"].split())

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        return {name: content.facts[name] for name in DoingForm.base_fields}

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TimeForm(LimitForm):
    """The limit of a draft: what an administrator writes there is confirmed by the decision it is published with."""

    procedure = None  # type: ignore[assignment]
    limit_text = area(gettext_lazy("Lời văn công bố"), 3, gettext_lazy("Như quyết định viết."))
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)
    field_order = ("kind", "amount", "limit_text", "note")

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        facts = content.facts
        try:
            limit = Limit.parse(facts["limit"]) if facts["limit"] else None
        except LimitUnreadable:
            limit = None
        told = {"kind": limit.kind.value, "amount": limit.amount or None} if limit else {}
        return told | {"limit_text": facts["limit_text"], "note": facts["limit_note"]}

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "limit": str(typed["limit"]),
            "limit_confirmed": True,
            "limit_text": one_a_line(typed["limit_text"]),
            "limit_note": typed["note"],
        }


class SupplementForm(forms.Form):
    supplement_pauses = forms.ChoiceField(
        label=gettext_lazy("Khi người nộp bổ sung đủ"),
        choices=(
            (NO, gettext_lazy("Thời hạn tính lại từ đầu (NĐ 61/2018 Điều 19.4)")),
            (YES, gettext_lazy("Thời hạn chạy tiếp phần còn lại, theo luật riêng của lĩnh vực")),
        ),
        widget=forms.RadioSelect,
    )
    supplement_notice_days = forms.IntegerField(
        label=gettext_lazy("Yêu cầu bổ sung trong (ngày làm việc)"),
        help_text=gettext_lazy("NĐ 61/2018: 3 ngày kể từ ngày tiếp nhận, trừ khi luật riêng quy định khác."),
        min_value=1,
        max_value=60,
    )

    @staticmethod
    def of(content: Content) -> dict[str, Any]:
        facts = content.facts
        return {
            "supplement_pauses": YES if facts["supplement_pauses"] else NO,
            "supplement_notice_days": facts["supplement_notice_days"],
        }

    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return typed | {"supplement_pauses": typed["supplement_pauses"] == YES}


class EventsForm(forms.Form):
    events = forms.ModelMultipleChoiceField(
        LifeEvent.objects.order_by("position", "name"),
        label=gettext_lazy("Sự kiện trong đời"),
        help_text=gettext_lazy("Để người dân tìm theo việc của mình; có hiệu lực ngay, không chờ công bố."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class StartForm(forms.Form):
    """A procedure that was never published."""

    code = forms.CharField(
        label=gettext_lazy("Mã thủ tục (cơ sở dữ liệu quốc gia)"),
        help_text=gettext_lazy("Ví dụ: 1.001193. Mã không đổi được về sau."),
        max_length=30,
        error_messages={"required": gettext_lazy("Hãy ghi mã thủ tục.")},
    )
    name = GeneralForm.base_fields["name"]
    field = GeneralForm.base_fields["field"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Chọn lĩnh vực")), *field_choices()]  # type: ignore[attr-defined]
