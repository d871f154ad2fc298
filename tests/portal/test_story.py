"""What the tracking page tells of a dossier that waits, is late, is corrected, or lies in another agency (R24, R26, R51)."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from motcua.dossiers.actions.act import write
from motcua.dossiers.choices import Outcome
from motcua.dossiers.models import Dossier, Leg, Step
from motcua.people.models import Unit
from motcua.portal.story import _MOVING, _PLAIN
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY, Played, received

HOUR = timedelta(hours=1)
THURSDAY = datetime.fromisoformat("2026-11-19T17:00+07:00")
NEXT_WEEK = datetime.fromisoformat("2026-11-24T17:00+07:00")


def shown(client, dossier: Dossier) -> str:
    """The words of the page."""
    page = html.unescape(client.get(reverse("track", args=[dossier.code])).content.decode())
    assert "không khớp" not in page
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split())


def told(client, dossier: Dossier) -> list[str]:
    """The lines of the story, newest first: sentence and day."""
    page = html.unescape(client.get(reverse("track", args=[dossier.code])).content.decode())
    lines = re.findall(r"<li[^>]*><p>(.*?)</p></li>", page.partition('class="timeline"')[2])
    return [" ".join(re.sub(r"<[^>]*>", " ", line).split()) for line in lines]


def done(by: Played, dossier: Dossier, action: Action, at: datetime = MONDAY + HOUR, **changes: Any) -> None:
    """An act written as the house writes it, whether or not its own function exists yet."""
    facts = {"from_step": dossier.step, "to_step": changes.get("step", dossier.step), "words": "lời riêng"}
    write(by.act(at), dossier, action, **(facts | changes))


def waiting(specialist: Played, dossier: Dossier) -> None:
    step = Step.objects.get(pk=dossier.step_id)
    step.kind = StepKind.SUPPLEMENT
    step.save()
    dossier.step = step
    done(
        specialist,
        dossier,
        Action.ASK_SUPPLEMENT,
        state=State.WAITING,
        step_kind=StepKind.SUPPLEMENT,
        paused_at=MONDAY + HOUR,
        supplements=1,
    )


def test_a_history_that_does_not_hold_is_said_before_anything_else(client, clerk):
    """R27: a plain warning, and no mark."""
    dossier = received(clerk)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=NEXT_WEEK)
    page = html.unescape(client.get(reverse("track", args=[dossier.code])).content.decode())
    assert page.index("Nhật ký của hồ sơ này không khớp") < page.index("Hẹn trả kết quả")
    assert "khớp với chuỗi" not in page


def test_an_ordinary_way_in_plain_sentences(client, dossier_at):
    assert told(client, dossier_at("returned")) == [
        "Đã trả kết quả 16/11/2026",
        "Đã có kết quả 16/11/2026",
        "Lãnh đạo đã duyệt 16/11/2026",
        "Đã xử lý xong, trình lãnh đạo duyệt 16/11/2026",
        "Đã chuyển đến bộ phận giải quyết 16/11/2026",
        "Đã tiếp nhận hồ sơ 16/11/2026",
    ]


@pytest.mark.parametrize("action", Action)
def test_every_act_is_either_told_in_plain_words_or_is_the_offices_own(client, specialist, clerk, action):
    """No name, no typed word, no hour, whatever the act."""
    dossier = received(clerk)
    done(specialist, dossier, action)
    lines = told(client, dossier)
    hidden = {
        Action.TAKE,
        Action.NOTE,
        Action.ATTACH,
        Action.SCAN,
        Action.ASSIGN,
        Action.PROPOSE_SUPPLEMENT,
        Action.DECLINE_SUPPLEMENT,
        Action.DRAFT_APOLOGY,
        Action.PAY,
        Action.VOID_PAYMENT,
    }
    assert (len(lines) == 2) is (action in hidden)
    page = shown(client, dossier)
    assert not [words for words in ("lời riêng", "Nguyễn Văn", "Trần Thị", "giám hộ") if words in page]
    assert "10:00" not in page


def test_every_word_of_the_table_is_known():
    """An act that is added to the table is told, or hidden on purpose (see above)."""
    assert set(_PLAIN) | set(_MOVING) <= set(Action)


def test_waiting_for_the_citizen_says_what_to_do_and_promises_no_day(client, specialist, clerk):
    """R14: the clock stands still, and the old date is nobody's promise any more."""
    dossier = received(clerk)
    waiting(specialist, dossier)
    page = shown(client, dossier)
    assert "Đang chờ bạn bổ sung giấy tờ, mời đến nơi tiếp nhận" in page
    assert "tạm dừng từ ngày 16/11/2026" in page
    assert "19/11/2026" not in page
    assert told(client, dossier)[0] == "Chờ bạn bổ sung giấy tờ, mời đến nơi tiếp nhận 16/11/2026"


