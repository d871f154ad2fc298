"""`calls`, and what a dossier's page says of messages: who must be told by a person (R30; NĐ 61/2018 Đ.19.9, Đ.20.4)."""

from django.test import Client, override_settings
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.notices.choices import Channel, State
from motcua.notices.models import Message
from motcua.rules.workflow import Action
from tests.cast import Played
from tests.desk.conftest import NOW, Office, read
from tests.notices.conftest import finished, reachable, told
from tests.oversight.conftest import queries

CALLS = reverse("calls")


def ready(office: Office, phone: str = "02343822522") -> Message:
    """A result is there, and no machine can tell."""
    dossier = reachable(office.dossier("processing"), phone=phone)
    facts = finished() | {"finished_at": NOW}
    return told(dossier, Action.FINISH, at=NOW, **facts)[-1]


def test_the_clerk_sees_whom_to_call_and_what_to_say(office: Office, counter: Client) -> None:
    call = ready(office)
    assert "1 người phải báo bằng điện thoại" in read(counter.get(reverse("home"))).text
    page = read(counter.get(CALLS))
    (row,) = page.rows
    for words in (
        "Nguyễn Thị Thử",
        call.dossier.code,
        "02343822522",
        "đã có kết quả",
        "chưa cấu hình tin nhắn",
    ):
        assert words in row.text
    assert "tel:02343822522" in page.links


def test_whoever_has_no_telephone_has_an_address(office: Office, counter: Client) -> None:
    call = ready(office, phone="")
    Dossier.objects.filter(pk=call.dossier_id).update(applicant_address="Thôn Vân Trình")
    (row,) = read(counter.get(CALLS)).rows
    assert "Thôn Vân Trình" in row.text
    assert "hồ sơ không có điện thoại và thư điện tử" in row.text


def test_told_is_told(office: Office, counter: Client) -> None:
    call = ready(office)
    page = read(counter.post(CALLS, {"message": str(call.pk)}, follow=True))
    assert "người nộp đã được báo" in page.text
    assert page.rows == []
    call.refresh_from_db()
    assert (call.state, call.called_by, call.sent_at) == (State.SENT, office.clerk.user, NOW)
    again = read(counter.post(CALLS, {"message": str(call.pk)}, follow=True))
    assert "đã có người làm" in again.text


def test_another_desk_sees_and_marks_nothing(office: Office, outsider: Played) -> None:
    call = ready(office)
    browser = outsider.client()
    assert read(browser.get(CALLS)).rows == []
    browser.post(CALLS, {"message": str(call.pk)})
    call.refresh_from_db()
    assert call.state == State.QUEUED


def test_what_nobody_wrote_is_left_alone(office: Office, counter: Client) -> None:
    ready(office)
    for value in ("x", "", "9" * 40):
        assert counter.post(CALLS, {"message": value}).status_code == 302
    assert Message.objects.filter(channel=Channel.CALL, state=State.QUEUED).count() == 1


def test_as_many_queries_for_one_as_for_many(office: Office, counter: Client) -> None:
    ready(office)
    few = queries(counter, CALLS)
    for _ in range(4):
        ready(office)
    assert queries(counter, CALLS) == few <= 9


def test_a_dossiers_page_says_what_its_applicant_was_told(office: Office, counter: Client) -> None:
    """R30: state, way and a masked address."""
    with override_settings(EMAIL_HOST="localhost"):
        dossier = reachable(office.dossier("processing"), phone="0905000999", email="thu@hue.example")
        told(dossier, Action.FINISH, at=NOW, **(finished() | {"finished_at": NOW}))
        told(dossier, Action.PROPOSE_SUPPLEMENT, at=NOW)
    page = read(counter.get(reverse("dossier", args=[dossier.code])))
    (card,) = [box for box in page.all("section") if "Tin gửi người nộp" in box.text]
    assert "0905***999" in card.text
    assert "t***@hue.example" in card.text
    assert "chưa cấu hình tin nhắn" in card.text
    assert "Chờ gửi" in card.text
    assert "bổ sung lần nữa" not in card.text, "what officers are told is theirs"
