"""What is taken is known by its content; what is given out is never a page of ours."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from csp.middleware import CSPMiddleware
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.files import actions
from motcua.files.errors import FileRefused
from motcua.files.models import StoredFile
from tests.cast import MONDAY, Played

PDF = b"%PDF-1.4\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 32
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def packed(*names: str) -> bytes:
    """A ZIP file with these in it, in this order, as big as real ones are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, f"<a>{'x' * 900}</a>")
    return file.getvalue()


@contextmanager
def sending(stored: StoredFile, *, inline: bool = False) -> Iterator[FileResponse]:
    """The answer, until its file is closed; closing the answer itself would close a test's connection."""
    sent = actions.response(stored, inline=inline)
    yield sent
    for close in sent._resource_closers:
        close()


FIRST = ("[Content_Types].xml", "_rels/.rels")
PROPERTIES = ("docProps/app.xml", "docProps/core.xml", "docProps/custom.xml", "docProps/thumbnail.jpeg")
DOCX = packed(*FIRST, "word/document.xml")
LIBRE_OFFICE = packed("_rels/.rels", *PROPERTIES, "word/document.xml", "[Content_Types].xml")
WORD_ONLINE = packed("customXml/item1.xml", *FIRST, "word/document2.xml")


def book() -> bytes:
    """As Excel's own library writes one."""
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "ending"),
    [
        ("a.pdf", PDF, "pdf"),
        ("ảnh.PNG", PNG, "png"),
        ("ảnh.jpeg", JPEG, "jpg"),
        ("đơn.docx", DOCX, "docx"),
        ("đơn.docx", LIBRE_OFFICE, "docx"),
        ("đơn.docx", WORD_ONLINE, "docx"),
        ("sổ.xlsx", book(), "xlsx"),
        ("thật ra là.pdf", DOCX, "docx"),
    ],
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
        ("kho.docx", packed("word/virus.exe"), "không phải PDF"),
        ("kho.zip", packed("a.pdf"), "không phải PDF"),
        ("trang.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "không phải PDF"),
        ("anh.gif", b"GIF89a" + b"\0" * 32, "không phải PDF"),
        ("chu.txt", b"chi la chu", "không phải PDF"),
        ("sau.pdf", b"<html>" + PDF, "không phải PDF"),
    ],
)
def test_what_its_name_promises_does_not_count(clerk: Played, name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        actions.store(upload(name, content), uploaded_by_id=clerk.user.pk)
    assert not StoredFile.objects.exists()


@given(st.integers(0, len(DOCX) - 1), st.integers(0, 255), st.integers(0, len(DOCX)))
@settings(max_examples=200, deadline=None, database=None)
def test_a_broken_file_is_refused_or_taken_and_never_an_error(place: int, byte: int, end: int) -> None:
    broken = bytearray(DOCX)
    broken[place] = byte
    assert actions.type_of(bytes(broken[:end])) in {None, *actions.TAKEN}


def test_a_file_too_big_is_refused(clerk: Played, settings) -> None:
    settings.UPLOAD_LIMIT = len(PDF) - 1
    with pytest.raises(FileRefused, match="lớn hơn"):
        actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
    settings.UPLOAD_LIMIT = len(PDF)
    actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)


def test_the_limit_is_said_in_megabytes(clerk: Played, settings) -> None:
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024
    with pytest.raises(FileRefused, match="lớn hơn 2 MB"):
        actions.store(upload("a.pdf", PDF + b" " * settings.UPLOAD_LIMIT), uploaded_by_id=clerk.user.pk)


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


def test_where_it_lies_cannot_be_guessed_from_another(clerk: Played) -> None:
    places = {actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk).place for _ in range(2)}
    assert len(places) == 2
    assert all(len(place.rsplit("/", 1)[1]) > 20 for place in places)


def test_its_fingerprint_is_that_of_its_bytes(clerk: Played) -> None:
    stored = actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_kept_file_comes_back_to_its_owner_only(clerk: Played, leader: Played) -> None:
    stored = actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
    token = actions.token(stored)
    assert actions.kept(token, uploaded_by_id=clerk.user.pk) == stored
    assert actions.kept(token, uploaded_by_id=leader.user.pk) is None
    assert actions.kept(token + "x", uploaded_by_id=clerk.user.pk) is None
    assert actions.kept("", uploaded_by_id=clerk.user.pk) is None


def test_a_kept_file_is_kept_for_a_day(clerk: Played) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        stored = actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
        token = actions.token(stored)
        clock.shift(timedelta(hours=24))
        assert actions.kept(token, uploaded_by_id=clerk.user.pk) == stored
        clock.shift(timedelta(seconds=2))
        assert actions.kept(token, uploaded_by_id=clerk.user.pk) is None


def test_a_token_made_for_something_else_opens_nothing(clerk: Played) -> None:
    stored = actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
    forged = signing.dumps([stored.pk, clerk.user.pk], salt="another")
    assert actions.kept(forged, uploaded_by_id=clerk.user.pk) is None


def test_a_pdf_may_be_looked_at_in_place_and_nothing_else(clerk: Played) -> None:
    shown = {}
    for name, content in (("a.pdf", PDF), ("a.png", PNG), ("a.docx", DOCX)):
        stored = actions.store(upload(name, content), uploaded_by_id=clerk.user.pk)
        with sending(stored, inline=True) as sent:
            shown[name] = sent["Content-Disposition"].partition(";")[0]
    assert shown == {"a.pdf": "inline", "a.png": "attachment", "a.docx": "attachment"}


def test_the_house_does_not_loosen_what_a_file_may_do(clerk: Played) -> None:
    """The policy of our pages is put on every answer that has none of its own."""
    stored = actions.store(upload("a.pdf", PDF), uploaded_by_id=clerk.user.pk)
    with sending(stored) as sent:
        CSPMiddleware(lambda request: sent)(RequestFactory().get("/"))
        assert sent["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_vietnamese_name_arrives_whole(clerk: Played) -> None:
    stored = actions.store(upload("Giấy khai sinh.pdf", PDF), uploaded_by_id=clerk.user.pk)
    with sending(stored) as sent:
        assert "filename*=utf-8''Gi%E1%BA%A5y%20khai%20sinh.pdf" in sent["Content-Disposition"]
        assert b"".join(sent.streaming_content) == PDF


def test_a_file_is_sent_so_that_no_browser_runs_it(clerk: Played) -> None:
    stored = actions.store(upload("a.png", PNG), uploaded_by_id=clerk.user.pk)
    with sending(stored, inline=True) as sent:
        assert sent["Content-Disposition"].startswith("attachment")
        assert sent["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in sent["Content-Security-Policy"]
        assert "no-store" in sent["Cache-Control"]