def test_waiting_is_never_overdue(client, specialist, clerk, clock):
    dossier = received(clerk)
    waiting(specialist, dossier)
    clock.move_to("2026-12-23T09:00+07:00")
    assert "quá hạn" not in shown(client, dossier)


def test_an_apology_gives_a_new_date_beside_the_first(client, leader, clerk, clock):
    dossier = received(clerk)
    done(leader, dossier, Action.REAPPOINT, appointment_at=NEXT_WEEK, apologised_at=MONDAY + HOUR)
    page = shown(client, dossier)
    assert "Hẹn trả mới 17:00, 24/11/2026 còn 8 ngày" in page
    assert "Hẹn lần đầu 17:00, 19/11/2026" in page
    assert told(client, dossier)[0] == "Cơ quan xin lỗi vì trễ hẹn; ngày hẹn mới: 24/11/2026 16/11/2026"
    clock.move_to(THURSDAY + timedelta(days=1))
    assert "Ngày hẹn mới là 24/11/2026, thay cho ngày 19/11/2026" in shown(client, dossier)
    clock.move_to(NEXT_WEEK + timedelta(days=2))
    page = shown(client, dossier)
    assert "Đã quá ngày hẹn lại" in page
    assert "quá hạn 2 ngày" in page


def test_a_recalled_result_is_not_offered(client, leader, dossier_at):
    """R32: it was decided in time, and is being made anew."""
    dossier = dossier_at("done")
    done(leader, dossier, Action.RECALL, state=State.CORRECTING)
    page = shown(client, dossier)
    assert "Kết quả có sai sót, đang được cơ quan sửa lại" in page
    assert "mang theo Giấy tiếp nhận" not in page
    assert "mời đến nhận" not in page


@pytest.mark.parametrize(
    ("outcome", "words"), [(Outcome.WITHDRAWN, "đã được rút"), (Outcome.LAPSED, "đã đóng vì chưa bổ sung")]
)
def test_what_ended_without_a_result_is_not_called_one(client, clerk, outcome, words):
    dossier = received(clerk)
    done(
        clerk,
        dossier,
        Action.WITHDRAW,
        state=State.DONE,
        step_kind=StepKind.RETURN,
        outcome=outcome,
        finished_at=MONDAY + HOUR,
        punctuality=Punctuality.EARLY,
    )
    page = shown(client, dossier)
    assert words in page
    assert "kết thúc ngày 16/11/2026" in page
    assert "Đã có kết quả" not in page


# -- interlinked ----------------------------------------------------------------------------------
@pytest.fixture
def sent(clerk, specialist) -> Dossier:
    """Sent from the ward to the district, which has not said yet that it has it."""
    dossier = received(clerk)
    district = Unit.objects.get(code="474")
    now = {"opened_at": MONDAY + HOUR, "due_at": dossier.due_at}
    leg = Leg.objects.create(
        dossier=dossier, unit=district, position=3, minutes=480, sent_by=dossier.unit, **now
    )
    left = dossier.step
    Step.objects.filter(pk=left.pk).update(closed_at=MONDAY + HOUR)
    step = Step.objects.create(
        dossier=dossier, position=3, kind=StepKind.PROCESSING, role="specialist", unit=district,
        minutes=480, leg=leg, field=dossier.field, **now,
    )  # fmt: skip
    done(specialist, dossier, Action.FORWARD, to_step=step, step=step, holder_unit=district, assignee=None)
    return dossier


def test_which_agency_has_it_and_that_it_has_not_answered_yet(client, sent):
    """R24."""
    district = Unit.objects.get(code="474").name
    assert f"Đang ở {district}, đã gửi ngày 16/11/2026, nơi này chưa xác nhận đã nhận" in shown(client, sent)
    assert told(client, sent)[0] == f"Đã chuyển đến {district} 16/11/2026"


def test_which_agency_has_it_and_since_when(client, sent, specialist):
    """R24."""
    Leg.objects.update(acknowledged_at=MONDAY + 2 * HOUR)
    done(specialist, sent, Action.ACKNOWLEDGE, MONDAY + 2 * HOUR)
    district = Unit.objects.get(code="474").name
    page = shown(client, sent)
    assert f"Đang ở {district}, từ ngày 16/11/2026" in page
    assert "chưa xác nhận" not in page
    assert told(client, sent)[0] == f"{district} xác nhận đã nhận hồ sơ 16/11/2026"


def test_one_query_more_or_less_makes_no_difference(client, sent, clerk, django_assert_num_queries):
    """The same as for a dossier that never leaves its unit."""
    for dossier in (sent, received(clerk)):
        with django_assert_num_queries(7):
            client.get(reverse("track", args=[dossier.code]))
