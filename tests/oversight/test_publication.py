"""`publication`: what citizens read as "chưa công bố", counted for the administrator (R50)."""

from django.urls import reverse

from motcua.catalog.models import ProcedureVersion
from motcua.catalog.queries import current
from motcua.people.models import Unit
from tests.cast import GUARDIANSHIP, Played, version
from tests.desk.reading import Page
from tests.journal.tampering import disarm


def shown(administrator: Played, **query: str) -> Page:
    return Page(administrator.client().get(reverse("publication"), query).content.decode())


def counts(page: Page) -> dict[str, int]:
    rows = [row for row in page.rows if row.all("td", class_="num")]
    return {row.all("td", class_="main")[0].text: int(row.all("td", class_="num")[0].text) for row in rows}


def test_counted_and_listed(administrator: Played, django_assert_max_num_queries) -> None:
    disarm("catalog_procedureversion")
    ProcedureVersion.objects.filter(pk=version(GUARDIANSHIP).pk).update(steps_text="Nộp.")
    Unit.objects.filter(code="19798").update(phone="0234")
    found = counts(shown(administrator))
    assert found["Trình tự thực hiện"] == found["Đối tượng thực hiện"] - 1 == 145
    assert found["Thời hạn giải quyết"] == current().filter(limit="").count()
    assert found["Điện thoại của 152 xã, phường, thị trấn"] == 151
    listed = shown(administrator, thieu="thoi-han")
    links = {link for link in listed.links if link.startswith(("/thu-tuc/1", "/thu-tuc/2"))}
    assert len(links) <= found["Thời hạn giải quyết"]
    assert links


def test_an_unknown_gap_is_none(administrator: Played) -> None:
    assert counts(shown(administrator, thieu="x"))
