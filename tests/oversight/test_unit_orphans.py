"""R20: who watches sees what nobody can do in the units below."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.people.models import Grant, User
from tests.cast import MONDAY
from tests.desk.reading import Page
from tests.oversight.conftest import A_LUOI, HUE, PHUOC_VINH, copies, queries


def seen(client: Client, unit: str, query: str = "") -> Page:
    answer = client.get(reverse("unit_orphans", args=[unit]) + query)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def test_now_and_soon_by_subtree(province: Client, dossiers: dict[str, Dossier]) -> None:
    """R20: by the unit that has it, without the name of whose it is."""
    assert seen(province, "46").codes == []
    User.objects.filter(username="tuphap.phuocvinh").update(is_active=False)
    Grant.objects.filter(user__username="tuphap.ango").update(valid_to=MONDAY.date() + timedelta(days=3))
    page = seen(province, "46")
    assert set(page.codes) == {dossiers["overdue"].code, dossiers["open"].code}
    assert "Nguyễn Văn Minh không còn làm việc chuyên môn" in page.text
    assert "Nguyễn Thị Thử" not in page.text
    assert set(seen(province, PHUOC_VINH).codes) == set(seen(province, HUE).codes) == set(page.codes)
    assert seen(province, A_LUOI).codes == []
    later = seen(province, A_LUOI, "?muc=sap-toi")
    assert later.codes == [dossiers["elsewhere"].code]
    assert "từ 20/11/2026" in later.text


def test_the_same_number_of_queries_however_many(province: Client, dossiers: dict[str, Dossier]) -> None:
    User.objects.filter(username="tuphap.phuocvinh").update(is_active=False)
    path = reverse("unit_orphans", args=["46"])
    few = queries(province, path)
    copies(dossiers["open"], 60)
    assert queries(province, path) == few <= 14
    first = seen(province, "46")
    rest = Page(province.get(path + first.link("next")).content.decode())
    assert len(set(first.codes + rest.codes)) == 62
