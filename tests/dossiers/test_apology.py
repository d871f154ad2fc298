"""R26: one apology for lateness, with a date that the clock offers, and never a better punctuality for it (R15).

A dossier is received on Monday 16/11 at 9:00 and due on Thursday at 17:00; its apology is in time until Wednesday 17:00.
"""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers import actions, apologies
from motcua.dossiers.actions import Letter
from motcua.dossiers.choices import LateReason, Outcome
from motcua.dossiers.errors import ApologyOwed, Incomplete, NotAllowed, NotFound
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.queries import disagreements
from motcua.journal import queries as journal
from motcua.journal.models import Entry
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind
from tests.cast import MONDAY, Played, received
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

DAY = timedelta(days=1)
DUE = MONDAY.replace(day=19, hour=17)
IN_TIME = DUE - DAY
LATE = DUE + timedelta(days=1, hours=-7)
"""Friday, ten o'clock."""
PLAIN = Letter(LateReason.WORKLOAD)
EXPLAINED = Letter(LateReason.VERIFICATION, "Phải xác minh tại tổ dân phố.")


def drafted(desk: Desk, at: datetime = MONDAY + HOUR, letter: Letter = PLAIN) -> tuple[Dossier, Apology]:
    """With the specialist, who has drafted the letter."""
    dossier = desk.at_processing()
    actions.draft(desk.specialist.act(at), dossier.pk, letter)
    return dossier, Apology.objects.get(dossier=dossier)


def signed(desk: Desk, apology: Apology, letter: Letter = PLAIN, at: datetime = IN_TIME, **how) -> Dossier:
    return actions.sign(desk.leader.act(at), apology.dossier_id, apology.pk, letter, **how)


# -- drafting -------------------------------------------------------------------------------------
def test_a_specialist_drafts_before_the_software_does(desk: Desk) -> None:
    """R26."""
    dossier, apology = drafted(desk, letter=EXPLAINED)
    assert (apology.unit_id, apology.drafted_by_id) == (desk.unit_id, desk.specialist.user.pk)
    assert (apology.reason, apology.text) == ("verification", "Phải xác minh tại tổ dân phố.")
    assert (apology.sign_by, apology.old_due_at, apology.new_due_at) == (IN_TIME, DUE, DUE + DAY)
    move = stored(dossier).moves.latest("number")
    assert (move.action, move.by_id) == (Action.DRAFT_APOLOGY, desk.specialist.user.pk)
    assert move.words == "Phải xác minh, thẩm tra thêm. Phải xác minh tại tổ dân phố."
    facts = entries_of(dossier)[-1].read_facts()
    assert (facts["apology"], facts["foreseen"]) == (apology.pk, "")
    assert "tổ dân phố" not in entries_of(dossier)[-1].facts
    assert (stored(dossier).appointment_at, stored(dossier).due_at) == (None, DUE)


def test_a_second_draft_fills_in_the_first(desk: Desk) -> None:
    dossier, apology = drafted(desk)
    actions.draft(desk.specialist.act(MONDAY + 2 * HOUR), dossier.pk, EXPLAINED)
    again = Apology.objects.get(dossier=dossier)
    assert (again.pk, again.text) == (apology.pk, EXPLAINED.text)


@pytest.mark.parametrize("who", ["clerk", "other", "leader"])
def test_nobody_else_drafts_for_the_specialist(desk: Desk, who: str) -> None:
    dossier = desk.at_processing()
    before = trace(dossier)
    with pytest.raises(NotAllowed):
        actions.draft(getattr(desk, who).act(MONDAY + HOUR), dossier.pk, PLAIN)
    assert trace(dossier) == before
    assert not Apology.objects.exists()


@pytest.mark.parametrize(
    ("letter", "message"),
    [(Letter(LateReason.OTHER, "  "), "ghi rõ lý do"), (Letter(LateReason.OTHER, "x" * 501), "quá dài")],
)
def test_a_letter_that_says_nothing_or_too_much(desk: Desk, letter: Letter, message: str) -> None:
    dossier = desk.at_processing()
    with pytest.raises(Incomplete, match=message) as refusal:
        actions.draft(desk.specialist.act(MONDAY + HOUR), dossier.pk, letter)
    assert refusal.value.field == "text"
    assert not Apology.objects.exists()


