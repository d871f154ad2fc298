"""What a citizen types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.portal.codes import contact_of
from motcua.portal.models import ContactKind
from motcua.rules.numbering import CodeMalformed, normalise_code
from motcua.ui.uploads import PagesField


class TrackForm(forms.Form):
    """The code of a dossier, as typed, pasted or scanned."""

    code = forms.CharField(
        label=gettext_lazy("Mã hồ sơ"),
        help_text=gettext_lazy("Ví dụ: 000.01.02.H57-190426-0001"),
        error_messages={"required": gettext_lazy("Hãy nhập mã hồ sơ.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        try:
            return normalise_code(self.cleaned_data["code"])
        except CodeMalformed as error:
            raise ValidationError(
                _("Đây chưa phải là một mã hồ sơ đủ. Kiểm tra lại từng dấu chấm, dấu gạch và chữ số.")
            ) from error


class ContactForm(forms.Form):
    """Where the one-time code goes: the number or address that was written in the dossier."""

    contact = forms.CharField(
        label=gettext_lazy("Số điện thoại di động hoặc thư điện tử"),
        max_length=254,
        help_text=gettext_lazy("Số hoặc địa chỉ đã ghi trong hồ sơ khi nộp. Ví dụ: 0905 123 456"),
        error_messages={"required": gettext_lazy("Hãy nhập số điện thoại hoặc thư điện tử.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "spellcheck": "false"}),
    )

    def clean_contact(self) -> tuple[ContactKind, str]:
        found = contact_of(self.cleaned_data["contact"])
        if found is None:
            raise ValidationError(
                _("Đây chưa phải số điện thoại di động (10 chữ số, bắt đầu bằng 0) hay địa chỉ thư điện tử.")
            )
        return found


class CodeForm(forms.Form):
    digits = forms.CharField(
        label=gettext_lazy("Mã xác nhận"),
        max_length=20,
        help_text=gettext_lazy("6 chữ số trong tin nhắn hoặc thư vừa gửi."),
        error_messages={"required": gettext_lazy("Hãy nhập 6 chữ số.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class UploadForm(forms.Form):
    pages = PagesField(
        label=gettext_lazy("Tệp"),
        help_text=gettext_lazy("Một tệp PDF, hoặc ảnh chụp từng trang (JPEG, PNG)."),
        error_messages={
            "required": gettext_lazy("Chưa chọn tệp nào."),
            "empty": gettext_lazy("Tệp rỗng, không có nội dung. Hãy chọn lại tệp."),
        },
    )
