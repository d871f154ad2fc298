"""The staff of many units from one file, and the empty file to fill in."""

import io
from itertools import zip_longest

import xlsxwriter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.oversight.access import officer_of
from motcua.oversight.staff_forms import StaffFileForm
from motcua.oversight.units import keeping
from motcua.people import queries as people
from motcua.people.errors import StaffRefused
from motcua.people.load_staff import BadStaffFile, Loaded, Mistake, load_staff
from motcua.people.models import Role
from motcua.people.staff_file import COLUMNS, HEADINGS

MOST_SHOWN = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@keeping
@require_http_methods(["GET", "HEAD", "POST"])
def staff_import(request: HttpRequest) -> HttpResponse:
    """A file with mistakes comes back as a list by row, and nothing was written."""
    form = StaffFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    mistakes: list[Mistake] = []
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            loaded = load_staff(file.name, file, officer_of(request), timezone.now())
        except BadStaffFile as refusal:
            mistakes = refusal.mistakes
            form.add_error("file", _("Có chỗ sai trong tệp; chưa ghi gì. Sửa các dòng dưới đây rồi nạp lại."))
        except StaffRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _words(loaded))
            return redirect("staff_import")
    context = {
        "form": form,
        "mistakes": mistakes[:MOST_SHOWN],
        "number": len(mistakes),
        "headings": [HEADINGS[column] for column in COLUMNS],
        "roles": Role.choices,
        "fields": people.desk_fields(),
    }
    return render(request, "oversight/staff_import.html", context, status=422 if form.errors else 200)


def _words(loaded: Loaded) -> str:
    if not loaded.roles and not loaded.retitled:
        return _("Mọi dòng (%(n)d) đã có sẵn; không có gì thay đổi.") % {"n": loaded.same}
    return _(
        "Đã tạo %(accounts)d tài khoản, trao %(roles)d vai trò, sửa %(titles)d chức danh; %(same)d dòng đã có sẵn. "
        "Mật khẩu của tài khoản mới: mở trang Cán bộ của từng đơn vị và cấp."
    ) % {
        "accounts": loaded.accounts,
        "roles": loaded.roles,
        "titles": loaded.retitled,
        "same": loaded.same,
    }


@keeping
@require_safe
def staff_template(request: HttpRequest) -> HttpResponse:
    """The headings on the first sheet, and on the second what may stand below them."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet, bold = book.add_worksheet(_("Cán bộ")), book.add_format({"bold": True})
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, HEADINGS[column], bold)
        sheet.set_column(place, place, 26)
    sheet.set_column(0, 0, 26, book.add_format({"num_format": "@"}))
    help_sheet = book.add_worksheet(_("Hướng dẫn"))
    help_sheet.set_column(0, 1, 44)
    lines = [
        (_("Vai trò"), _("Lĩnh vực (công chức chuyên môn; nhiều thì cách nhau bằng dấu ;)")),
        *zip_longest(
            (str(label) for _value, label in Role.choices),
            (name for _pk, name in people.desk_fields()),
            fillvalue="",
        ),
    ]
    for row, (role, field) in enumerate(lines):
        help_sheet.write_string(row, 0, role, bold if row == 0 else None)
        help_sheet.write_string(row, 1, field, bold if row == 0 else None)
    book.close()
    answer = HttpResponse(file.getvalue(), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="can-bo.xlsx"'
    return answer
