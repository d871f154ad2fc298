"""The closing of a year's book (R41, TT 01/2018 Đ.10.2.a): kept as it was, and every later change shows."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.journal.models import Entry
from motcua.journal.queries import first_break
from motcua.papers import books, closing
from motcua.papers import register as register_module
from motcua.papers.actions import close_book as action
from motcua.papers.actions.close_book import close_book
from motcua.papers.errors import BookRefused
from motcua.papers.models import ClosedBook
from motcua.papers.register import volumes
from motcua.people.models import Unit
from motcua.results import actions as results
from motcua.results import apologies
from tests.cast import MONDAY, Played
from tests.dossiers.lives import HERSELF, HOUR, PAPER, Desk
from tests.papers.reading import Printed
from tests.papers.samples import register

LAST_YEAR = datetime.fromisoformat("2025-12-15T09:00+07:00")
"""A Monday; the test's own Monday is in 2026."""


def closed(desk: Desk, unit: Unit, at: datetime = MONDAY) -> ClosedBook:
    return close_book(desk.leader.officer, unit, 2025, at)


def changed(book: ClosedBook) -> dict[int, str]:
    return closing.differences(book, books.register_rows(book.unit_id, book.year)).words()


def test_a_closed_book_is_given_out_as_it_was_kept(desk: Desk, unit: Unit) -> None:
    """R41: to the byte, with the closing lines, told in the unit's chain."""
    desk.returned(LAST_YEAR)
    desk.at_approval(LAST_YEAR)
    desk.at_processing()
    book = closed(desk, unit)
    assert (book.count, book.last_number) == (2, 2)
    pdf = books.register_pdf(unit, 2025)
    said = Printed(pdf).text()
    assert "Sổ này có 02 hồ sơ, từ số 01 đến số 02, khóa sổ ngày 16 tháng 11 năm 2026." in said
    assert "Nguyễn Văn Hùng" in said
    assert "Trích in khi sổ chưa khóa" not in said
    Dossier.objects.filter(register_year=2025).update(applicant_name="Tên Khác")
    assert books.register_pdf(unit, 2025) == pdf == files.read(book.file)
    entry = Entry.objects.get(kind="register.closed")
    assert (entry.chain, entry.actor_id) == ("19798", desk.leader.user.pk)
    assert entry.read_facts() == {
        "year": 2025,
        "count": 2,
        "last_number": 2,
        "sha256": book.sha256,
        "pdf": book.file.sha256,
    }
    assert first_break("19798") is None
    assert "Trích in khi sổ chưa khóa" in Printed(books.register_pdf(unit, 2026)).text()


def test_what_comes_after_the_closing_shows_as_a_difference(desk: Desk, unit: Unit) -> None:
    """R41: a lawful hand-over, a name changed by SQL, a row put in, a row taken out."""
    running, renamed, untouched = (desk.at_return(LAST_YEAR) for _ in range(3))
    book = closed(desk, unit)
    assert changed(book) == {}
    assert not closing.has_moved_on(book)
    results.record(desk.clerk.act(MONDAY + HOUR), running.pk, PAPER)
    apologies.waive(desk.leader.act(MONDAY + HOUR), running.pk, words="Đã xin lỗi trực tiếp.")
    results.hand_over(desk.clerk.act(MONDAY + 2 * HOUR), running.pk, HERSELF)
    assert closing.has_moved_on(book)
    Dossier.objects.filter(pk=renamed.pk).update(applicant_name="Tên Khác")
    added = desk.at_processing(LAST_YEAR)
    assert changed(book) == {
        running.register_number: "Giải quyết, trả kết quả sau khi khóa sổ",
        renamed.register_number: "Nội dung đã ghi bị thay đổi sau khi khóa sổ",
        added.register_number: "Thêm vào sau khi khóa sổ",
    }
    Dossier.objects.filter(pk=untouched.pk).update(register_number=99)
    assert changed(book)[untouched.register_number] == "Không còn trong sổ"
    assert changed(book)[99] == "Thêm vào sau khi khóa sổ"


def test_a_note_changes_no_row(desk: Desk, unit: Unit) -> None:
    dossier = desk.at_processing(LAST_YEAR)
    book = closed(desk, unit)
    actions.note(desk.clerk.act(MONDAY), dossier.pk, words="hỏi thêm")
    assert closing.has_moved_on(book)
    assert changed(book) == {}


