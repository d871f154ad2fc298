"""The queue against a real SMTP server and a real HTTP gateway: sent, refused, down, tried again, given up (R30)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.notices import actions
from motcua.notices.actions import send
from motcua.notices.choices import Channel, Reason, State
from motcua.notices.models import Message
from motcua.notices.sms import HttpGateway
from motcua.rules.workflow import Action
from tests.notices.conftest import (
    MAIL,
    PHONE,
    Company,
    Post,
    finished,
    free_port,
    mail_settings,
    reachable,
    sms_settings,
    told,
)

LATER = timedelta(hours=3)


def result_ready(dossier: Dossier, *, phone: str = "", email: str = "") -> Message:
    """A result is there; the one message about it."""
    (message,) = told(reachable(dossier, phone=phone, email=email), Action.FINISH, **finished())
    return message


def turn(after: timedelta = timedelta()) -> int:
    return actions.send_due(timezone.now() + after)


def now(message: Message) -> tuple[str, str, str, int]:
    message.refresh_from_db()
    return message.state, message.reason, message.last_error, message.attempts


def call(message: Message) -> Message | None:
    return Message.objects.filter(entry=message.entry_id, channel=Channel.CALL).first()


# -- mail -------------------------------------------------------------------------------------------
def test_a_mail_goes_out_as_it_was_written(post: Post, dossier: Dossier) -> None:
    """R30."""
    message = result_ready(dossier, email=MAIL)
    assert turn() == 1
    assert now(message) == (State.SENT, "", "", 1)
    assert message.sent_at
    (mail,) = post.mails
    assert (post.recipients, mail["To"], mail["Subject"].strip()) == ([MAIL], MAIL, message.subject)
    assert mail["From"] == "Một cửa <motcua@hue.example>"
    assert mail["Message-ID"] == f"<motcua.{message.pk}.{message.entry_id}@hue.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().replace("\r\n", "\n").strip() == message.text
    assert turn(LATER) == 0
    assert len(post.mails) == 1


def test_a_mail_sent_again_by_mistake_has_the_same_name(post: Post, dossier: Dossier) -> None:
    """A worker that dies between the server's yes and our note of it: at least once, and recognisable."""
    message = result_ready(dossier, email=MAIL)
    assert send.lease(timezone.now(), {Channel.MAIL}) == message
    turn()
    assert not post.mails, "while it is leased, nobody else sends it"
    turn(send.LEASE)
    turn(send.LEASE)
    assert len(post.mails) == 1
    Message.objects.update(state=State.QUEUED, sent_at=None)
    turn(LATER)
    assert post.mails[0]["Message-ID"] == post.mails[1]["Message-ID"]


def test_an_address_that_does_not_exist_is_given_up_and_somebody_calls(post: Post, dossier: Dossier) -> None:
    post.answers[MAIL] = "550 no such user"
    message = result_ready(dossier, email=MAIL)
    turn()
    assert now(message) == (State.GIVEN_UP, Reason.REFUSED, "smtp_550", 1)
    called = call(message)
    assert called
    assert called.reason == Reason.REFUSED
    assert "đã có kết quả" in called.text


def test_the_next_mail_does_not_wait_for_a_bad_address(post: Post, dossier: Dossier) -> None:
    post.answers["sai@hue.example"] = "550 no such user"
    bad = told(reachable(dossier, email="sai@hue.example"), Action.RECALL)[0]
    good = told(reachable(dossier, email=MAIL), Action.REISSUE)[0]
    Message.objects.filter(pk=bad.pk).update(event="hand_over")  # never moot
    assert turn() == 2
    assert (now(bad)[0], now(good)[0]) == (State.GIVEN_UP, State.SENT)


def test_come_back_later_is_tried_again(post: Post, dossier: Dossier) -> None:
    """Greylisting: 451 today, taken a little later."""
    post.answers[MAIL] = "451 try later"
    message = result_ready(dossier, email=MAIL)
    turn()
    assert now(message) == (State.FAILED, "", "smtp_451", 1)
    assert turn() == 0
    post.answers.clear()
    assert turn(timedelta(minutes=1, seconds=1)) == 1
    assert now(message) == (State.SENT, "", "", 2)
    assert call(message) is None


def test_without_a_server_one_waits_and_the_others_are_not_tried(dossier: Dossier) -> None:
    messages = [told(reachable(dossier, email=MAIL), Action.HAND_OVER)[0] for _ in range(3)]
    with mail_settings(free_port()):
        Message.objects.update(state=State.QUEUED, reason="")
        assert turn() == 1
    assert [now(message)[2:] for message in messages] == [("unreachable", 1), ("", 0), ("", 0)]