# -- signing --------------------------------------------------------------------------------------
def test_the_leader_signs_and_the_law_s_date_stays(desk: Desk) -> None:
    """R15, R26: a new date for the citizen, none for the statistics."""
    dossier, apology = drafted(desk)
    signed(desk, apology, EXPLAINED)
    now, apology = stored(dossier), Apology.objects.get()
    assert (now.due_at, now.appointment_at, now.apologised_at) == (DUE, DUE + DAY, IN_TIME)
    assert (now.state, now.step_kind, now.step_due_at) == (
        State.PROCESSING,
        StepKind.PROCESSING,
        dossier.step_due_at,
    )
    assert (apology.signed_by_id, apology.signed_at, apology.new_due_at) == (
        desk.leader.user.pk,
        IN_TIME,
        DUE + DAY,
    )
    move = now.moves.latest("number")
    assert (move.action, move.by_id) == (Action.REAPPOINT, desk.leader.user.pk)
    facts = entries_of(dossier)[-1].read_facts()
    assert (facts["cause"], facts["in_time"], facts["apology"]) == ("late", True, apology.pk)
    assert journal.first_break("19798") is None
    assert list(disagreements("19798")) == []


def test_signed_after_its_moment_is_signed_and_says_so(desk: Desk) -> None:
    dossier, apology = drafted(desk)
    signed(desk, apology, at=IN_TIME + timedelta(minutes=1))
    assert entries_of(dossier)[-1].read_facts()["in_time"] is False


@pytest.mark.parametrize("finished", [DUE + timedelta(minutes=1), DUE + DAY, DUE + 30 * DAY])
def test_a_new_appointment_never_makes_it_punctual(desk: Desk, finished: datetime) -> None:
    """R15: kept or not, the new date changes nothing; the dossier stays late."""
    dossier, apology = drafted(desk)
    signed(desk, apology)
    actions.forward(desk.specialist.act(IN_TIME), dossier.pk)
    actions.approve(desk.leader.act(IN_TIME), dossier.pk)
    actions.finish(desk.clerk.act(finished), dossier.pk)
    now = stored(dossier)
    assert (now.punctuality, now.due_at) == (Punctuality.LATE, DUE)


def test_finished_in_time_after_all_stays_in_time(desk: Desk) -> None:
    """R15: an apology given for nothing makes nobody late either."""
    dossier, apology = drafted(desk)
    signed(desk, apology)
    actions.forward(desk.specialist.act(IN_TIME), dossier.pk)
    actions.approve(desk.leader.act(IN_TIME), dossier.pk)
    actions.finish(desk.clerk.act(DUE), dossier.pk)
    assert stored(dossier).punctuality == Punctuality.ON_TIME


def test_once_for_a_dossier(desk: Desk) -> None:
    """R26: Đ.19.9, no more than once."""
    dossier, apology = drafted(desk)
    signed(desk, apology)
    before = trace(dossier)
    with pytest.raises(NotAllowed, match="Nguyễn Văn Hùng đã ký thư xin lỗi này lúc 17:00, 18/11/2026"):
        signed(desk, apology, at=LATE)
    with pytest.raises(NotAllowed, match="một lần"):
        actions.draft(desk.specialist.act(LATE), dossier.pk, PLAIN)
    actions.foresee(LATE)
    assert trace(dossier) == before
    assert Apology.objects.count() == 1


@pytest.mark.parametrize("who", ["clerk", "specialist", "other"])
def test_only_the_leader_signs(desk: Desk, who: str) -> None:
    dossier, apology = drafted(desk)
    before = trace(dossier)
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.sign(getattr(desk, who).act(IN_TIME), dossier.pk, apology.pk, PLAIN)
    assert trace(dossier) == before


