"""Several pictures of one paper become one PDF, a page each, so that a paper has one digital copy (R07)."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from motcua.files.actions import store, type_of
from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile

if TYPE_CHECKING:
    from PIL import Image

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
SCANS = {"application/pdf", *PICTURES}
MOST_PAGES = 40
MOST_PIXELS = 50_000_000
"""Of one picture: an A3 page at 400 dpi has 31 million; what unpacks to more is no page."""
_WIDTH = 2480
"""A4 at 300 dots to the inch: enough to read and print; a telephone's picture is made no larger than that."""
_DPI = 300


def store_pages(uploads: "Sequence[File[bytes]]", *, uploaded_by_id: int | None) -> StoredFile:
    """Keep a scan: a PDF or one picture as it is, several pictures as one PDF in their order. Raises FileRefused."""
    contents = [upload.read() for upload in uploads]
    kinds = [type_of(content) for content in contents]
    if any(kind not in SCANS for content, kind in zip(contents, kinds, strict=True) if content):
        raise FileRefused(_("Bản quét phải là PDF hoặc ảnh JPEG, PNG."))
    if len(uploads) == 1:
        uploads[0].seek(0)
        return store(uploads[0], uploaded_by_id=uploaded_by_id)
    if len(uploads) > MOST_PAGES:
        raise FileRefused(_("Nhiều nhất %(most)d trang một lần.") % {"most": MOST_PAGES})
    if sum(len(content) for content in contents) > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // 1024 // 1024
        raise FileRefused(_("Các trang cộng lại lớn hơn %(most)s MB.") % {"most": most})
    if any(kind not in PICTURES for kind in kinds):
        raise FileRefused(_("Chọn nhiều tệp thì mọi tệp phải là ảnh JPEG hoặc PNG, mỗi ảnh một trang."))
    pdf = ContentFile(joined(contents), name=uploads[0].name)
    return store(pdf, uploaded_by_id=uploaded_by_id)


def joined(pictures: Sequence[bytes]) -> bytes:
    """One PDF with a page for each picture, upright as it was taken. Raises FileRefused for a broken one."""
    pages = [_page(picture, number) for number, picture in enumerate(pictures, start=1)]
    pdf = BytesIO()
    pages[0].save(pdf, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI, quality=85)
    return pdf.getvalue()


def _page(picture: bytes, number: int) -> "Image.Image":
    from PIL import Image, ImageOps, UnidentifiedImageError  # here: only who joins pictures waits for it

    broken = FileRefused(
        _("Ảnh thứ %(number)d bị hỏng, không mở được. Chụp lại trang này.") % {"number": number}
    )
    try:
        image = Image.open(BytesIO(picture), formats=list(PICTURES.values()))
        if image.width * image.height > MOST_PIXELS:
            raise FileRefused(
                _("Ảnh thứ %(number)d quá lớn. Quét lại ở độ phân giải thấp hơn.") % {"number": number}
            )
        upright = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise broken from error
    if upright.mode in ("RGBA", "LA", "P"):
        upright = upright.convert("RGBA")
        white = Image.new("RGB", upright.size, "white")
        white.paste(upright, mask=upright.getchannel("A"))
        upright = white
    page = upright.convert("L" if upright.mode in ("1", "L", "I;16") else "RGB")
    page.thumbnail((_WIDTH, _WIDTH * 2))
    return page
