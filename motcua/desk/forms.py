"""What officers type, checked in words for the one who typed it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.models import PaperKind, PaperRequirement, ProcedureVersion
from motcua.dossiers.choices import ReturnMethod
from motcua.files import actions as files
from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile


class ReceiveForm(forms.Form):
    """Reception at the counter. It has no due time: nobody sets the clock by hand."""

    APPLICANT = ("id_number", "full_name", "address", "phone", "email")

    id_number = forms.CharField(
        label=gettext_lazy("Số CCCD / CMND / hộ chiếu"),
        max_length=20,
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autofocus": True,
                "hx-post": reverse_lazy("applicant"),
                "hx-trigger": "change",
                "hx-target": "#applicant",
                "hx-swap": "outerHTML",
                "hx-include": "closest form",
            }
        ),
    )
    full_name = forms.CharField(
        label=gettext_lazy("Họ và tên người đứng tên hồ sơ"),
        max_length=120,
        error_messages={"required": gettext_lazy("Hãy nhập họ và tên người đứng tên hồ sơ.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=200, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Số điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư điện tử chưa đúng, ví dụ: ten@gmail.com.")},
    )
    submitter_name = forms.CharField(label=gettext_lazy("Người nộp thay"), max_length=120, required=False)
    sets = forms.IntegerField(
        label=gettext_lazy("Số bộ hồ sơ"),
        min_value=1,
        max_value=99,
        error_messages={
            "required": gettext_lazy("Hãy nhập số bộ hồ sơ."),
            "invalid": gettext_lazy("Số bộ hồ sơ phải là số."),
            "min_value": gettext_lazy("Phải có ít nhất 1 bộ hồ sơ."),
        },
    )
    return_method = forms.ChoiceField(
        label=gettext_lazy("Nhận kết quả"), choices=ReturnMethod, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    forward = forms.BooleanField(
        label=gettext_lazy("Chuyển ngay cho công chức chuyên môn"), required=False, initial=True
    )

    @staticmethod
    def plain_number(text: str) -> str:
        """The number without the spaces and dots people write in it."""
        return re.sub(r"[\s.\-]", "", text).upper()

    def clean_id_number(self) -> str:
        number = self.plain_number(self.cleaned_data["id_number"])
        known = r"\d{9}|\d{12}|(?=.*[A-Z])[A-Z0-9]{6,12}"
        if number and not re.fullmatch(known, number):
            raise ValidationError(_("CCCD có 12 chữ số, CMND có 9 chữ số. Kiểm tra lại số vừa nhập."))
        return number

    def clean_full_name(self) -> str:
        return " ".join(self.cleaned_data["full_name"].split())

    def clean_phone(self) -> str:
        number = re.sub(r"[\s.\-()]", "", self.cleaned_data["phone"])
        if number and not re.fullmatch(r"(0|\+84)\d{8,10}", number):
            raise ValidationError(_("Số điện thoại bắt đầu bằng 0 và có 10 chữ số, ví dụ 0905 123 456."))
        return number


class PaperForm(forms.Form):
    """One line of the published list: which kind of copy, how many. The tick itself is the list's field `taken`."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại bản"), choices=PaperKind)
    number = forms.IntegerField(
        label=gettext_lazy("Số bản"),
        min_value=1,
        max_value=99,
        error_messages={
            "required": gettext_lazy("Nhập số bản."),
            "invalid": gettext_lazy("Số bản phải là số."),
            "min_value": gettext_lazy("Ít nhất 1 bản."),
            "max_value": gettext_lazy("Nhiều nhất 99 bản."),
        },
    )


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of the list as the form shows it; what is not ticked is not checked either."""

    requirement: PaperRequirement
    form: PaperForm
    taken: bool
    scan: forms.Form | None = None
    """Where its scan can be given at once (scan_forms)."""

    def is_valid(self) -> bool:
        return not self.taken or self.form.is_valid()


def paper_rows(version: ProcedureVersion, data: QueryDict | None, *, check: bool) -> list[PaperRow]:
    """A row for each paper of the published list, and none beyond it (R02).

    With `check`, ticked rows hold their mistakes; what was typed into the others stays, unexamined.
    """
    ticked = set(data.getlist("taken")) if data is not None else set()
    return [
        PaperRow(
            paper, _paper_form(paper, data, check=check and str(paper.pk) in ticked), str(paper.pk) in ticked
        )
        for paper in sorted(version.papers.all(), key=lambda paper: paper.position)
        if not paper.is_note
    ]


def _paper_form(paper: PaperRequirement, data: QueryDict | None, *, check: bool) -> PaperForm:
    prefix = f"paper-{paper.pk}"
    if check:
        return PaperForm(data, prefix=prefix)
    published = {"kind": paper.kind, "number": max(1, paper.number)}
    typed: Mapping[str, Any] = data or {}
    return PaperForm(
        prefix=prefix,
        initial={name: typed.get(f"{prefix}-{name}", value) for name, value in published.items()},
    )


class WordsForm(forms.Form):
    """A note, or the words that go with a move."""

    words = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class NoteForm(WordsForm):
    words = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Ghi chú còn trống.")},
    )


class ReasonForm(WordsForm):
    words = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Hãy ghi lý do, để người nhận lại biết phải làm gì.")},
    )


class UploadForm(forms.Form):
    """A form with a file that stays uploaded while the rest is mended."""

    upload = forms.FileField(
        label=gettext_lazy("Tệp"),
        required=False,
        help_text=gettext_lazy("PDF, ảnh JPEG, PNG, Word hoặc Excel, không quá 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer_id = officer_id
        self.stored: StoredFile | None = None

    def clean_kept(self) -> str:
        self.stored = files.kept(self.cleaned_data["kept"], uploaded_by_id=self.officer_id)
        return ""

    def clean_upload(self) -> None:
        """Check and keep the new file at once; what the rest of the form lacks does not undo it."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["upload"]
        if upload is None:
            return
        try:
            self.stored = files.store(upload, uploaded_by_id=self.officer_id)
        except FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    @property
    def keeping(self) -> str:
        """What the hidden field holds when the form comes back with a mistake elsewhere."""
        return files.token(self.stored) if self.stored else ""

    def hold(self) -> None:
        """Let the form that comes back with a mistake say which file it has already."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("kept")] = self.keeping  # type: ignore[index]


class AttachForm(UploadForm):
    field_order = ["kept", "upload", "words"]
    words = forms.CharField(label=gettext_lazy("Ghi chú cho tệp"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = not self.is_bound  # said on the page; `clean` knows of a kept file

    def clean(self) -> dict[str, Any]:
        if self.stored is None and "upload" not in self.errors:
            self.add_error("upload", _("Hãy chọn một tệp."))
        return self.cleaned_data


class ResultForm(UploadForm):
    """An uploaded result, or a paper one by its number."""

    field_order = ["kept", "upload", "number", "signed_on", "signer", "refusal"]
    number = forms.CharField(label=gettext_lazy("Số văn bản"), required=False, max_length=60)
    signed_on = forms.DateField(
        label=gettext_lazy("Ngày ký"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(
            attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}, format="%d/%m/%Y"
        ),
        error_messages={"invalid": gettext_lazy("Ngày chưa đúng, ví dụ 04/05/2019.")},
    )
    signer = forms.CharField(label=gettext_lazy("Người ký"), required=False, max_length=80)
    refusal = forms.CharField(
        label=gettext_lazy("Hoặc từ chối giải quyết, với lý do người nộp sẽ đọc trên phiếu"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        nothing = self.stored is None and not facts.get("number") and not facts.get("refusal", "").strip()
        if nothing and "upload" not in self.errors:
            self.add_error("number", _("Chọn tệp kết quả, hoặc ghi số văn bản của kết quả giấy."))
        return self.cleaned_data


class HandOverForm(forms.Form):
    to_name = forms.CharField(
        label=gettext_lazy("Họ tên người nhận"),
        max_length=120,
        error_messages={"required": gettext_lazy("Hãy ghi họ tên người nhận kết quả.")},
    )
    to_id_number = forms.CharField(
        label=gettext_lazy("Số giấy tờ của người nhận"), required=False, max_length=20
    )
    is_proxy = forms.BooleanField(label=gettext_lazy("Nhận thay, có giấy ủy quyền"), required=False)
    method = forms.ChoiceField(label=gettext_lazy("Cách trả"), choices=ReturnMethod)
    unpaid_reason = forms.CharField(
        label=gettext_lazy("Lý do trả khi chưa thu phí"), required=False, max_length=300
    )
    originals = forms.CharField(
        label=gettext_lazy("Bản chính trả lại"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WorkForm(forms.Form):
    """What a work list is narrowed to; a value that cannot be read narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Tên hoặc mã hồ sơ"), required=False, max_length=100)
    field = forms.TypedChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, coerce=int, empty_value=None
    )
    overdue = forms.BooleanField(label=gettext_lazy("Chỉ hồ sơ quá hạn"), required=False)

    def __init__(self, *args: Any, fields: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", _("Tất cả lĩnh vực")), *fields]  # type: ignore[attr-defined]
