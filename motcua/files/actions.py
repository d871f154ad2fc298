"""Taking a file in, and giving it out."""

import hashlib
import secrets
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile

TAKEN = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""What is taken, by content, and the ending it is given out with."""
OFFICE = {
    "word/document": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""How the main part of an office document begins; it may stand anywhere among the others."""

_KEPT_FOR_SECONDS = 24 * 3600
_SALT = "motcua.files.kept"


def store(upload: "File[bytes]", *, uploaded_by_id: int | None) -> StoredFile:
    """Check an upload by its content and keep it. Raises FileRefused; then nothing is kept."""
    content, found = checked(upload)
    return keep(content, name=upload.name or "", content_type=found, uploaded_by_id=uploaded_by_id)


def checked(upload: "File[bytes]") -> tuple[bytes, str]:
    """The bytes of an upload and what they are. Raises FileRefused."""
    if not upload.size:
        raise FileRefused(_("Tệp rỗng, không có nội dung. Hãy chọn lại tệp."))
    if upload.size > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // 1024 // 1024
        raise FileRefused(
            _("Tệp lớn hơn %(most)s MB. Hãy quét lại ở độ phân giải thấp hơn.") % {"most": most}
        )
    content = upload.read()
    found = type_of(content)
    if found is None:
        raise FileRefused(_("Tệp này không phải PDF, ảnh JPEG, PNG, Word hay Excel nên không nhận được."))
    return content, found


def type_of(content: bytes) -> str | None:
    """Which of the types that are taken these bytes are, whatever their name promises."""
    if content.startswith(b"PK"):
        return _office_type(content)
    import filetype  # here: a process that takes no upload need not wait for it

    found: str | None = filetype.guess_mime(content[:8192])
    return found if found in TAKEN else None


def _office_type(content: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.namelist()
    except (BadZipFile, NotImplementedError, OSError, ValueError):  # broken, encrypted or of a kind not known
        return None
    return next((mime for main, mime in OFFICE.items() if any(part.startswith(main) for part in parts)), None)


def keep(content: bytes, *, name: str, content_type: str, uploaded_by_id: int | None) -> StoredFile:
    """Keep bytes that we trust, under a name nobody can guess."""
    ending = TAKEN[content_type]
    today = timezone.localdate()
    place = default_storage.save(
        f"{today:%Y/%m/%d}/{secrets.token_urlsafe(16)}.{ending}", ContentFile(content)
    )
    return StoredFile.objects.create(
        name=_shown_name(name, ending),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        place=place,
        uploaded_by_id=uploaded_by_id,
    )


def _shown_name(name: str, ending: str) -> str:
    """The given name without folders or control characters, with the ending of its true content."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    clean = "".join(letter for letter in stem if letter.isprintable() and letter not in '<>:"/|?*')
    return f"{clean.strip(' .')[:100] or 'tep'}.{ending}"


def discard(stored: StoredFile) -> None:
    """Throw away a draft that nothing points to; its bytes go when the transaction has held."""
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(stored.place))


def read(stored: StoredFile) -> bytes:
    with default_storage.open(stored.place) as file:
        content: bytes = file.read()
    return content


def digest_of(stored: StoredFile) -> str | None:
    """SHA-256 of the bytes as they lie in the storage now; None: they are not there."""
    try:
        with default_storage.open(stored.place) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def token(stored: StoredFile) -> str:
    """A file kept while its form is mended: what was uploaded stays uploaded, for the same officer only."""
    return signing.dumps([stored.pk, stored.uploaded_by_id], salt=_SALT)


def kept(signed: str, *, uploaded_by_id: int) -> StoredFile | None:
    """The file that `token` spoke of, for the officer who uploaded it; None for anything else."""
    try:
        pk, owner = signing.loads(signed, salt=_SALT, max_age=_KEPT_FOR_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return StoredFile.objects.filter(pk=pk).first() if owner == uploaded_by_id else None


def response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """Send a file so that no browser takes it for a page of ours, whatever it holds."""
    sent = FileResponse(
        default_storage.open(stored.place),
        as_attachment=not (inline and stored.content_type == "application/pdf"),
        filename=stored.name,
        content_type=stored.content_type,
    )
    sent["Content-Security-Policy"] = "sandbox; default-src 'none'"
    sent["X-Content-Type-Options"] = "nosniff"
    sent["Cache-Control"] = "private, no-store"
    return sent
