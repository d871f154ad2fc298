"""`message_queue`, `message_retry`, `message_retry_all`: what went out, what did not, and having it tried again (R30)."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from motcua.notices.choices import Reason, State
from motcua.notices.models import Message
from motcua.rules.workflow import Action
from tests.cast import Played, received
from tests.notices.conftest import reachable, told
from tests.oversight.conftest import NOW, queries

QUEUE, ALL = reverse("message_queue"), reverse("message_retry_all")


@pytest.fixture
def queue(clerk: Played) -> dict[str, Message]:
    """One message in each state."""
    made = {}
    with override_settings(EMAIL_HOST="localhost"):
        for state in State:
            dossier = reachable(received(clerk), email=f"{state}@hue.example")
            (made[state.value],) = told(dossier, Action.HAND_OVER)
    Message.objects.filter(pk=made["sent"].pk).update(state=State.SENT, sent_at=NOW)
    Message.objects.filter(pk=made["failed"].pk).update(state=State.FAILED, last_error="timeout", attempts=2)
    Message.objects.filter(pk=made["given_up"].pk).update(
        state=State.GIVEN_UP, reason=Reason.REFUSED, last_error="smtp_550", attempts=1
    )
    Message.objects.filter(pk=made["skipped"].pk).update(state=State.SKIPPED, reason=Reason.OUTDATED)
    return made


def shown(office: Client, tab: str = "") -> list[int]:
    return [row.pk for row in office.get(QUEUE + (f"?muc={tab}" if tab else "")).context["page"].rows]


def test_the_queue_by_state(office: Client, queue: dict[str, Message]) -> None:
    assert len(shown(office)) == 5
    tabs = {"cho": "queued", "loi": "failed", "thoi": "given_up", "khong": "skipped", "da-gui": "sent"}
    for tab, state in tabs.items():
        assert shown(office, tab) == [queue[state].pk]
    counts = [tab["count"] for tab in office.get(QUEUE).context["tabs"]]
    assert counts == [5, 1, 1, 1, 1, 1]


def test_a_row_says_why_and_names_nobody(office: Client, queue: dict[str, Message]) -> None:
    page = office.get(QUEUE).content.decode()
    for words in ("smtp_550", "nơi nhận từ chối", "timeout", "2 lần thử", "g***@hue.example"):
        assert words in page
    assert "given_up@hue.example" not in page
    assert "Nguyễn Thị Thử" not in page


def test_settings_that_are_missing_are_said(office: Client) -> None:
    page = office.get(QUEUE).content.decode()
    assert "Chưa cấu hình máy chủ thư" in page
    assert "Chưa cấu hình tin nhắn" in page
    with override_settings(EMAIL_HOST="localhost", SMS={"adapter": "http"}):
        assert "Chưa cấu hình" not in office.get(QUEUE).content.decode()


def test_one_is_tried_again(office: Client, queue: dict[str, Message]) -> None:
    message = queue["given_up"]
    answer = office.post(reverse("message_retry", args=[message.pk]), follow=True)
    assert "sẽ được gửi lại" in answer.content.decode()
    message.refresh_from_db()
    assert (message.state, message.reason, message.attempts, message.last_error) == (State.QUEUED, "", 0, "")


@pytest.mark.parametrize("state", ["sent", "skipped", "queued", "failed"])
def test_what_was_sent_or_is_untrue_is_left_alone(
    office: Client, queue: dict[str, Message], state: str
) -> None:
    before = Message.objects.filter(pk=queue[state].pk).values().get()
    answer = office.post(reverse("message_retry", args=[queue[state].pk]), follow=True)
    assert "không gửi lại được nữa" in answer.content.decode()
    assert Message.objects.filter(pk=queue[state].pk).values().get() == before


def test_all_that_can_be_are_tried_again(office: Client, queue: dict[str, Message]) -> None:
    Message.objects.filter(pk=queue["skipped"].pk).update(reason=Reason.MAIL_NOT_SET)
    assert "2 tin sẽ được gửi lại" in office.post(ALL, follow=True).content.decode()
    states = Message.objects.values_list("state", flat=True).order_by("state")
    assert list(states) == ["failed", "queued", "queued", "queued", "sent"]


def test_as_many_queries_for_one_as_for_many(office: Client, clerk: Played) -> None:
    def one() -> None:
        told(reachable(received(clerk), email="thu@hue.example"), Action.HAND_OVER)

    one()
    few = queries(office, QUEUE)
    for _ in range(5):
        one()
    assert queries(office, QUEUE) == few <= 10
