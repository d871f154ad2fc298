"""`limits`: an administrator confirms or sets what the source left open."""

import pytest
from django.urls import reverse

from motcua.catalog.models import ProcedureVersion
from motcua.catalog.queries import current
from motcua.oversight.views import limits as view
from tests.cast import GUARDIANSHIP, version
from tests.oversight.conftest import queries

LIMITS = reverse("limits")
NOTE = "QĐ 2234/QĐ-UBND"


def unconfirmed() -> ProcedureVersion:
    return current().filter(limit_confirmed=False).exclude(limit="").order_by("procedure")[0]


def missing() -> ProcedureVersion:
    return current().filter(limit="").order_by("procedure")[0]


def typed(of: ProcedureVersion, **changed) -> dict[str, object]:
    given = {"procedure": of.procedure_id, "kind": "working days", "amount": "7", "note": NOTE}
    return given | changed


def test_shows_what_is_missing_beside_the_sources_words(office):
    response = office.get(LIMITS)
    rows = response.context["rows"]
    assert {row.version.limit for row in rows} == {""}
    of = next(row.version for row in rows if row.version.limit_text)
    assert of.limit_text.split(";")[0][:40] in response.content.decode()
    assert [tab["count"] for tab in response.context["tabs"]] == [39, 29, 78]


def test_what_is_unconfirmed_is_proposed_and_only_lacks_its_ground(office):
    response = office.get(LIMITS, {"muc": "chua-xac-nhan"})
    row = response.context["rows"][0]
    assert row.form["kind"].value() == row.version.typed_limit.kind
    assert row.form["amount"].value() == (row.version.typed_limit.amount or None)
    assert not row.form["note"].value()


def test_setting_makes_it_receivable_and_takes_it_off_the_list(office):
    of = missing()
    response = office.post(LIMITS, typed(of), follow=True)
    assert response.redirect_chain == [(LIMITS, 302)]
    assert of.procedure_id not in {row.version.procedure_id for row in response.context["rows"]}
    now = current().get(procedure=of.procedure)
    assert (now.limit, now.limit_confirmed, now.limit_note) == ("7 working days", True, NOTE)
    assert "07 ngày làm việc" in response.content.decode()


def test_one_comes_back_to_the_tab_one_worked_on(office):
    path = f"{LIMITS}?muc=chua-xac-nhan"
    assert office.post(path, typed(unconfirmed())).headers["Location"] == path


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"kind": ""}, "kind", "Chọn loại thời hạn"),
        ({"kind": "weeks"}, "kind", "weeks"),
        ({"amount": ""}, "amount", "Nhập số ngày hoặc giờ"),
        ({"amount": "ba"}, "amount", "phải là số"),
        ({"amount": "0"}, "amount", "Ít nhất là 1"),
        ({"amount": "-3"}, "amount", "Ít nhất là 1"),
        ({"amount": "1000"}, "amount", "Nhiều nhất"),
        ({"kind": "same day"}, "amount", "để trống ô này"),
        ({"note": " "}, "note", "Hãy ghi căn cứ"),
        ({"note": "x" * 301}, "note", "300"),
    ],
)
def test_what_is_wrong_is_said_in_its_own_row_and_nothing_is_lost(office, changed, field, words):
    of = unconfirmed()
    response = office.post(f"{LIMITS}?muc=chua-xac-nhan", typed(of, **changed))
    assert response.status_code == 422
    bound = [row for row in response.context["rows"] if row.form.is_bound]
    assert [row.version for row in bound] == [of]
    assert words in str(bound[0].form.errors[field])
    assert {name: bound[0].form[name].value() for name in changed} == changed
    assert current().get(procedure=of.procedure) == of


@pytest.mark.parametrize(
    ("kind", "amount", "limit"),
    [
        ("same day", "", "same day"),
        ("at once", "", "at once"),
        ("working hours", "1", "1 working hour"),
        ("calendar days", "15", "15 calendar days"),
    ],
)
def test_every_kind_can_be_set(office, kind, amount, limit):
    of = missing()
    office.post(LIMITS, typed(of, kind=kind, amount=amount))
    assert current().get(procedure=of.procedure).limit == limit


def test_a_mistake_about_a_row_of_another_tab_is_shown_too(office):
    of = version(GUARDIANSHIP)  # confirmed by somebody else meanwhile
    response = office.post(LIMITS, typed(of, note=""))
    assert response.context["rows"][0].version == of
    assert response.context["rows"][0].form.errors


@pytest.mark.parametrize("procedure", ["", "x", "0", "-1", "9" * 30, "9" * 5000])
def test_a_procedure_that_there_is_not(office, procedure):
    response = office.post(LIMITS, typed(missing(), procedure=procedure))
    assert response.status_code in {302, 404, 422}
    assert not ProcedureVersion.objects.filter(limit_note=NOTE).exists()


def test_every_procedure_is_on_some_page(office):
    found = []
    for tab in ("", "chua-xac-nhan", "da-xac-nhan"):
        path = f"{LIMITS}?muc={tab}"
        while path:
            context = office.get(path).context
            found += [row.version.procedure_id for row in context["rows"]]
            assert len(context["rows"]) <= view.PAGE
            path = context["next"] and LIMITS + context["next"]
    assert sorted(found) == sorted(current().values_list("procedure", flat=True))


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "9" * 5000])
def test_a_page_that_cannot_be_read(office, after):
    assert office.get(LIMITS, {"sau": after, "muc": "x"}).status_code == 200


def test_as_many_queries_for_every_tab(office):
    costs = {queries(office, f"{LIMITS}?muc={tab}") for tab in ("", "chua-xac-nhan", "da-xac-nhan")}
    assert len(costs) == 1
    assert costs.pop() <= 8
