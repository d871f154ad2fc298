"""What an administrator types to merge communes."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.merging import NewUnit, Plan
from motcua.people.models import Unit, UnitLevel
from motcua.people.succession import exists_on

NEW = "moi"


class MergerForm(forms.Form):
    """Who ends, who goes on, from which day, by which decision. Choices are the communes of one district."""

    on = forms.DateField(
        label=gettext_lazy("Ngày có hiệu lực"),
        help_text=gettext_lazy(
            "Ngày đầu tiên của đơn vị mới; các đơn vị kết thúc làm việc đến hết ngày hôm trước."
        ),
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"},
            format="%d/%m/%Y",
        ),
        error_messages={
            "required": gettext_lazy("Hãy nhập ngày, ví dụ 01/02/2020."),
            "invalid": gettext_lazy("Ngày chưa đúng, ví dụ 01/02/2020."),
        },
    )
    decision = forms.CharField(
        label=gettext_lazy("Nghị quyết hoặc quyết định"),
        max_length=200,
        error_messages={"required": gettext_lazy("Hãy ghi số nghị quyết hoặc quyết định.")},
    )
    predecessors = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị kết thúc hoạt động"),
        help_text=gettext_lazy("Không chọn đơn vị nào nếu chỉ đổi tên hoặc chuyển huyện."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=gettext_lazy("Đơn vị kết thúc ở huyện khác"),
        help_text=gettext_lazy("Mã 5 chữ số, cách nhau bằng dấu phẩy."),
        required=False,
        max_length=200,
    )
    successor = forms.ChoiceField(
        label=gettext_lazy("Đơn vị tiếp tục"),
        help_text=gettext_lazy("Giữ mã và mã định danh của mình."),
        error_messages={"required": gettext_lazy("Chọn đơn vị tiếp tục, hoặc “Đơn vị mới”.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Tên từ ngày đó"),
        help_text=gettext_lazy("Kèm Xã, Phường hoặc Thị trấn; để trống nếu giữ tên cũ."),
        required=False,
        max_length=120,
    )
    parent = forms.ChoiceField(label=gettext_lazy("Thuộc huyện từ ngày đó"))
    code = forms.CharField(
        label=gettext_lazy("Mã đơn vị mới"),
        help_text=gettext_lazy("5 chữ số; chỉ khi chọn “Đơn vị mới”."),
        required=False,
        max_length=10,
    )
    identifier = forms.CharField(
        label=gettext_lazy("Mã định danh mới"),
        help_text=gettext_lazy("Dùng trong mã hồ sơ, ví dụ 000.21.30.H57; chỉ khi chọn “Đơn vị mới”."),
        required=False,
        max_length=35,
    )

    def __init__(self, *args: Any, district: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        there = Unit.objects.filter(parent=district, level=UnitLevel.COMMUNE).filter(exists_on(today))
        communes = list(there.order_by("name", "code").values_list("code", "name"))
        named = [(code, f"{name} ({code})") for code, name in communes]
        self.fields["predecessors"].choices = named  # type: ignore[attr-defined]
        self.fields["successor"].choices = [  # type: ignore[attr-defined]
            ("", _("Chọn đơn vị")),
            (NEW, _("Đơn vị mới")),
            *named,
        ]
        districts = Unit.objects.filter(level=UnitLevel.DISTRICT).filter(exists_on(today))
        self.fields["parent"].choices = list(districts.order_by("name").values_list("code", "name"))  # type: ignore[attr-defined]
        self.fields["parent"].initial = district.code

    def clean_others(self) -> list[str]:
        words = re.split(r"[\s,;]+", self.cleaned_data["others"].strip())
        codes = [word for word in words if word]
        known = set(Unit.objects.filter(code__in=codes).values_list("code", flat=True))
        if wrong := [code for code in codes if code not in known]:
            raise forms.ValidationError(_("Không có đơn vị mang mã %(codes)s.") % {"codes": ", ".join(wrong)})
        return codes

    def plan(self, staying: frozenset[int]) -> Plan:
        """What was typed, to be checked by those who know."""
        facts = self.cleaned_data
        ids = dict(Unit.objects.filter(code__in=self._codes()).values_list("code", "pk"))
        is_new = facts["successor"] == NEW
        return Plan(
            on=facts["on"],
            decision=facts["decision"],
            predecessors=tuple(
                ids[code] for code in dict.fromkeys([*facts["predecessors"], *facts["others"]])
            ),
            successor_id=None if is_new else ids[facts["successor"]],
            new=NewUnit(facts["code"].strip(), facts["identifier"].strip()) if is_new else None,
            name=facts["name"],
            parent_id=ids[facts["parent"]],
            staying=staying,
        )

    def _codes(self) -> list[str]:
        facts = self.cleaned_data
        return [*facts["predecessors"], *facts["others"], facts["successor"], facts["parent"]]
