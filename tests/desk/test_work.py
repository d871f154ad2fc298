"""The work list: nearest due first, overdue marked, by role, narrowed, and no row lost between two pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.people.models import Grant, Role
from tests.cast import BIRTH, GUARDIANSHIP, MONDAY, Applicant, Played
from tests.desk.conftest import NOW, Office, copies, read
from tests.desk.reading import Page

ALL = "?muc=tat-ca"


def shown(client: Client, query: str = "") -> Page:
    return read(client.get(reverse("work") + query))


def narrowed(client: Client, query: str = ALL, **typed: str) -> Page:
    """The form of the page at `query`, filled in and sent to where it says."""
    form = shown(client, query).form(reverse("work"), role="search")
    return read(client.post(form.action, form.filled(**typed)))


def turned(client: Client, page: Page, rel: str) -> Page:
    return shown(client, page.link(rel))


# -- what stands there --------------------------------------------------------------------------
def test_nearest_due_first(office: Office, counter: Client) -> None:
    slow = office.dossier("processing", GUARDIANSHIP)
    quick = office.dossier("processing", BIRTH)
    waiting = office.dossier("approval", GUARDIANSHIP)
    assert shown(counter, ALL).codes == [
        dossier.code for dossier in sorted([slow, quick, waiting], key=lambda d: d.step_due_at)
    ]


def test_overdue_is_marked_in_words_too(office: Office, counter: Client) -> None:
    late = office.dossier("processing", at=MONDAY - timedelta(days=14))
    due = office.dossier("processing")
    page = shown(counter, ALL)
    assert page.codes == [late.code, due.code]
    first, second = page.rows
    assert "is-overdue" in first.attrs["class"]
    assert "quá hạn 11 ngày" in first.text
    assert "class" not in second.attrs
    assert "3 hồ sơ" not in page.text
    assert "2 hồ sơ" in page.text


def test_tabs_of_a_clerk(office: Office, counter: Client) -> None:
    here = {
        stage: office.dossier(stage).code
        for stage in ("reception", "processing", "approval", "return", "done")
    }
    assert shown(counter).codes == [here["reception"]]  # the first tab: what the clerk must pass on
    assert shown(counter, "?muc=ket-qua").codes == [here["return"]]
    assert set(shown(counter, ALL).codes) == set(here.values()) - {here["done"]}
    assert shown(counter, "?muc=xu-ly").codes == [here["reception"]]  # a specialist's tab is not the clerk's


def test_tabs_of_a_specialist(office: Office, other_specialist: Played, counter: Client) -> None:
    mine = office.dossier("processing")
    office.dossier("reception")
    page = shown(office.specialist.client())
    assert page.codes == [mine.code]
    assert [link for link in page.links if "muc=" in link] == ["?muc=xu-ly", "?muc=bo-sung", "?muc=tat-ca"]
    assert shown(other_specialist.client()).codes == []
    assert len(shown(other_specialist.client(), ALL).codes) == 2


def test_a_field_that_several_share_is_seen_by_all_of_them_until_one_takes_it(
    office: Office, other_specialist: Played
) -> None:
    grant = Grant.objects.get(user=office.specialist.user, role=Role.SPECIALIST)
    Grant.objects.get(user=other_specialist.user, role=Role.SPECIALIST).fields.add(*grant.fields.all())
    pooled = office.dossier("processing")
    one, other = office.specialist.client(), other_specialist.client()
    assert shown(one).codes == shown(other).codes == [pooled.code]
    actions.take(office.specialist.act(NOW), pooled.pk)
    assert (shown(one).codes, shown(other).codes) == ([pooled.code], [])


def test_an_outsider_sees_nothing_of_it(office: Office, outsider: Played) -> None:
    office.dossier("processing")
    assert shown(outsider.client(), ALL).codes == []


# -- narrowed -----------------------------------------------------------------------------------
def test_by_name_without_accents_or_code(office: Office, counter: Client) -> None:
    found = office.dossier("processing", applicant=Applicant("Đặng Thị Ơn"))
    office.dossier("processing")
    assert narrowed(counter, q="on dang").codes == [found.code]
    assert narrowed(counter, q=found.code.lower()).codes == [found.code]
    assert narrowed(counter, q="khong co ai").codes == []


def test_the_words_stay_in_the_form(office: Office, counter: Client) -> None:
    page = narrowed(counter, q="Thử", overdue="on")
    assert page.form(reverse("work"), role="search").values | {"csrfmiddlewaretoken": []} == {
        "csrfmiddlewaretoken": [],
        "muc": ["tat-ca"],
        "q": ["Thử"],
        "field": [""],
        "overdue": ["on"],
    }


def test_a_name_is_not_read_from_the_address(office: Office, counter: Client) -> None:
    office.dossier("processing")
    assert len(shown(counter, f"{ALL}&q=khong-co-ai").codes) == 1


def test_only_overdue(office: Office, counter: Client) -> None:
    late = office.dossier("processing", at=MONDAY - timedelta(days=14))
    office.dossier("processing")
    assert narrowed(counter, overdue="on").codes == [late.code]
    assert shown(counter, f"{ALL}&overdue=on").codes == [late.code]  # as the number on the home page links


def test_by_field(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    other = Grant.objects.filter(role=Role.SPECIALIST).exclude(fields=dossier.field_id).first().fields.first()
    assert narrowed(counter, field=str(dossier.field_id)).codes == [dossier.code]
    assert narrowed(counter, field=str(other.pk)).codes == []


@pytest.mark.parametrize("query", ["&field=x", "&field=999999999999999999999", "&overdue="])
def test_what_cannot_be_read_narrows_nothing(office: Office, counter: Client, query: str) -> None:
    office.dossier("processing")
    assert len(shown(counter, ALL + query).codes) == 1


# -- pages --------------------------------------------------------------------------------------
@pytest.fixture
def many(office: Office) -> list[str]:
    """130 dossiers, 120 of them due in the same minute; in the list's order."""
    late = office.dossier("processing", at=MONDAY + timedelta(minutes=30), applicant=Applicant("Người Sau"))
    equal = office.dossier("processing")
    copies(late, 9)
    copies(equal, 119)
    rows = Dossier.objects.order_by("step_due_at", "pk").values_list("code", "step_due_at")
    assert len(rows) == 130
    assert len({due for _, due in rows}) == 2
    return [code for code, _ in rows]


