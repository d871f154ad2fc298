"""`apologies`: what waits to be signed, most urgent first; many at once; what is refused is said in its place (R26)."""

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
from motcua.people.models import Unit
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.rules.workflow import State
from tests.cast import COPIES, MONDAY
from tests.desk.conftest import NOW, Office, copies, read
from tests.desk.reading import Page

WEEK_AGO, EARLIER = MONDAY - timedelta(days=7), MONDAY - timedelta(days=14)


@pytest.fixture
def late(office: Office) -> list[Dossier]:
    """Due on Thursday a week ago, on Thursday; and one of the morning that goes well."""
    made = [office.dossier("processing", at=EARLIER), office.dossier("processing", at=WEEK_AGO)]
    office.dossier("processing")
    actions.foresee(NOW)
    return made


@pytest.fixture
def desk(office: Office) -> Client:
    return office.leader.client()


def shown(client: Client) -> Page:
    return read(client.get(reverse("apologies")))


def draft(dossier: Dossier) -> Apology:
    return Apology.objects.get(dossier=dossier, dropped_at=None)


def sent(page: Page, *dossiers: Dossier, **changes: str) -> dict[str, list[str]]:
    form = page.form()
    return form.filled(apology=[str(draft(dossier).pk) for dossier in dossiers], **changes)


def signed(client: Client, values: dict[str, list[str]], status: int = 200) -> Page:
    answer = client.post(reverse("apologies"), values)
    return read(client.get(answer["Location"]) if answer.status_code == 302 else answer, status)


def test_most_urgent_first_with_a_form_in_each_row(desk: Client, late: list[Dossier]) -> None:
    page = shown(desk)
    assert page.codes == [dossier.code for dossier in late]
    values = page.form().values
    first = draft(late[0])
    assert values[f"a{first.pk}-reason"] == ["workload"]
    assert values[f"a{first.pk}-new_due_at"] == ["2026-11-18T17:00"]
    assert "apology" not in values  # nothing is ticked


def test_two_signed_at_once_each_with_its_own_words(desk: Client, late: list[Dossier]) -> None:
    one, two = (draft(dossier) for dossier in late)
    changes = {f"a{one.pk}__reason": "other", f"a{one.pk}__text": "Mất điện hai ngày."}
    page = signed(desk, sent(shown(desk), *late, **changes))
    assert page.notices == ["Đã ký 2 thư xin lỗi."]
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.reason, one.text, two.reason) == ("other", "Mất điện hai ngày.", "workload")
    for dossier in late:
        now = Dossier.objects.get(pk=dossier.pk)
        assert now.apologised_at == NOW
        assert f"{now.appointment_at:%Y-%m-%dT%H:%M%z}" == "2026-11-18T10:00+0000"
        assert now.due_at == dossier.due_at
    assert "Không có thư xin lỗi nào chờ ký" in page.text


def test_only_what_is_ticked(desk: Client, late: list[Dossier]) -> None:
    signed(desk, sent(shown(desk), late[1]))
    assert [bool(draft(dossier).signed_at) for dossier in late] == [False, True]
    assert signed(desk, {}).notices == ["Chưa chọn thư nào."]


def test_what_is_wrong_in_one_stays_in_its_form_and_stops_only_itself(
    desk: Client, late: list[Dossier]
) -> None:
    one = draft(late[0])
    page = signed(desk, sent(shown(desk), *late, **{f"a{one.pk}__reason": "other"}), 422)
    assert page.codes == [late[0].code]
    assert page.notices == ["Đã ký 1 thư xin lỗi."]
    assert "phải ghi rõ lý do" in page.errors[f"id_a{one.pk}-text"]
    assert page.form().values["apology"] == [str(one.pk)]
    assert page.form().values[f"a{one.pk}-reason"] == ["other"]


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2026-11-13T17:00", "đã qua"),
        ("2027-11-16T17:00", "muộn nhất là"),
        ("2026-11-19T16:00", "không phải giờ cuối"),
        ("hôm nào đó", "chưa đúng"),
        ("", "Chọn ngày"),
        ("9999-12-31T23:59+00:00", "muộn nhất"),
        ("0001-01-01T00:00", "đã qua"),
    ],
)
def test_a_date_that_the_clock_does_not_offer(
    desk: Client, late: list[Dossier], date: str, message: str
) -> None:
    """R15: whatever is sent in its place."""
    one = draft(late[0])
    page = signed(desk, sent(shown(desk), late[0], **{f"a{one.pk}__new_due_at": date}), 422)
    assert message in page.errors[f"id_a{one.pk}-new_due_at"]
    assert draft(late[0]).signed_at is None


