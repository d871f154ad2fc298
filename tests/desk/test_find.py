"""From a code, a barcode reader, or a few words of a name, to the dossier; asked by POST."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Applicant, Played
from tests.desk.conftest import Office, copies, read


def asked(client: Client, words: str) -> HttpResponse:
    return client.post(reverse("find"), {"q": words})


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\r\n"])
def test_a_code_leads_to_the_dossier(office: Office, counter: Client, typed: str) -> None:
    dossier = office.dossier("processing")
    for code in (dossier.code, dossier.code.lower(), dossier.code.replace("-", "–")):
        answer = asked(counter, typed.format(code))
        assert (answer.status_code, answer["Location"]) == (302, reverse("dossier", args=[dossier.code]))


def test_words_without_accents_lead_to_a_list(office: Office, counter: Client) -> None:
    found = office.dossier("processing", applicant=Applicant("Đặng Thị Ơn"))
    office.dossier("processing")
    page = read(asked(counter, "on dang"))
    assert page.codes == [found.code]
    assert reverse("dossier", args=[found.code]) in page.links


def test_closed_dossiers_are_found_too(office: Office, counter: Client) -> None:
    assert read(asked(counter, "nguyen thi thu")).codes == []
    closed = office.dossier("returned")
    assert read(asked(counter, "nguyen thi thu")).codes == [closed.code]


def test_the_latest_twenty_and_no_more(office: Office, counter: Client) -> None:
    copies(office.dossier("processing"), 30)
    page = read(asked(counter, "thu"))
    assert len(page.codes) == 20
    assert "Gõ thêm chữ" in page.text


@pytest.mark.parametrize("words", ["", "   ", "%", "khong co ai", "000.19.01.H57-261116-9999"])
def test_nothing_found(office: Office, counter: Client, words: str) -> None:
    office.dossier("processing")
    page = read(asked(counter, words))
    assert page.codes == []
    assert "Không tìm thấy hồ sơ nào" in page.text


def test_an_outsider_finds_nothing(office: Office, outsider: Played) -> None:
    dossier = office.dossier("processing")
    assert read(asked(outsider.client(), dossier.code)).codes == []
    assert read(asked(outsider.client(), "nguyen thi thu")).codes == []


def test_who_watches_the_province_finds_it(
    office: Office, supervisor: Played, district_supervisor: Played
) -> None:
    dossier = office.dossier("processing")
    assert asked(supervisor.client(), dossier.code).status_code == 302
    assert read(asked(district_supervisor.client(), dossier.code)).codes == []  # another district's


def test_a_name_never_stands_in_an_address(office: Office, counter: Client) -> None:
    """R27: neither a history nor a log has what was asked for: GET is refused, and no answer leads to one."""
    office.dossier("processing")
    assert counter.get(reverse("find"), {"q": "Nguyễn Thị Thử"}).status_code == 405
    page = read(asked(counter, "Nguyễn Thị Thử"))
    assert not [link for link in page.links if "Th" in link or "q=" in link]
    for name in ("home", "work", "ready", "register"):
        sought = read(counter.get(reverse(name)))
        for form in sought.all("form"):
            if form.all("input", name="q"):
                assert form.attrs["method"] == "post", name
