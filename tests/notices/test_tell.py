"""What an act gives to say, to whom, in which words (R30; NĐ 61/2018 Đ.19.9, Đ.20.4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from motcua.dossiers import actions
from motcua.dossiers.actions import Question
from motcua.dossiers.choices import LateReason, Outcome, ReturnMethod
from motcua.dossiers.models import Apology, Consultation, Dossier, Supplement, SupplementItem
from motcua.journal.models import Entry
from motcua.notices.actions import tell
from motcua.notices.choices import Channel, Reason, State
from motcua.notices.events import ACTIONS, EVENTS
from motcua.notices.models import Message, SmsStyle
from motcua.people.models import Unit, User
from motcua.rules.punctuality import Punctuality
from motcua.rules.sms import size
from motcua.rules.workflow import Action
from tests.cast import MONDAY, Played, played, received
from tests.notices.conftest import HOUR, MAIL, PHONE, finished, happen, reachable, stored, told

DUE, NEW_DUE = "17:00, 19/11/2026", "17:00, 24/11/2026"
SECRETS = ("Nguyễn Thị Thử", "Nguyen Thi Thu", "046199000999", PHONE)


@pytest.fixture(autouse=True)
def ways() -> Any:
    """Both ways are open."""
    with override_settings(EMAIL_HOST="127.0.0.1", SMS={"adapter": "http", "url": "http://localhost/"}):
        yield


@pytest.fixture
def both(dossier: Dossier) -> Dossier:
    return reachable(dossier, phone=PHONE, email=MAIL)


def supplement(dossier: Dossier, number: int = 1) -> Supplement:
    asked = Supplement.objects.create(
        dossier=dossier,
        number=number,
        reason="thiếu",
        proposed_by=User.objects.get(username="tuphap.phuocvinh"),
        proposed_at=MONDAY,
        asked_at=MONDAY,
        policy="restart",
        position=2,
        unit=dossier.unit,
        lapses_at=MONDAY + timedelta(days=30),
    )
    papers = dossier.version.papers.filter(is_note=False)[:2]
    SupplementItem.objects.bulk_create(
        SupplementItem(supplement=asked, requirement=paper, reason="thiếu") for paper in papers
    )
    return asked


def apology(dossier: Dossier, cause: str = "late") -> Apology:
    return Apology.objects.create(
        dossier=dossier,
        cause=cause,
        unit=dossier.unit,
        reason=LateReason.VERIFICATION,
        drafted_at=MONDAY,
        sign_by=MONDAY + 2 * HOUR,
        old_due_at=dossier.due_at,
    )


def test_a_reception_is_told_by_mail_and_sms(both: Dossier) -> None:
    """R30: what one has to know, and where to look."""
    entry = Entry.objects.get(kind="dossier.receive")
    tell(entry, both)
    mail, sms = Message.objects.order_by("pk")
    assert (mail.channel, mail.recipient, mail.state) == (Channel.MAIL, MAIL, State.QUEUED)
    assert mail.subject == f"Đã nhận hồ sơ {both.code}"
    for words in (
        both.code,
        both.version.name,
        "Phường Phước Vĩnh",
        DUE,
        f"{settings.PUBLIC_URL}/tra-cuu/{both.code}/",
    ):
        assert words in mail.text
    assert (sms.channel, sms.recipient) == (Channel.SMS, PHONE)
    assert sms.text.startswith(f"Mot cua Phuong Phuoc Vinh: da nhan ho so {both.code}, hen tra {DUE}.")
    assert f"{settings.PUBLIC_URL}/tra-cuu/{both.code}/" in sms.text


def test_told_twice_it_is_queued_once(both: Dossier) -> None:
    entry = Entry.objects.get(kind="dossier.receive")
    tell(entry, both)
    first = list(Message.objects.values())
    tell(entry, reachable(both, phone="0905111222"))
    assert list(Message.objects.values()) == first
    assert len(first) == 2


@pytest.mark.parametrize(
    ("facts", "event"),
    [
        (finished(), "finish"),
        (finished(Punctuality.LATE), "finish"),
        (finished(Punctuality.EARLY), "finish_early"),
        (finished(outcome=Outcome.REFUSED), "finish_refused"),
        (finished(Punctuality.EARLY, Outcome.REFUSED), "finish_refused"),
        (finished(outcome=Outcome.LAPSED), "lapse"),
    ],
)
def test_a_result_is_told_by_its_outcome(both: Dossier, facts: dict[str, Any], event: str) -> None:
    """R30: ready; above all when it is early; a refusal in other words."""
    mail, sms = told(both, Action.FINISH, **facts)
    assert {mail.event, sms.event} == {event}
    assert ("sớm hơn ngày hẹn (17:00, 19/11/2026)" in mail.text) is (event == "finish_early")
    assert ("Mẫu số 03" in mail.text) is (event == "finish_refused")


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (ReturnMethod.DESK, "Mời mang giấy tiếp nhận đến Một cửa"),
        (ReturnMethod.POST, "gửi qua bưu chính công ích"),
        (ReturnMethod.ONLINE, "trả trực tuyến"),
    ],
)
def test_how_to_collect_it_is_said(both: Dossier, method: ReturnMethod, words: str) -> None:
    Dossier.objects.filter(pk=both.pk).update(return_method=method)
    assert words in told(both, Action.FINISH, **finished())[0].text


@pytest.mark.parametrize("action", [Action.ASK_SUPPLEMENT, Action.PERMIT_SUPPLEMENT, Action.WARN_LAPSE])
def test_what_to_bring_and_until_when(both: Dossier, action: Action) -> None:
    """R14, R30: how many papers, until when; the list itself is on Mẫu 02."""
    supplement(both)
    mail, sms = told(both, action)
    assert "09:00, 16/12/2026" in mail.text
    assert "09:00, 16/12/2026" in sms.text
    if action is not Action.WARN_LAPSE:
        assert "02 loại" in mail.text
        assert "Mẫu số 02" in mail.text
    assert ("xin lỗi" in mail.text) is (action is Action.PERMIT_SUPPLEMENT)


def test_an_apology_tells_the_new_date_and_a_reason_of_the_list(both: Dossier) -> None:
    """R26, R30."""
    apology(both)
    mail, sms = told(
        both, Action.REAPPOINT, appointment_at=both.due_at + timedelta(days=5), words="vì ông A ốm"
    )
    assert f"không kịp trả kết quả vào {DUE}" in mail.text
    assert f"Ngày hẹn trả mới: {NEW_DUE}" in mail.text
    assert "Phải xác minh, thẩm tra thêm" in mail.text
    assert NEW_DUE in sms.text
    assert "ông A ốm" not in mail.text


def test_an_apology_without_a_new_date_gives_none(both: Dossier) -> None:
    apology(both, "lost_paper")
    mail, _sms = told(both, Action.REAPPOINT)
    assert mail.event == "apologise"
    assert "Làm mất giấy tờ" in mail.text
    assert "2026" not in mail.text.replace(both.code, "")


def test_a_date_that_the_calendar_moved_is_told_with_both(both: Dossier) -> None:
    """R10, R30."""
    new = both.due_at + timedelta(days=5)
    mail, sms = told(both, Action.RECOUNT, due_at=new, words="Nghỉ bão số 5")
    assert f"Trước đây: {DUE}\nNay là: {NEW_DUE}" in mail.text
    assert "Nghỉ bão số 5" in mail.text
    assert "Nghi bao so 5" in sms.text


def test_a_recount_behind_a_date_given_with_an_apology_is_not_told(both: Dossier) -> None:
    apology(both)
    told(both, Action.REAPPOINT, appointment_at=both.due_at + timedelta(days=9))
    assert told(both, Action.RECOUNT, due_at=both.due_at + timedelta(days=1)) == []


def test_after_a_supplement_the_new_date_is_told(both: Dossier) -> None:
    mail, sms = told(both, Action.RESUME, due_at=both.due_at + timedelta(days=5))
    assert NEW_DUE in mail.text
    assert NEW_DUE in sms.text


@pytest.mark.parametrize(
    "action", [Action.WITHDRAW, Action.LAPSE, Action.HAND_OVER, Action.RECALL, Action.REISSUE]
)
def test_the_rest_is_told_too(both: Dossier, action: Action) -> None:
    mail, sms = told(both, action)
    assert both.code in mail.subject + mail.text
    assert both.code in sms.text


@pytest.mark.parametrize("action", sorted(set(Action) - ACTIONS - {Action.RECEIVE}))
def test_what_is_the_offices_business_only_is_not_told(both: Dossier, action: Action) -> None:
    assert told(both, action) == []


@pytest.mark.parametrize("action", sorted(ACTIONS - {Action.RECEIVE}))
def test_no_text_names_a_person(both: Dossier, specialist: Played, action: Action) -> None:
    """No more than needed, and nothing is left unfilled."""
    supplement(both)
    apology(both)
    facts = finished() if action is Action.FINISH else {"assignee": specialist.user}
    for message in told(both, action, words="046199000999 của Nguyễn Thị Thử", **facts):
        if action is not Action.RECOUNT:  # its words are the calendar's
            assert not [secret for secret in SECRETS if secret in message.subject + message.text]
        assert "{" not in message.subject + message.text


def test_every_sms_is_at_most_two_parts_without_accents(both: Dossier) -> None:
    supplement(both)
    apology(both)
    for action in sorted(ACTIONS - {Action.RECEIVE}):
        facts = finished(Punctuality.EARLY) if action is Action.FINISH else {}
        for message in told(stored(both), action, **facts):
            if message.channel == Channel.SMS:
                assert size(message.text).parts <= 2, message.text


# -- who can't be reached ---------------------------------------------------------------------------
def test_without_an_address_somebody_must_call(dossier: Dossier) -> None:
    """R30: a row that says so, in the words to be said."""
    (call,) = told(reachable(dossier), Action.FINISH, **finished())
    assert (call.channel, call.state, call.reason) == (Channel.CALL, State.QUEUED, Reason.NO_ADDRESS)
    assert "đã có kết quả" in call.text


def test_at_the_counter_one_hears_it_there(dossier: Dossier) -> None:
    tell(Entry.objects.get(kind="dossier.receive"), reachable(dossier))
    assert not Message.objects.exists()


def test_what_is_not_set_up_is_kept_and_said(both: Dossier) -> None:
    with override_settings(EMAIL_HOST="", SMS={"adapter": ""}):
        mail, sms, call = told(both, Action.FINISH, **finished())
    assert (mail.state, mail.reason) == (State.SKIPPED, Reason.MAIL_NOT_SET)
    assert (sms.state, sms.reason) == (State.SKIPPED, Reason.SMS_NOT_SET)
    assert (call.recipient, call.reason) == (PHONE, Reason.SMS_NOT_SET)
    assert mail.text


@pytest.mark.parametrize("phone", ["02343822522", "01689123456"])
def test_a_landline_reads_no_sms(dossier: Dossier, phone: str) -> None:
    sms, call = told(reachable(dossier, phone=phone), Action.FINISH, **finished())
    assert (sms.state, sms.reason) == (State.SKIPPED, Reason.NOT_MOBILE)
    assert call.recipient == phone


def test_one_open_way_is_enough(dossier: Dossier) -> None:
    mail, sms = told(reachable(dossier, phone="02343822522", email=MAIL), Action.FINISH, **finished())
    assert (mail.state, sms.state) == (State.QUEUED, State.SKIPPED)


def test_no_real_telephone_rings_for_a_dossier_of_nobody(clerk: Played) -> None:
    dossier = stored(received(clerk, is_simulated=True))
    sms, call = told(dossier, Action.FINISH, **finished())
    assert (sms.state, sms.reason) == (State.SKIPPED, Reason.SIMULATED)
    assert call.text.startswith("[Mô phỏng] ")
    with override_settings(SMS={"adapter": "file", "path": "x"}):
        (sms,) = told(dossier, Action.HAND_OVER)
    assert sms.state == State.QUEUED
    assert sms.text.startswith("[Mo phong] ")


def test_a_call_that_came_too_late_is_not_made(dossier: Dossier, clerk: Played) -> None:
    reachable(dossier)
    (call,) = told(dossier, Action.FINISH, **finished())
    told(dossier, Action.HAND_OVER)
    call.refresh_from_db()
    assert (call.state, call.reason) == (State.SKIPPED, Reason.OUTDATED)


def test_what_is_overtaken_is_not_said(both: Dossier) -> None:
    """The worker stood still for a while: received and finished meanwhile, only the result is told."""
    entry = Entry.objects.get(kind="dossier.receive")
    finish = happen(both, Action.FINISH, **finished())
    tell(entry, stored(both))
    tell(finish, stored(both))
    states = Message.objects.order_by("pk").values_list("event", "state", "reason")
    assert [state for state in states if state[0] == "receive"] == [
        ("receive", State.SKIPPED, Reason.OUTDATED)
    ] * 2
    assert [state for state in states if state[0] == "finish"] == [("finish", State.QUEUED, "")] * 2


# -- officers ---------------------------------------------------------------------------------------
def test_a_late_answer_is_told_to_the_head_of_both_desks(both: Dossier, leader: Played) -> None:
    """R22: the agency that asked tells the head of the desk that received it."""
    a_ngo = Unit.objects.get(code="20068")
    Consultation.objects.create(
        dossier=both,
        number=1,
        from_unit=both.unit,
        to_unit=Unit.objects.get(code="474"),
        question="?",
        asked_at=MONDAY,
        due_at=MONDAY,
    )
    messages = told(both, Action.LATE_ANSWER, holder_unit=a_ngo)
    assert {message.officer for message in messages} == {leader.user, played("lanhdao.ango").user}
    assert {(m.channel, m.state) for m in messages} == {(Channel.INBOX, State.SENT)}
    assert "Thành phố Huế chưa trả lời, hạn 09:00, 16/11/2026" in messages[0].text


def test_a_question_is_told_to_all_of_the_asked_agency_who_can_answer(
    both: Dossier, specialist: Played
) -> None:
    """R22: which dossier, who asks and until when; the question itself stays on the dossier's page."""
    police = Unit.objects.get(code="474-CA")
    asked = Question(police.pk, "Bà Nguyễn Thị Thử có tiền án không?", 2)
    actions.consult(specialist.act(MONDAY + HOUR), both.pk, asked)
    entry = Entry.objects.get(kind="dossier.consult")
    tell(entry, stored(both))
    messages = Message.objects.filter(entry=entry)
    assert {message.officer.username for message in messages} == {"conganhuyen.hue", "conganhuyen-ld.hue"}
    assert {(m.channel, m.state) for m in messages} == {(Channel.INBOX, State.SENT)}
    message = messages[0]
    assert message.subject == f"Hồ sơ {both.code}: Phường Phước Vĩnh hỏi ý kiến"
    assert "hạn 17:00, 18/11/2026" in message.text
    assert not any(secret in message.subject + message.text for secret in (*SECRETS, "tiền án"))
    tell(entry, stored(both))
    assert messages.count() == 2


