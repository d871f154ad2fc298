"""The leader's table: one or many approved at once, and one that changed stops only itself."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Apology, Dossier
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.rules.workflow import State, StepKind
from tests.cast import BIRTH, MONDAY, Played
from tests.desk.conftest import NOW, Office, copies, read
from tests.desk.reading import Page


@pytest.fixture
def desk(leader: Played) -> Client:
    return leader.client()


def shown(desk: Client) -> Page:
    return read(desk.get(reverse("approvals")))


def ticked(desk: Client, *dossiers: Dossier) -> list[str]:
    """Tick the boxes of these dossiers as the page has them: `id:revision`."""
    boxes = [box.attrs["value"] for row in shown(desk).rows for box in row.all("input", name="dossier")]
    return [box for box in boxes if int(box.partition(":")[0]) in {dossier.pk for dossier in dossiers}]


def approved(desk: Client, values: list[str]) -> Page:
    return read(desk.post(reverse("approvals"), {"dossier": values}, follow=True))


def where(dossier: Dossier) -> tuple[str, str]:
    return Dossier.objects.values_list("state", "step_kind").get(pk=dossier.pk)


def test_what_waits_nearest_due_first(office: Office, desk: Client) -> None:
    slow, quick = office.dossier("approval"), office.dossier("approval", BIRTH)
    office.dossier("processing")
    office.dossier("return")
    late = office.dossier("approval", at=MONDAY - timedelta(days=14))
    page = shown(desk)
    assert page.codes == [late.code, quick.code, slow.code]
    assert ["is-overdue" in row.attrs.get("class", "") for row in page.rows] == [True, False, False]


def test_the_draft_is_shown(office: Office, desk: Client) -> None:
    dossier = office.dossier("processing")
    results.record(office.specialist.act(NOW), dossier.pk, ResultFacts(number="77/QĐ-UBND"))
    actions.forward(office.specialist.act(NOW), dossier.pk)
    office.dossier("approval", at=MONDAY - timedelta(days=1))
    assert [row.all("td")[3].text for row in shown(desk).rows] == ["chưa có", "77/QĐ-UBND"]


def test_many_at_once(office: Office, desk: Client) -> None:
    first, second, third = (office.dossier("approval") for _ in range(3))
    page = approved(desk, ticked(desk, first, third))
    assert page.notices == ["Đã duyệt 2 hồ sơ."]
    assert where(first) == where(third) == (State.PROCESSING, StepKind.RETURN)
    assert where(second) == (State.PROCESSING, StepKind.APPROVAL)


def test_where_the_result_is_prepared_approval_issues_it(office: Office, desk: Client) -> None:
    dossier = office.dossier("processing")
    results.record(office.specialist.act(NOW), dossier.pk, ResultFacts(number="77/QĐ-UBND"))
    actions.forward(office.specialist.act(NOW), dossier.pk)
    approved(desk, ticked(desk, dossier))
    assert where(dossier) == (State.DONE, StepKind.RETURN)


def test_one_that_changed_does_not_stop_the_others(office: Office, desk: Client) -> None:
    changed, other = office.dossier("approval"), office.dossier("approval")
    seen = ticked(desk, changed, other)
    actions.note(office.specialist.act(NOW), changed.pk, words="Chờ đã")
    page = approved(desk, seen)
    assert len(page.notices) == 2
    assert changed.code in page.notices[0]
    assert "Nguyễn Văn Minh" in page.notices[0]  # who changed it
    assert page.notices[1] == "Đã duyệt 1 hồ sơ."
    assert where(changed) == (State.PROCESSING, StepKind.APPROVAL)
    assert where(other) == (State.PROCESSING, StepKind.RETURN)


def test_twice_approved_is_once(office: Office, desk: Client) -> None:
    dossier = office.dossier("approval")
    seen = ticked(desk, dossier)
    approved(desk, seen)
    page = approved(desk, seen)
    assert dossier.code in page.notices[0]
    assert where(dossier) == (State.PROCESSING, StepKind.RETURN)


def test_of_another_commune(office: Office, desk: Client) -> None:
    foreign = office.dossier("approval")
    Dossier.objects.filter(pk=foreign.pk).update(
        unit=outside_unit(foreign), holder_unit=outside_unit(foreign)
    )
    page = approved(desk, [f"{foreign.pk}:{foreign.revision}"])
    assert foreign.code not in page.text
    assert where(foreign) == (State.PROCESSING, StepKind.APPROVAL)


def outside_unit(dossier: Dossier) -> int:
    """A unit at whose desk none of the office sits."""
    return type(dossier.unit).objects.get(code="20068").pk


@pytest.mark.parametrize(
    "value",
    ["", ":", "x", "1", "1:", ":1", "1:x", "-1:0", "1:2:3", "²:1", f"{10**30}:1", f"1:{'9' * 5000}"],
)
def test_malformed_values_are_nobodys_dossier(office: Office, desk: Client, value: str) -> None:
    dossier = office.dossier("approval")
    page = approved(desk, [value, *ticked(desk, dossier)])
    assert page.notices[-1] == "Đã duyệt 1 hồ sơ."
    assert where(dossier) == (State.PROCESSING, StepKind.RETURN)


def test_nothing_ticked(desk: Client) -> None:
    assert approved(desk, []).notices == ["Chưa chọn hồ sơ nào."]


def test_nothing_waits(desk: Client) -> None:
    assert "Không có hồ sơ nào chờ duyệt" in shown(desk).text


def test_the_same_number_of_queries_for_5_rows_and_for_55(office: Office, desk: Client) -> None:
    copies(office.dossier("approval"), 4)
    shown(desk)
    with CaptureQueriesContext(connection) as few:
        assert len(shown(desk).codes) == 5
    copies(office.dossier("approval"), 49)
    with CaptureQueriesContext(connection) as many:
        assert len(shown(desk).codes) == 50
    assert len(few) == len(many) <= 10


# -- late ones (R26) ------------------------------------------------------------------------------
def prepared(office: Office, at: datetime = MONDAY - timedelta(days=14)) -> Dossier:
    """At the leader's with its result; late, unless it is of today."""
    dossier = office.dossier("processing", at=at)
    results.record(office.specialist.act(NOW), dossier.pk, ResultFacts(number="77/QĐ-UBND"))
    return actions.forward(office.specialist.act(NOW), dossier.pk)


