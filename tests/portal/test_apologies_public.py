"""`apologies_public`: who apologised and who owes it, by unit and month, without a dossier or a person (R26)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.actions import Letter
from motcua.dossiers.choices import LateReason
from motcua.dossiers.models import Apology, Dossier
from tests.cast import MONDAY, Played, received
from tests.desk.conftest import copies, read
from tests.desk.reading import Page
from tests.portal.conftest import NOW

PATH = reverse("apologies_public")
LETTER = Letter(LateReason.WORKLOAD)


@pytest.fixture
def late(clerk: Played, specialist: Played, leader: Played, outsider: Played) -> list[Dossier]:
    """In Phước Vĩnh one apologised for this month and two owed, of October and of November; in A Ngo one owed."""
    moments = [timedelta(days=21), timedelta(days=35), timedelta(days=7)]
    made = [received(clerk, at=MONDAY - back) for back in moments]
    made.append(received(outsider, at=MONDAY - timedelta(days=7)))
    received(clerk)
    actions.foresee(NOW)
    apology = Apology.objects.get(dossier=made[0])
    actions.sign(leader.act(NOW), made[0].pk, apology.pk, LETTER)
    return made


def shown(**asked: str) -> Page:
    return read(Client().get(PATH, {name.replace("_", "-"): value for name, value in asked.items()}))


def table(page: Page, place: int) -> dict[str, tuple[str, str]]:
    """Rows of one of the two tables: name → (made, owed)."""
    rows = page.all("table")[place].all("tr")[1:]
    cells = [[cell.text for cell in row.all("td")] for row in rows]
    return {name: (made, owed) for name, made, owed in cells}


def test_the_province_then_a_district_then_a_commune(late: list[Dossier]) -> None:
    assert table(shown(), 0) == {"Thành phố Huế": ("1", "1"), "Huyện A Lưới": ("0", "1")}
    assert table(shown(don_vi="474"), 0) == {"Phường Phước Vĩnh": ("1", "1")}
    page = shown(don_vi="19798")
    assert table(page, 0) == {"Phường Phước Vĩnh": ("1", "1")}
    months = table(page, 1)
    assert (len(months), months["11/2026"], months["10/2026"]) == (12, ("1", "1"), ("0", "1"))


def test_another_month(late: list[Dossier]) -> None:
    assert table(shown(thang="2026-10"), 0) == {"Thành phố Huế": ("0", "1")}
    assert shown(thang="1900-01").text == shown(thang="x").text == shown().text


def test_units_without_lateness_are_named_too(late: list[Dossier]) -> None:
    page = shown(don_vi="474")
    assert "Không có hồ sơ nào phải xin lỗi: Phường An Cựu" in page.text
    assert "?don-vi=474&thang=2026-11" in page.links


def test_names_nobody_and_no_dossier(late: list[Dossier]) -> None:
    """R27, R51."""
    for asked in ({}, {"don_vi": "474"}, {"don_vi": "19798"}):
        words = shown(**asked).text
        assert "Nguyễn" not in words
        assert "H57" not in words


def test_let_pass_is_still_owed_and_another_fault_is_counted_apart(late: list[Dossier]) -> None:
    Dossier.objects.filter(pk=late[2].pk).update(apology_waived=True)
    Apology.objects.create(
        dossier=late[2],
        cause="lost_paper",
        unit=late[2].unit,
        drafted_at=NOW,
        sign_by=NOW,
        old_due_at=NOW,
        signed_at=NOW,
    )
    assert table(shown(don_vi="474"), 0) == {"Phường Phước Vĩnh": ("1 + 1 vì lỗi khác", "1")}


def test_a_unit_that_does_not_exist(late: list[Dossier]) -> None:
    assert Client().get(PATH, {"don-vi": "99999"}).status_code == 404


def test_kept_by_everybody_for_ten_minutes_small_and_cheap(late: list[Dossier]) -> None:
    """20 kB without its style sheet, five queries however many dossiers."""
    answer = Client().get(PATH, {"don-vi": "474"})
    assert answer["Cache-Control"] == "public, max-age=600"
    assert not answer.cookies
    assert len(answer.content) < 20_000
    with CaptureQueriesContext(connection) as few:
        Client().get(PATH, {"don-vi": "474"})
    copies(late[2], 60)
    with CaptureQueriesContext(connection) as many:
        assert table(shown(don_vi="474"), 0) == {"Phường Phước Vĩnh": ("1", "61")}
    assert len(few) == len(many) <= 4