def test_a_server_that_says_nothing_does_not_hold_the_worker(dossier: Dossier, silent_port: int) -> None:
    with mail_settings(silent_port, EMAIL_TIMEOUT=0.2):
        message = result_ready(dossier, email=MAIL)
        turn()
    assert now(message) == (State.FAILED, "", "timeout", 1)


def test_a_wrong_password_is_ours_to_mend(guarded_post: Post, dossier: Dossier) -> None:
    message = result_ready(dossier, email=MAIL)
    turn()
    assert now(message) == (State.FAILED, "", "auth", 1)


def test_a_password_does_not_go_out_in_the_clear(post: Post, dossier: Dossier) -> None:
    """The server offers no STARTTLS; the mail waits."""
    with mail_settings(post.port, EMAIL_USE_TLS=True):
        message = result_ready(dossier, email=MAIL)
        turn()
    assert now(message) == (State.FAILED, "", "tls", 1)
    assert not post.mails


def test_after_the_last_attempt_somebody_calls(dossier: Dossier) -> None:
    """R30: who cannot be reached by a machine hears it from a person."""
    with mail_settings(free_port()):
        message = result_ready(dossier, email=MAIL)
        for number in range(send.MOST_ATTEMPTS):
            assert call(message) is None
            assert turn(number * LATER) == 1
            Message.objects.filter(pk=message.pk).update(due_at=timezone.now())
        assert turn(LATER * 99) == 0
    assert now(message) == (State.GIVEN_UP, Reason.TRIED_OUT, "unreachable", send.MOST_ATTEMPTS)
    assert call(message)


def test_pauses_grow_up_to_two_hours(dossier: Dossier) -> None:
    pauses = []
    with mail_settings(free_port()):
        message = result_ready(dossier, email=MAIL)
        for _ in range(9):
            before = timezone.now()
            turn(LATER)
            message.refresh_from_db()
            pauses.append(round((message.due_at - before).total_seconds() / 60))
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 120, 120]


def test_a_message_that_kills_its_worker_is_not_tried_for_ever(post: Post, dossier: Dossier) -> None:
    message = result_ready(dossier, email=MAIL)
    Message.objects.update(attempts=send.MOST_ATTEMPTS)
    turn()
    assert now(message)[:3] == (State.GIVEN_UP, Reason.TRIED_OUT, "worker_died")
    assert not post.mails


def test_what_became_untrue_while_it_waited_is_not_sent(post: Post, dossier: Dossier) -> None:
    message = result_ready(dossier, email=MAIL)
    told(reachable(dossier, email=MAIL), Action.HAND_OVER)
    turn()
    assert now(message)[:2] == (State.SKIPPED, Reason.OUTDATED)
    assert [mail["Subject"].strip() for mail in post.mails] == [f"Hồ sơ {dossier.code} đã hoàn tất"]


def test_settings_that_came_later_are_used(post: Post, dossier: Dossier) -> None:
    with override_settings(EMAIL_HOST=""):
        message, waiting = told(reachable(dossier, email=MAIL), Action.FINISH, **finished())
    assert now(message)[:2] == (State.SKIPPED, Reason.MAIL_NOT_SET)
    assert actions.retry(message.pk)
    turn()
    assert now(message)[0] == State.SENT
    assert now(waiting)[:2] == (State.SKIPPED, Reason.REACHED), "whoever was to be called has heard it"


def test_settings_that_went_away_are_said(dossier: Dossier) -> None:
    with mail_settings(free_port()):
        message = result_ready(dossier, email=MAIL)
    turn()
    assert now(message)[:2] == (State.SKIPPED, Reason.MAIL_NOT_SET)
    assert call(message)


def test_nothing_personal_is_logged(dossier: Dossier, caplog: pytest.LogCaptureFixture) -> None:
    with mail_settings(free_port()):
        result_ready(dossier, email=MAIL)
        turn()
    assert "unreachable" in caplog.text
    assert MAIL not in caplog.text
    assert dossier.code not in caplog.text


# -- SMS ----------------------------------------------------------------------------------------------
@pytest.fixture
def sms(company: Company, dossier: Dossier) -> Iterator[Message]:
    return result_ready(dossier, phone="+84905000999")


def test_an_sms_goes_to_the_gateway(company: Company, sms: Message) -> None:
    """R30."""
    turn()
    assert now(sms) == (State.SENT, "", "", 1)
    assert company.asked == [{"to": PHONE, "text": sms.text, "reference": sms.reference}]
    assert company.headers[0]["Authorization"] == "Bearer secret"
    assert turn(LATER) == 0