def test_the_sheet_of_a_closed_book_marks_what_changed(desk: Desk, unit: Unit) -> None:
    desk.returned(LAST_YEAR)
    closed(desk, unit)
    Dossier.objects.update(applicant_name="Tên Khác")
    sheet = books.register_xlsx(unit, 2025)

    cells = [
        cell
        for row in openpyxl.load_workbook(BytesIO(sheet)).active.iter_rows(values_only=True)
        for cell in row
    ]
    assert "Nội dung đã ghi bị thay đổi sau khi khóa sổ" in cells
    assert any("01 hồ sơ thay đổi sau khi khóa sổ" in str(cell) for cell in cells)


def test_only_the_leader_once_and_when_the_year_is_over(desk: Desk, unit: Unit) -> None:
    """R41"""
    desk.at_processing(LAST_YEAR)
    desk.at_processing()
    for who, year, words in (
        (desk.clerk, 2025, "Chỉ lãnh đạo"),
        (desk.leader, 2026, "Năm 2026 chưa hết"),
        (desk.leader, 2024, "không có hồ sơ nào"),
    ):
        with pytest.raises(BookRefused, match=words):
            close_book(who.officer, unit, year, MONDAY)
    new_year = datetime.fromisoformat("2026-01-01T00:00+07:00")
    with pytest.raises(BookRefused, match="Năm 2025 chưa hết"):
        closed(desk, unit, new_year - HOUR / 60)
    closed(desk, unit, new_year)
    with pytest.raises(BookRefused, match="đã khóa rồi"):
        closed(desk, unit)
    assert ClosedBook.objects.count() == Entry.objects.filter(kind="register.closed").count() == 1


def test_a_leader_of_another_unit_closes_nothing(desk: Desk, outsider: Played) -> None:
    desk.at_processing(LAST_YEAR)
    other = Unit.objects.get(pk=outsider.officer.desk.unit_id)
    with pytest.raises(BookRefused, match="Chỉ lãnh đạo"):
        close_book(desk.leader.officer, other, 2025, MONDAY)


def test_a_book_that_moves_while_it_is_set_is_not_closed(
    desk: Desk, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = desk.at_processing(LAST_YEAR)
    bound = action._bound

    def meanwhile(data: object) -> bytes:
        actions.note(desk.clerk.act(MONDAY), dossier.pk, words="hỏi thêm")
        return bound(data)

    monkeypatch.setattr(action, "_bound", meanwhile)
    with pytest.raises(BookRefused, match="vừa có thay đổi"):
        closed(desk, unit)
    assert not ClosedBook.objects.exists()
    monkeypatch.undo()
    closed(desk, unit)


def test_of_two_leaders_who_close_at_once_one_does(
    desk: Desk, unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.at_processing(LAST_YEAR)
    bound = action._bound

    def meanwhile(data: object) -> bytes:
        monkeypatch.undo()
        closed(desk, unit)
        return bound(data)

    monkeypatch.setattr(action, "_bound", meanwhile)
    with pytest.raises(BookRefused, match="đã khóa rồi"):
        closed(desk, unit)
    assert ClosedBook.objects.count() == Entry.objects.filter(kind="register.closed").count() == 1


def test_kept_rows_that_are_not_those_of_the_journal_are_seen(desk: Desk, unit: Unit) -> None:
    """R27: whoever changes the kept digests too is found out by the entry."""
    desk.at_processing(LAST_YEAR)
    closed(desk, unit)
    book = ClosedBook.objects.get()
    assert closing.is_whole(book)
    book.rows[0][2] = "0" * 64
    book.save(update_fields=["rows"])
    assert not closing.is_whole(ClosedBook.objects.get())


def test_digests_without_their_salt_say_nothing(desk: Desk, unit: Unit) -> None:
    rows = register(3).rows
    assert closing.digests("a", rows) != closing.digests("b", rows)
    assert closing.digests("a", rows) == closing.digests("a", [replace(row) for row in rows])


def test_a_long_book_is_bound_of_volumes_whose_numbers_run_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """R41, TT01 Đ.10.2.c"""
    monkeypatch.setattr(register_module, "MOST_ROWS", 2)
    parts = volumes(register(5))
    assert [(part.book, [row.number for row in part.rows]) for part in parts] == [
        ("01", [1, 2]),
        ("02", [3, 4]),
        ("03", [5]),
    ]
    paper = Printed(action._bound(register(3)))
    assert "Quyển số: 02" in paper.text()
    assert "Sổ này có 01 hồ sơ, từ số 03 đến số 03, khóa sổ" in paper.text()