def test_a_second_click_and_a_dossier_that_was_finished_a_second_ago(
    office: Office, desk: Client, late: list[Dossier]
) -> None:
    """Each told in words, with its code; the others are signed."""
    in_time = office.dossier("return")
    fine = Apology.objects.create(
        dossier=in_time,
        cause="late",
        unit=in_time.unit,
        drafted_by=office.specialist.user,
        drafted_at=NOW,
        sign_by=NOW,
        old_due_at=in_time.due_at,
        new_due_at=in_time.due_at + timedelta(days=1),
    )
    values = sent(shown(desk), *late)
    values["apology"].append(str(fine.pk))
    actions.sign(office.leader.act(NOW), late[0].pk, draft(late[0]).pk, Letter(LateReason.WORKLOAD))
    results.record(office.clerk.act(NOW), in_time.pk, ResultFacts(number="1/KQ"))
    page = signed(desk, values)
    assert len(page.notices) == 3
    assert f"{late[0].code}: Nguyễn Văn Hùng đã ký" in page.notices[0]
    assert f"{in_time.code}: Dự thảo này đã được bỏ" in page.notices[1]
    assert page.notices[2] == "Đã ký 1 thư xin lỗi."


@pytest.mark.parametrize("value", ["", "x", "-1", "999999", "9" * 30])
def test_malformed_or_foreign_values_sign_nothing(desk: Client, late: list[Dossier], value: str) -> None:
    signed(desk, {"apology": [value]})
    assert not Apology.objects.exclude(signed_at=None).exists()


def test_another_communes_letters_are_not_there(desk: Client, late: list[Dossier]) -> None:
    values = sent(shown(desk), late[0])
    Apology.objects.update(unit=Unit.objects.get(code="20068"))
    assert shown(desk).codes == []
    assert "không còn ở đơn vị" in signed(desk, values).notices[0]


def test_where_the_result_lies_ready_the_signature_issues_it(office: Office, desk: Client) -> None:
    dossier = office.dossier("return", at=WEEK_AGO)
    results.record(office.clerk.act(NOW), dossier.pk, ResultFacts(number="1/KQ"))
    page = shown(desk)
    assert "ký là xong" in page.text
    assert f"a{draft(dossier).pk}-new_due_at" not in page.form().values
    signed(desk, sent(page, dossier))
    now = Dossier.objects.get(pk=dossier.pk)
    assert (now.state, now.punctuality, now.appointment_at) == (State.DONE, "late", None)


def test_a_specialist_sees_his_own_and_signs_none(office: Office, late: list[Dossier]) -> None:
    client = office.specialist.client()
    other = office.dossier("approval", at=WEEK_AGO)
    actions.foresee(NOW)
    page = shown(client)
    assert page.codes == [dossier.code for dossier in late]
    assert other.code not in page.text
    assert "phần mềm soạn, chưa ai ghi lý do" in page.text
    client.post(reverse("apologies"), {"apology": [draft(late[0]).pk]})
    assert draft(late[0]).signed_at is None


def test_a_draft_for_another_fault_has_no_date(office: Office, desk: Client) -> None:
    dossier = office.dossier("processing")
    Apology.objects.create(
        dossier=dossier,
        cause="lost_paper",
        unit=dossier.unit,
        drafted_at=NOW,
        sign_by=NOW + timedelta(days=1),
        old_due_at=dossier.due_at,
    )
    page = shown(desk)
    assert "Làm mất giấy tờ" in page.text
    signed(desk, page.form().filled(apology=[str(Apology.objects.get().pk)]))
    assert Apology.objects.get().signed_at == NOW
    assert Dossier.objects.get(pk=dossier.pk).apologised_at is None