def test_each_company_names_its_fields(company: Company, sms: Message) -> None:
    names = {
        "to": "Phone",
        "text": "Content",
        "sender": "Brandname",
        "token": "ApiKey",
        "reference": "RequestId",
    }
    with sms_settings(
        company.url,
        fields=names,
        sender="UBNDHUE",
        extra={"SmsType": 2},
        numbers="country",
        accepted=("CodeResult", "100"),
    ):
        turn()
    assert company.asked == [
        {
            "SmsType": 2,
            "Phone": "84905000999",
            "Content": sms.text,
            "Brandname": "UBNDHUE",
            "ApiKey": "secret",
            "RequestId": sms.reference,
        }
    ]
    assert "Authorization" not in company.headers[0]
    assert now(sms)[0] == State.SENT


@pytest.mark.parametrize(
    ("status", "answer", "accepted", "state", "error"),
    [
        (400, "", None, State.GIVEN_UP, "http_400"),
        (401, "", None, State.FAILED, "http_401"),
        (429, "", None, State.FAILED, "http_429"),
        (500, "", None, State.FAILED, "http_500"),
        (302, "", None, State.FAILED, "http_302"),
        (200, '{"CodeResult": 104}', ("CodeResult", "100"), State.FAILED, "not_accepted"),
        (200, '{"CodeResult": 100}', ("CodeResult", "100"), State.SENT, ""),
        (200, "<html>", ("CodeResult", "100"), State.FAILED, "answer_unreadable"),
        (200, "[]", ("CodeResult", "100"), State.FAILED, "answer_unreadable"),
    ],
)
def test_what_a_gateway_answers_is_understood(
    company: Company, sms: Message, status: int, answer: str, accepted: Any, state: str, error: str
) -> None:
    company.status, company.answer = status, answer
    with sms_settings(company.url, accepted=accepted):
        turn()
    assert (now(sms)[0], now(sms)[2]) == (state, error)
    assert len(company.asked) == 1, "no redirection is followed"
    assert (call(sms) is not None) is (state == State.GIVEN_UP)


def test_a_gateway_that_says_nothing_does_not_hold_the_worker(dossier: Dossier, silent_port: int) -> None:
    with sms_settings(f"http://127.0.0.1:{silent_port}/", timeout=0.2):
        message = result_ready(dossier, phone=PHONE)
        turn()
    assert now(message)[:3] == (State.FAILED, "", "timeout")


def test_what_speaks_no_tls_gets_no_token(company: Company, sms: Message) -> None:
    with sms_settings(company.url.replace("http:", "https:")):
        turn()
    assert now(sms)[2] == "tls"
    assert not company.asked


def test_a_gateway_that_is_down_does_not_stop_the_mail(post: Post, dossier: Dossier) -> None:
    with sms_settings(f"http://127.0.0.1:{free_port()}/"):
        mail, sms = told(reachable(dossier, phone=PHONE, email=MAIL), Action.FINISH, **finished())
        turn()
    assert (now(mail)[0], now(sms)[0]) == (State.SENT, State.FAILED)


def test_what_nobody_thought_of_stops_one_message_only(
    company: Company, dossier: Dossier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (told(reachable(dossier, phone=PHONE), Action.HAND_OVER)[0] for _ in range(2))
    post = HttpGateway._post

    def broken(self: HttpGateway, body: bytes, headers: Any) -> tuple[int, bytes]:
        if first.reference in body.decode():
            raise LookupError(PHONE)
        return post(self, body, headers)

    monkeypatch.setattr(HttpGateway, "_post", broken)
    assert turn() == 2
    assert (now(first)[0], now(first)[2], now(second)[0]) == (State.FAILED, "LookupError", State.SENT)
    assert PHONE not in caplog.text


def test_a_turn_ends_in_time_for_other_work(
    company: Company, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "TURN_SECONDS", 0)
    result_ready(dossier, phone=PHONE)
    assert turn() == 0


def test_a_worker_that_was_slower_than_its_lease_does_not_undo_the_others_work(
    post: Post, dossier: Dossier
) -> None:
    message = result_ready(dossier, email=MAIL)
    slow = send.lease(timezone.now(), {Channel.MAIL})
    assert slow
    turn(send.LEASE)
    send._put_back(slow, send.NotSent("timeout"))
    assert now(message)[0] == State.SENT


def test_the_clock_of_a_turn_is_the_workers(dossier: Dossier, company: Company) -> None:
    result_ready(dossier, phone=PHONE)
    assert actions.send_due(datetime.fromisoformat("2020-01-01T00:00+07:00")) == 0
