"""The year's book of the unit (Mẫu số 06): on the page, as PDF, as XLSX."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.papers import register as book
from motcua.papers.models import ClosedBook
from motcua.results import actions as results
from motcua.results.actions import Collected
from tests.cast import Applicant, Played
from tests.desk.conftest import Office, copies, read
from tests.desk.reading import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEFORE = datetime.fromisoformat("2025-12-15T09:00+07:00")


def shown(client: Client, query: str = "") -> Page:
    return read(client.get(reverse("register") + query))


def asked(client: Client, words: str, query: str = "") -> Page:
    form = shown(client, query).form(reverse("register"), role="search")
    return read(client.post(form.action, form.filled(q=words)))


def test_latest_first_with_number_and_state(office: Office, counter: Client) -> None:
    closed, opened = office.dossier("returned"), office.dossier("processing")
    page = shown(counter)
    assert page.h1 == "Sổ theo dõi hồ sơ năm 2026"
    assert page.codes == [opened.code, closed.code]
    assert [row.all("td", class_="num")[0].text for row in page.rows] == ["2", "1"]
    assert "Đang giải quyết" in page.rows[0].text
    assert "Đã trả kết quả" in page.rows[1].text
    assert "Trước hạn" in page.rows[1].text


def test_each_year_has_its_book(office: Office, counter: Client) -> None:
    old, new = office.dossier("returned", at=BEFORE), office.dossier("processing")
    assert shown(counter).codes == [new.code]
    assert shown(counter, "?nam=2025").codes == [old.code]
    for wrong in ("?nam=1999", "?nam=x", "?nam=", f"?nam={'9' * 5000}"):
        assert shown(counter, wrong).codes == [new.code]


def test_pages_of_a_year(office: Office, counter: Client) -> None:
    copies(office.dossier("returned", at=BEFORE), 60)
    copies(office.dossier("processing"), 9)
    rows = list(
        Dossier.objects.filter(register_year=2025).order_by("-register_number").values_list("code", flat=True)
    )
    first = shown(counter, "?nam=2025")
    second = shown(counter, first.link("next"))
    assert first.codes + second.codes == rows
    assert shown(counter, second.link("prev")).codes == first.codes


def test_found_by_name_in_its_year(office: Office, counter: Client) -> None:
    found = office.dossier("returned", at=BEFORE, applicant=Applicant("Đặng Thị Ơn"))
    office.dossier("returned", at=BEFORE)
    office.dossier("processing", applicant=Applicant("Đặng Thị Ơn"))
    assert asked(counter, "dang on", "?nam=2025").codes == [found.code]


def test_a_name_is_not_read_from_the_address(office: Office, counter: Client) -> None:
    office.dossier("processing")
    assert len(shown(counter, "?q=khong-co-ai").codes) == 1


def test_the_book_as_pdf(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    answer = counter.get(reverse("register_pdf", args=[2026]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="so-theo-doi-19798-2026.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    words = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert dossier.code in words.replace("\r\n", "").replace("\n", "")


def test_the_book_as_xlsx(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    answer = counter.get(reverse("register_xlsx", args=[2026]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == XLSX
    assert answer["Content-Disposition"] == 'attachment; filename="so-theo-doi-19798-2026.xlsx"'
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {dossier.code, "Nguyễn Thị Thử"} <= cells


@pytest.mark.parametrize("name", ["register_pdf", "register_xlsx"])
def test_a_year_without_a_book(office: Office, counter: Client, name: str) -> None:
    office.dossier("processing")
    for year in (1999, 2027, 10**20):
        assert counter.get(reverse(name, args=[year])).status_code == 404


def test_an_empty_book_offers_nothing_to_print(counter: Client) -> None:
    page = shown(counter)
    assert "Sổ chưa có hồ sơ nào" in page.text
    assert [link for link in page.links if link.endswith((".pdf", ".xlsx"))] == []


def test_a_book_too_long_for_paper_says_what_to_do(
    office: Office, counter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies(office.dossier("processing"), 3)
    monkeypatch.setattr(book, "MOST_ROWS", 3)
    answer = counter.get(reverse("register_pdf", args=[2026]), follow=True)
    assert answer.redirect_chain == [(reverse("register") + "?nam=2026", 302)]
    assert "XLSX" in " ".join(read(answer).notices)


def test_of_another_commune(office: Office, outsider: Played) -> None:
    office.dossier("processing")
    assert shown(outsider.client()).codes == []
    assert outsider.client().get(reverse("register_xlsx", args=[2026])).status_code == 404


def test_the_same_number_of_queries_for_5_rows_and_for_55(office: Office, counter: Client) -> None:
    copies(office.dossier("returned"), 4)
    addresses = [reverse("register"), reverse("register_xlsx", args=[2026])]

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert counter.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    queries()
    few = queries()
    copies(office.dossier("processing"), 49)
    assert queries() == few
    assert max(few) <= 10


# -- the closing of a year's book ----------------------------------------------------------------
def test_the_leader_closes_the_book_of_a_year_that_is_over(office: Office, counter: Client) -> None:
    """R41: on the page, then the PDF is given out as kept."""
    office.dossier("returned", at=BEFORE)
    office.dossier("processing")
    leader, close = office.leader.client(), reverse("register_close", args=[2025])
    assert close not in shown(counter, "?nam=2025").actions()
    assert close not in shown(leader).actions()
    assert reverse("register_close", args=[2026]) not in shown(leader).actions()
    form = shown(leader, "?nam=2025").form(close)
    assert counter.post(close, form.values).status_code == 403
    page = read(leader.post(close, form.values, follow=True))
    assert "Đã khóa sổ năm 2025: 1 hồ sơ." in " ".join(page.notices)
    for client in (leader, counter):
        page = shown(client, "?nam=2025")
        assert "Nguyễn Văn Hùng khóa sổ lúc 10:00, 16/11/2026" in page.text
        assert close not in page.actions()
    first = counter.get(reverse("register_pdf", args=[2025])).content
    Dossier.objects.filter(register_year=2025).update(applicant_name="Tên Khác")
    assert counter.get(reverse("register_pdf", args=[2025])).content == first
    again = read(leader.post(close, follow=True))
    assert "Sổ năm 2025 đã khóa rồi." in " ".join(again.notices)


def test_a_book_that_cannot_be_closed_says_why(office: Office) -> None:
    office.dossier("processing")
    page = read(office.leader.client().post(reverse("register_close", args=[2026]), follow=True))
    assert "Năm 2026 chưa hết" in " ".join(page.notices)
    assert office.leader.client().post(reverse("register_close", args=[1999])).status_code == 404


def test_what_has_become_of_a_closed_book(office: Office, counter: Client, outsider: Played) -> None:
    """R41: a change later shows as a difference, never silently."""
    done, other = office.dossier("done", at=BEFORE), office.dossier("done", at=BEFORE)
    address = reverse("register_changes", args=[2025])
    assert counter.get(address).status_code == 404
    office.leader.client().post(reverse("register_close", args=[2025]))
    assert "Mọi hồ sơ vẫn như lúc khóa sổ" in read(counter.get(address)).text
    assert "xử lý tiếp" not in shown(counter, "?nam=2025").text
    results.hand_over(office.clerk.act(), done.pk, Collected("Nguyễn Thị Thử"))
    Dossier.objects.filter(pk=other.pk).update(register_number=77)
    assert address in shown(counter, "?nam=2025").links
    assert "xử lý tiếp" in shown(counter, "?nam=2025").text
    page = read(counter.get(address))
    assert page.codes == [done.code, other.code]
    assert "Giải quyết, trả kết quả sau khi khóa sổ" in page.rows[0].text
    assert "Thêm vào sau khi khóa sổ" in page.rows[1].text
    assert "Không còn trong sổ Số 2" in " ".join(page.notices)
    assert outsider.client().get(address).status_code == 404


def test_a_closed_book_whose_kept_rows_were_changed_says_so(office: Office, counter: Client) -> None:
    office.dossier("done", at=BEFORE)
    office.leader.client().post(reverse("register_close", args=[2025]))
    ClosedBook.objects.update(rows=[])
    notices = " ".join(read(counter.get(reverse("register_changes", args=[2025]))).notices)
    assert "không còn khớp với nhật ký" in notices
