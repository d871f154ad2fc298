"""`kiosk`, `kiosk_procedures`, `kiosk_procedure`, `kiosk_track`: the touch screen at the desk (R50, R51; NĐ61 Đ.13)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from motcua import portal
from motcua.catalog.models import LifeEvent
from motcua.dossiers.models import Dossier
from motcua.portal.guessing import MOST_MISSES
from tests.cast import BIRTH
from tests.desk.reading import Page

START = "/quay/19798/"
pytestmark = pytest.mark.usefixtures("db")


def shown(path: str, status: int = 200, client: Client | None = None) -> Page:
    answer = (client or Client()).get(path)
    assert answer.status_code == status
    return Page(answer.content.decode())


@pytest.fixture
def dossier(dossier_at: Callable[..., Dossier]) -> Dossier:
    return dossier_at("processing")


def test_nothing_leads_out_and_every_page_goes_back_to_the_start(dossier: Dossier) -> None:
    paths = (
        START,
        f"{START}thu-tuc/",
        f"{START}thu-tuc/?q=khai+sinh",
        f"{START}thu-tuc/?q=kai",
        f"{START}thu-tuc/{BIRTH}/",
        f"{START}ho-so/",
        f"{START}ho-so/?code={dossier.code}",
    )
    for path in paths:
        page = shown(path)
        assert all(link.startswith((START, "?", "#main")) for link in page.links), (path, page.links)
        assert all(form.attrs.get("action", START).startswith(START) for form in page.all("form")), path
        refresh = page.all("noscript")[0].all("meta")[0].attrs
        assert (refresh["http-equiv"], refresh["content"]) == ("refresh", f"90; url={START}")
        assert page.all("header", class_="top")[0].attrs["data-start"] == START


def test_only_what_the_unit_takes_in_and_a_qr_code_of_its_page() -> None:
    event = LifeEvent.objects.get(name="Sinh con")
    page = shown(f"{START}thu-tuc/?su-kien={event.pk}")
    assert f"{START}thu-tuc/{BIRTH}/" in page.links
    assert not [link for link in page.links if "2.000528" in link]  # the district's until 2025
    assert shown(f"{START}thu-tuc/{BIRTH}/").all("svg")


def test_a_dossier_by_its_code_in_the_words_of_the_public_page(dossier: Dossier) -> None:
    page = shown(f"{START}ho-so/?code={dossier.code.lower()}")
    assert dossier.code in page.text
    assert "Đang được xử lý" in page.text
    assert dossier.applicant_name not in page.text
    assert Client().get(f"{START}ho-so/?code={dossier.code}")["Cache-Control"].count("no-store")
    scanned = Client().get(f"{START}thu-tuc/", {"q": dossier.code})
    assert scanned["Location"] == f"{START}ho-so/?code={dossier.code}"


def test_who_tries_codes_has_to_wait_here_too(dossier: Dossier) -> None:
    client = Client()
    for _ in range(MOST_MISSES + 1):
        page = shown(f"{START}ho-so/?code={dossier.code[:-4]}9999", 404, client)
    assert "Không có hồ sơ nào" in page.text
    assert page.all("input", id="code")[0].attrs["value"].endswith("9999")
    assert "chờ ít phút" in shown(f"{START}ho-so/?code={dossier.code}", 429, client).text


def test_not_found() -> None:
    shown("/quay/99999/", 404)
    shown(f"{START}thu-tuc/khong-co/", 404)
    assert "Mời hỏi cán bộ tại quầy" in shown(f"{START}thu-tuc/?q=xyzzy").text


def test_its_own_style_and_script_are_small_and_call_for_nothing() -> None:
    folder = Path(portal.__file__).parent / "static" / "portal"
    for name, most in (("kiosk.css", 1_200), ("kiosk.js", 2_400)):
        content = (folder / name).read_text(encoding="utf-8")
        assert len(content.encode()) <= most
        assert "http" not in content
        assert "url(" not in content


def test_the_same_cost_however_much_is_listed(django_assert_max_num_queries) -> None:
    for path, most in (
        (START, 9),
        (f"{START}thu-tuc/", 5),
        (reverse("kiosk_procedure", args=["19798", BIRTH]), 10),
    ):
        with django_assert_max_num_queries(most):
            shown(path)