def test_an_outsider_finds_nothing(desk: Desk, outsider: Played) -> None:
    dossier, apology = drafted(desk)
    with pytest.raises(NotFound):
        actions.sign(outsider.act(IN_TIME), dossier.pk, apology.pk, PLAIN)


def test_a_letter_of_another_dossier_is_not_found(desk: Desk) -> None:
    _dossier, apology = drafted(desk)
    with pytest.raises(NotFound):
        actions.sign(desk.leader.act(IN_TIME), desk.at_processing().pk, apology.pk, PLAIN)


# -- the new date ---------------------------------------------------------------------------------
def test_a_later_working_day_with_a_reason(desk: Desk) -> None:
    dossier, apology = drafted(desk)
    later = DUE + 6 * DAY  # Wednesday; Friday is proposed, and Tuesday is a holiday
    signed(desk, apology, Letter(LateReason.WORKLOAD, "Chờ công văn trả lời.", later))
    assert stored(dossier).appointment_at == later


@pytest.mark.parametrize(
    ("wanted", "text", "field", "message"),
    [
        (IN_TIME - DAY, "Vì…", "new_due_at", "17:00, 17/11/2026 đã qua"),
        (IN_TIME, "Vì…", "new_due_at", "đã qua"),
        (DUE, "Vì…", "new_due_at", "không sau hạn trả"),
        (DUE + 2 * HOUR, "Vì…", "new_due_at", "sớm nhất là 17:00, 20/11/2026"),
        (DUE + DAY - HOUR, "Vì…", "new_due_at", "sớm nhất"),
        (DUE + 6 * DAY - HOUR, "Vì…", "new_due_at", "không phải giờ cuối"),
        (DUE + 5 * DAY, "Vì…", "new_due_at", "không phải giờ cuối"),
        (DUE + 30 * DAY, "Vì…", "new_due_at", "muộn nhất là 17:00, 26/11/2026"),
        (DUE + 6 * DAY, " ", "text", "ghi rõ vì sao"),
    ],
)
def test_no_other_date_can_be_given(
    desk: Desk, wanted: datetime, text: str, field: str, message: str
) -> None:
    """R15, R26: nobody types a date; past, too early, too late and days off are refused in words.

    On Wednesday at 17:00 the day of work and the leader's six hours that are left end on Friday; Tuesday is a holiday.
    """
    dossier, apology = drafted(desk)
    before = trace(dossier)
    with pytest.raises(Incomplete, match=message) as refusal:
        signed(desk, apology, Letter(LateReason.WORKLOAD, text, wanted), at=IN_TIME)
    assert refusal.value.field == field
    assert trace(dossier) == before
    assert Apology.objects.get().signed_at is None


def test_what_the_page_proposed_an_hour_ago_still_counts(desk: Desk) -> None:
    """The clock's own earlier proposal is taken, although it would propose a later one by now."""
    dossier, apology = drafted(desk)
    signed(desk, apology, Letter(LateReason.WORKLOAD, "", apology.new_due_at), at=DUE + HOUR)
    assert stored(dossier).appointment_at == DUE + DAY


def test_without_a_wish_the_clock_s_own(desk: Desk) -> None:
    dossier, apology = drafted(desk)
    signed(desk, apology, at=DUE + HOUR)
    assert stored(dossier).appointment_at == datetime.fromisoformat("2026-11-23T17:00+07:00")


# -- finishing a late one -------------------------------------------------------------------------
def test_a_late_one_is_not_finished_without_an_apology(desk: Desk) -> None:
    """R26."""
    dossier = desk.at_return()
    before = trace(dossier)
    with pytest.raises(ApologyOwed, match="lãnh đạo ký thư xin lỗi"):
        actions.finish(desk.clerk.act(LATE), dossier.pk)
    assert trace(dossier) == before