def test_no_row_lost_or_doubled_both_ways(many: list[str], counter: Client) -> None:
    first = shown(counter, ALL)
    second = turned(counter, first, "next")
    third = turned(counter, second, "next")
    assert first.codes + second.codes + third.codes == many
    assert (first.link("prev"), third.link("next")) == ("", "")
    back = turned(counter, third, "prev")
    assert back.codes == second.codes
    start = turned(counter, back, "prev")
    assert start.codes == first.codes
    assert start.link("prev") == ""
    assert "130 hồ sơ" in third.text


def test_a_row_that_left_meanwhile_loses_no_other(many: list[str], counter: Client) -> None:
    first = shown(counter, ALL)
    Dossier.objects.filter(code__in=many[:60]).update(state="done")
    assert turned(counter, first, "next").codes == many[60:110]


def test_narrowing_from_a_later_page_starts_at_the_beginning(many: list[str], counter: Client) -> None:
    later = shown(counter, ALL).link("next")
    assert narrowed(counter, later, q="nguyen thi thu").codes == many[:50]


def test_filters_go_with_the_page(many: list[str], counter: Client) -> None:
    field = str(Dossier.objects.values_list("field", flat=True)[0])
    page = narrowed(counter, field=field)
    assert len(page.codes) == 50
    following = turned(counter, page, "next")
    assert following.codes == many[50:100]
    assert following.form(reverse("work"), role="search").values["field"] == [field]


def test_found_by_words_the_rest_asks_for_more_words(many: list[str], counter: Client) -> None:
    """A name must not stand in an address, so there is no next page to link to: one types more of it."""
    page = narrowed(counter, q="nguyen thi thu")
    assert len(page.codes) == 50
    assert (page.link("next"), page.link("prev")) == ("", "")
    assert "Gõ thêm chữ để thu hẹp" in page.text


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "~",
        "2026-11-16~x",
        "2026-11-16T09:00:00~1",
        "0001-01-01T00:00:00+14:00~1",
        "2026-11-16T09:00:00+07:00~999999999999999999999999",
        "2026-11-16T09:00:00+07:00~" + "9" * 5000,
        "1~2~3",
    ],
)
def test_a_cursor_that_cannot_be_read_starts_at_the_beginning(
    office: Office, counter: Client, cursor: str
) -> None:
    here = office.dossier("processing")
    for side in ("after", "before"):
        answer = counter.get(reverse("work"), {"muc": "tat-ca", side: cursor})
        assert read(answer).codes == [here.code]


def test_the_same_number_of_queries_for_5_rows_and_for_55(office: Office, counter: Client) -> None:
    copies(office.dossier("processing"), 4)
    shown(counter, ALL)
    with CaptureQueriesContext(connection) as few:
        assert len(shown(counter, ALL).codes) == 5
    copies(office.dossier("processing"), 49)
    with CaptureQueriesContext(connection) as many:
        assert len(shown(counter, ALL).codes) == 50
    assert len(few) == len(many) <= 8
