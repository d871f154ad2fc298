"""`unit_dossiers`: what waits in a unit and below it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.actions import Letter
from motcua.dossiers.models import Apology, Dossier
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from tests.cast import MONDAY, received
from tests.oversight.conftest import HUE, NOW, PHUOC_VINH, copies, queries

PATH = reverse("unit_dossiers", args=[PHUOC_VINH])


def codes(response) -> list[str]:
    return [row.code for row in response.context["page"].rows]


def test_open_ones_nearest_due_first(province, dossiers):
    response = province.get(PATH)
    assert codes(response) == [dossiers["overdue"].code, dossiers["open"].code]
    page = response.content.decode()
    assert f'href="{reverse("dossier", args=[dossiers["open"].code])}"' in page
    assert "quá hạn" in page


@pytest.mark.parametrize(("listing", "names"), [("qua-han", ["overdue"]), ("cho-tra", ["done"])])
def test_the_other_lists(province, dossiers, listing, names):
    response = province.get(PATH, {"loc": listing})
    assert codes(response) == [dossiers[name].code for name in names]
    # Open, overdue, done; drafts signed late, late without an apology, let pass.
    assert [tab["count"] for tab in response.context["tabs"]] == [2, 1, 1, 0, 1, 0]


def test_of_a_whole_subtree(province, dossiers):
    assert len(codes(province.get(reverse("unit_dossiers", args=["46"])))) == 3
    assert len(codes(province.get(reverse("unit_dossiers", args=[HUE])))) == 2


def test_names_no_person(province, dossiers):
    """R27: who only looks at numbers has no reason to read names."""
    page = province.get(PATH).content.decode()
    assert "Nguyễn Thị Thử" not in page
    assert "0905000999" not in page


def test_an_unknown_list_is_the_first(province, dossiers):
    assert len(codes(province.get(PATH, {"loc": "everything"}))) == 2


def test_pages_by_key_forth_and_back(province, dossiers):
    copies(dossiers["open"], 118)  # 120 open ones in three pages
    first = province.get(PATH)
    second = province.get(PATH + first.context["page"].on)
    third = province.get(PATH + second.context["page"].on)
    assert [len(codes(one)) for one in (first, second, third)] == [50, 50, 20]
    assert not first.context["page"].back
    assert not third.context["page"].on
    in_order = Dossier.objects.filter(unit__code=PHUOC_VINH, finished_at=None).order_by("due_at", "id")
    assert codes(first) + codes(second) + codes(third) == [row.code for row in in_order]
    assert codes(province.get(PATH + third.context["page"].back)) == codes(second)
    again = province.get(PATH + second.context["page"].back)
    assert codes(again) == codes(first)
    assert not again.context["page"].back


def test_a_page_keeps_its_list(province, dossiers):
    copies(dossiers["overdue"], 60)
    first = province.get(PATH, {"loc": "qua-han"})
    assert len(codes(province.get(PATH + first.context["page"].on))) == 11


@pytest.mark.parametrize(
    "cursor", ["x", "~", "2026-11-16~x", "0001-01-01~1", "2026-11-16T00:00~9" + "9" * 40, "\0"]
)
def test_a_cursor_that_cannot_be_read_is_the_beginning(province, dossiers, cursor):
    response = province.get(PATH, {"after": cursor})
    assert response.status_code == 200
    assert province.get(PATH, {"before": cursor}).status_code == 200


def test_as_many_queries_for_one_as_for_many(province, dossiers):
    before = queries(province, PATH)
    copies(dossiers["open"], 40)
    assert queries(province, PATH) == before <= 9


def test_apologies_that_nobody_signed_in_time_that_are_owed_and_that_were_let_pass(
    province, dossiers, clerk, specialist, leader
):
    """R26: each fault has its list, finished and returned ones among them."""
    let_pass = received(clerk, at=MONDAY - timedelta(days=10))
    actions.forward(specialist.act(NOW), let_pass.pk)
    results.record(leader.act(NOW), let_pass.pk, ResultFacts(number="2/TL"))
    results.approve(leader.act(NOW), let_pass.pk, waiver="Đã gọi điện.")
    results.hand_over(clerk.act(NOW), let_pass.pk, Collected(to_name="Nguyễn Thị Thử"))
    actions.foresee(NOW)
    late = dossiers["overdue"].code
    assert codes(province.get(PATH, {"loc": "chua-ky"})) == [late]
    assert codes(province.get(PATH, {"loc": "no-xin-loi"})) == [late]
    response = province.get(PATH, {"loc": "khong-xin-loi"})
    assert codes(response) == [let_pass.code]
    assert [tab["count"] for tab in response.context["tabs"]] == [2, 1, 1, 1, 1, 1]
    actions.sign(leader.act(NOW), dossiers["overdue"].pk, Apology.objects.get().pk, Letter("workload"))
    assert [tab["count"] for tab in province.get(PATH).context["tabs"]] == [2, 1, 1, 0, 0, 1]