def test_pages_by_key_and_the_same_number_of_queries(office: Office, desk: Client) -> None:
    dossier = office.dossier("processing", COPIES, at=WEEK_AGO)

    def drafts(number: int) -> None:
        copies(dossier, number)
        rows = Dossier.objects.filter(apologies=None)
        Apology.objects.bulk_create(
            Apology(
                dossier=row,
                cause="late",
                unit=row.unit,
                drafted_at=NOW,
                sign_by=row.due_at + timedelta(minutes=row.pk),
                old_due_at=row.due_at,
            )
            for row in rows
        )

    drafts(4)
    shown(desk)
    with CaptureQueriesContext(connection) as few:
        assert len(shown(desk).codes) == 5
    drafts(55)
    with CaptureQueriesContext(connection) as many:
        first = shown(desk)
    assert len(few) == len(many) <= 10
    second = read(desk.get(reverse("apologies") + first.link("next")))
    assert (len(first.codes), len(second.codes)) == (50, 10)
    assert not set(first.codes) & set(second.codes)
    assert read(desk.get(reverse("apologies") + second.link("prev"))).codes == first.codes


# -- on the dossier's page -------------------------------------------------------------------------
def act(client: Client, name: str, dossier: Dossier, page: Page, **changes: str) -> Page:
    address = reverse(name, args=[dossier.code])
    answer = client.post(address, page.form(address).filled(**changes))
    return read(client.get(answer["Location"])) if answer.status_code == 302 else read(answer, 422)


def opened(client: Client, dossier: Dossier) -> Page:
    return read(client.get(reverse("dossier", args=[dossier.code])))


def test_the_specialist_fills_in_and_the_leader_signs(
    office: Office, desk: Client, late: list[Dossier]
) -> None:
    specialist, dossier = office.specialist.client(), late[1]
    page = act(
        specialist,
        "draft_apology",
        dossier,
        opened(specialist, dossier),
        draft_apology__reason="verification",
        draft_apology__text="Xác minh ở tổ 3.",
    )
    assert "Đã lưu thư xin lỗi, chờ lãnh đạo ký." in page.notices
    page = opened(desk, dossier)
    assert "Xác minh ở tổ 3." in page.text
    page = act(desk, "reappoint", dossier, page)
    assert "Đã ký thư xin lỗi." in page.notices
    assert "Hẹn lại 17:00, 18/11/2026" in page.text
    assert "quá hạn" in page.text  # the law's own date still stands there
    assert reverse("reappoint", args=[dossier.code]) not in page.actions()
    assert draft(dossier).text == "Xác minh ở tổ 3."


def test_a_wrong_date_on_the_dossiers_page_stays_in_the_form(desk: Client, late: list[Dossier]) -> None:
    page = act(desk, "reappoint", late[0], opened(desk, late[0]), reappoint__new_due_at="2026-11-13T17:00")
    assert "đã qua" in page.errors["id_reappoint-new_due_at"]


def test_let_pass_with_a_reason_on_the_dossiers_page(office: Office, desk: Client) -> None:
    dossier = office.dossier("return", at=WEEK_AGO)
    counter = office.clerk.client()
    page = act(counter, "result", dossier, opened(counter, dossier), result__number="1/KQ")
    assert any("lãnh đạo ký thư xin lỗi" in told for told in page.notices)
    assert "Kết quả đã ghi, chỉ còn chờ thư xin lỗi" in page.text
    page = act(desk, "waive_apology", dossier, opened(desk, dossier))
    assert page.errors
    page = act(desk, "waive_apology", dossier, opened(desk, dossier), waive_apology__words="Đã gọi điện.")
    assert "Không kèm thư xin lỗi" in page.text
    assert Dossier.objects.get(pk=dossier.pk).state == State.DONE


def test_what_is_not_late_has_no_word_of_it(office: Office, desk: Client) -> None:
    page = opened(desk, office.dossier("approval"))
    assert "xin lỗi" not in page.text