def test_let_pass_by_the_leader_it_is_finished_and_stays_a_fault(desk: Desk) -> None:
    """R26: only the leader, with a reason, and it shows."""
    dossier = desk.at_return()
    actions.foresee(LATE)
    with pytest.raises(Incomplete):
        actions.waive(desk.leader.act(LATE), dossier.pk, words=" ")
    with pytest.raises(NotAllowed, match="vai trò"):
        actions.waive(desk.clerk.act(LATE), dossier.pk, words="Đã gọi điện.")
    actions.waive(desk.leader.act(LATE), dossier.pk, words="Đã gọi điện.")
    actions.finish(desk.clerk.act(LATE), dossier.pk)
    now = stored(dossier)
    assert (now.apology_waived, now.apologised_at, now.punctuality) == (True, None, Punctuality.LATE)
    assert Apology.objects.get().dropped_at == LATE
    assert Dossier.objects.filter(apologies.owed(LATE)).get() == now
    assert list(disagreements("19798")) == []


def test_there_is_nothing_to_let_pass_before_it_is_late_or_after_it_was_signed(desk: Desk) -> None:
    dossier = desk.at_return()
    with pytest.raises(NotAllowed, match="chưa trễ hạn"):
        actions.waive(desk.leader.act(DUE), dossier.pk, words="Đã gọi điện.")
    actions.apologise(desk.leader.act(LATE), Dossier.objects.get(pk=dossier.pk), PLAIN, dated=True)
    with pytest.raises(NotAllowed, match="đã có thư"):
        actions.waive(desk.leader.act(LATE), dossier.pk, words="Đã gọi điện.")


def test_finished_a_second_ago_in_time(desk: Desk) -> None:
    """A race that the leader loses is told in words, and the draft is gone."""
    dossier = desk.at_return()
    actions.foresee(IN_TIME + HOUR)
    apology = Apology.objects.create(
        dossier=dossier,
        cause="late",
        unit_id=desk.unit_id,
        drafted_at=MONDAY,
        sign_by=IN_TIME,
        old_due_at=DUE,
        new_due_at=DUE + DAY,
    )
    actions.finish(desk.clerk.act(DUE), dossier.pk)
    with pytest.raises(NotAllowed, match="đã được bỏ lúc 17:00, 19/11/2026"):
        signed(desk, apology, at=DUE)
    entry = Entry.objects.get(kind="apology.dropped")
    assert (entry.subject, entry.read_facts()["why"]) == (f"apology:{apology.pk}", "in time")


def test_a_withdrawn_one_owes_nothing(desk: Desk) -> None:
    dossier = desk.at_return()
    actions.waive(desk.leader.act(LATE), dossier.pk, words="Thử")
    Dossier.objects.filter(pk=dossier.pk).update(apology_waived=False, outcome=Outcome.WITHDRAWN)
    assert not apologies.is_owed(stored(dossier), LATE)


# -- other faults ---------------------------------------------------------------------------------
@pytest.mark.parametrize("cause", ["supplement", "wrong_result", "lost_paper"])
def test_another_fault_is_apologised_for_without_a_new_date(desk: Desk, cause: str) -> None:
    """QĐ 3461/2016: signed the same way; it is no apology for being late."""
    dossier = desk.at_processing()
    apology = Apology.objects.create(
        dossier=dossier,
        cause=cause,
        unit_id=desk.unit_id,
        drafted_at=MONDAY,
        sign_by=IN_TIME,
        old_due_at=DUE,
    )
    signed(desk, apology, Letter(LateReason.OTHER, "Cán bộ làm thất lạc.", DUE + DAY))
    now = stored(dossier)
    assert (now.apologised_at, now.appointment_at) == (None, None)
    assert (Apology.objects.get().signed_at, Apology.objects.get().new_due_at) == (IN_TIME, None)
    assert now.moves.latest("number").action == Action.REAPPOINT


def test_verify_finds_an_appointment_that_nobody_gave(desk: Desk, clerk: Played) -> None:
    """R27: moved by SQL and told by a later lawful act, it shows."""
    dossier = received(clerk)
    Dossier.objects.filter(pk=dossier.pk).update(appointment_at=DUE + 9 * DAY)
    actions.note(clerk.act(MONDAY + HOUR), dossier.pk, words="Một ghi chú.")
    (told,) = disagreements("19798")
    assert "appointment_at" in told
