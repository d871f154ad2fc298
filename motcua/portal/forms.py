"""What a citizen types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.rules.numbering import CodeMalformed, normalise_code


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
