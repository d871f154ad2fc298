"""Forms for citizens: an empty one, and one filled in for an invented person with "MẪU" across every page."""

from functools import cache
from io import BytesIO

import typst
from django.core.files.base import File
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from motcua.files import actions as files
from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile

_PDF = "application/pdf"
_SIDE = 600
"""The stamp's page in points; it is laid over a page's shorter side."""
_STAMP = """
#set page(width: 600pt, height: 600pt, margin: 0pt, fill: none)
#set text(font: "Libertinus Serif", size: 190pt, weight: "bold", fill: rgb(200, 0, 0, 70))
#align(center + horizon, rotate(-45deg)[MẪU])
"""
MOST_PAGES = 60


def keep_template(upload: "File[bytes]", *, by_id: int) -> StoredFile:
    """An empty form to fill in: Word, PDF or another type that is taken. Raises FileRefused."""
    return files.store(upload, uploaded_by_id=by_id)


def keep_sample(upload: "File[bytes]", *, by_id: int) -> StoredFile:
    """A form filled in, stamped "MẪU" so that nobody can use it as his own. Raises FileRefused.

    Only a PDF: what a word processor shows of a Word file is not ours to mark.
    """
    content, found = files.checked(upload)
    if found != _PDF:
        raise FileRefused(
            _("Bản điền mẫu phải là PDF, để phần mềm đóng chữ MẪU lên từng trang. Hãy lưu lại dạng PDF.")
        )
    return files.keep(stamped(content), name=upload.name or "", content_type=_PDF, uploaded_by_id=by_id)


def stamped(pdf: bytes) -> bytes:
    """The same PDF with "MẪU" across every page, without anything that runs. Raises FileRefused."""
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            raise FileRefused(
                _("PDF có mật khẩu, không có trang nào, hoặc quá 60 trang. Hãy lưu lại rồi tải lên.")
            )
        writer = PdfWriter()
        for page in reader.pages:
            page.transfer_rotation_to_content()
            writer.add_page(page)
        stamp = PdfReader(BytesIO(_stamp())).pages[0]
        for page in writer.pages:
            box = page.mediabox
            width, height = float(box.width), float(box.height)
            scale = min(width, height) / _SIDE
            left = float(box.left) + (width - _SIDE * scale) / 2
            bottom = float(box.bottom) + (height - _SIDE * scale) / 2
            page.merge_transformed_page(stamp, Transformation().scale(scale).translate(left, bottom))
        out = BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FileRefused(_("Không đọc được PDF này. Hãy lưu lại rồi tải lên.")) from error
    return out.getvalue()


@cache
def _stamp() -> bytes:
    return bytes(typst.compile(_STAMP.encode()))