def asked(desk: Client, *dossiers: Dossier) -> Page:
    return read(desk.post(reverse("approvals"), {"dossier": ticked(desk, *dossiers)}), 422)


def answered(desk: Client, page: Page, do: str, status: int = 200, **changes: str) -> Page:
    values = page.form().filled(**changes) | {"do": [do]}
    answer = desk.post(reverse("approvals"), values)
    return read(desk.get(answer["Location"]) if answer.status_code == 302 else answer, status)


def test_late_ones_are_asked_for_their_apology_and_the_others_are_approved(
    office: Office, desk: Client
) -> None:
    late, fine, bare = prepared(office), prepared(office, MONDAY), office.dossier("approval")
    page = asked(desk, late, fine, bare)
    assert page.notices == ["Đã duyệt 2 hồ sơ."]
    assert page.codes == [late.code]
    assert where(late) == (State.PROCESSING, StepKind.APPROVAL)
    assert where(fine) == (State.DONE, StepKind.RETURN)


def test_one_reason_for_all_and_one_of_its_own(office: Office, desk: Client) -> None:
    one, two = prepared(office), prepared(office)
    own = {f"d{two.pk}__reason": "other", f"d{two.pk}__text": "Mất điện."}
    page = answered(desk, asked(desk, one, two), "sign", all__reason="absence", **own)
    assert page.notices == ["Đã duyệt 2 hồ sơ."]
    assert where(one) == where(two) == (State.DONE, StepKind.RETURN)
    letters = Apology.objects.order_by("dossier").values_list("reason", "text", "signed_by")
    assert list(letters) == [
        ("absence", "", office.leader.user.pk),
        ("other", "Mất điện.", office.leader.user.pk),
    ]
    assert set(Dossier.objects.values_list("punctuality", flat=True)) == {"late"}


def test_a_reason_without_words_is_asked_for_again_and_stops_only_its_own(
    office: Office, desk: Client
) -> None:
    one, two = prepared(office), prepared(office)
    page = answered(desk, asked(desk, one, two), "sign", 422, **{f"d{two.pk}__reason": "other"})
    assert page.codes == [two.code]
    assert "phải ghi rõ lý do" in page.errors[f"id_d{two.pk}-text"]
    assert where(one) == (State.DONE, StepKind.RETURN)


def test_without_a_letter_only_with_a_reason(office: Office, desk: Client) -> None:
    dossier = prepared(office)
    page = answered(desk, asked(desk, dossier), "waive", 422)
    assert page.errors
    assert where(dossier) == (State.PROCESSING, StepKind.APPROVAL)
    answered(desk, page, "waive", waiver__words="Đã xin lỗi trực tiếp.")
    assert where(dossier) == (State.DONE, StepKind.RETURN)
    assert Dossier.objects.get(pk=dossier.pk).apology_waived


def test_on_its_own_page_a_late_one_is_approved_with_its_letter(office: Office, desk: Client) -> None:
    dossier = prepared(office)
    actions.foresee(NOW)
    address = reverse("approve", args=[dossier.code])
    form = read(desk.get(reverse("dossier", args=[dossier.code]))).form(address)
    page = read(desk.post(address, form.filled(approve__reason="other")), 422)
    assert "phải ghi rõ lý do" in page.errors["id_approve-text"]
    page = read(desk.post(address, page.form(address).filled(approve__text="Mất điện."), follow=True))
    assert "Đã duyệt." in page.notices
    assert Apology.objects.get().text == "Mất điện."
    assert where(dossier) == (State.DONE, StepKind.RETURN)
