"""What is taken is known by its content; what is given out is never a page of ours."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.files import actions
from motcua.files.errors import FileRefused
from tests.cast import Played

PDF = b"%PDF-1.4\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def docx() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" + " " * 300)
        archive.writestr("word/document.xml", "<w:document/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [("a.pdf", PDF, "pdf"), ("ảnh.PNG", PNG, "png"), ("đơn.docx", docx(), "docx")],
)
def test_a_file_is_taken_and_kept_whole(clerk: Played, name: str, content: bytes, ending: str) -> None:
    stored = actions.store(upload(name, content), uploaded_by_id=clerk.user.pk)
    assert actions.read(stored) == content
    assert stored.name.endswith(f".{ending}")
    assert stored.size == len(content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("hop-le.pdf", b"<html><script>alert(1)</script></html>", "không phải PDF"),
        ("anh.jpg", b"MZ\x90\x00" + b"\0" * 64, "không phải PDF"),
        ("rong.pdf", b"", "rỗng"),
        ("kho.docx", b"PK\x03\x04not really", "không phải PDF"),
    ],
)
def test_what_its_name_promises_does_not_count(clerk: Played, name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        actions.store(upload(name, content), uploaded_by_id=clerk.user.pk)


def test_a_file_too_big_is_refused(clerk: Played, settings) -> None:
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(FileRefused, match="lớn hơn"):
        actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ('a"<b>\n.exe', "ab.pdf"),
        ("...", "tep.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_only_shown_and_made_harmless(clerk: Played, given: str, shown: str) -> None:
    named = ContentFile(PDF)
    named.name = given
    stored = actions.store(named, uploaded_by_id=clerk.user.pk)
    assert stored.name == shown
    assert shown not in stored.place


def test_a_kept_file_comes_back_to_its_owner_only(clerk: Played, leader: Played) -> None:
    stored = actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
    token = actions.token(stored)
    assert actions.kept(token, uploaded_by_id=clerk.user.pk) == stored
    assert actions.kept(token, uploaded_by_id=leader.user.pk) is None
    assert actions.kept(token + "x", uploaded_by_id=clerk.user.pk) is None
    assert actions.kept("", uploaded_by_id=clerk.user.pk) is None


def test_a_file_is_sent_so_that_no_browser_runs_it(clerk: Played) -> None:
    stored = actions.store(upload("a.png", PNG), uploaded_by_id=clerk.user.pk)
    sent = actions.response(stored, inline=True)
    assert sent["Content-Disposition"].startswith("attachment")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent["Content-Security-Policy"]
    assert "no-store" in sent["Cache-Control"]
    sent.close()