def test_a_draft_of_an_apology_is_told_to_the_leader(both: Dossier, leader: Played) -> None:
    """R26."""
    apology(both)
    (message,) = told(both, Action.DRAFT_APOLOGY)
    assert message.officer == leader.user
    assert "ký chậm nhất 11:00, 16/11/2026" in message.text


def test_who_is_given_a_dossier_hears_it_and_who_takes_it_himself_does_not(
    both: Dossier, specialist: Played, leader: Played
) -> None:
    """R20."""
    (message,) = told(both, Action.ASSIGN, by=leader.officer, assignee=specialist.user)
    assert message.officer == specialist.user
    assert told(both, Action.ASSIGN, by=specialist.officer, assignee=specialist.user) == []


def test_a_second_supplement_is_told_to_the_leader(both: Dossier, specialist: Played, leader: Played) -> None:
    """R14."""
    (message,) = told(both, Action.PROPOSE_SUPPLEMENT, by=specialist.officer)
    assert message.officer == leader.user


# -- how it is written ------------------------------------------------------------------------------
def test_the_nearest_choice_decides_about_accents(both: Dossier) -> None:
    def written() -> str:
        return told(stored(both), Action.HAND_OVER)[1].text

    assert "da hoan tat" in written()
    SmsStyle.objects.create(unit=Unit.objects.get(code="46"), without_accents=False)
    assert "đã hoàn tất" in written()
    SmsStyle.objects.create(unit=both.unit, without_accents=True)
    assert "da hoan tat" in written()


def test_every_event_has_words_for_each_of_its_channels() -> None:
    assert all(event.drafts for event in EVENTS.values())
