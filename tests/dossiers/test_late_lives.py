"""Any sequence of acts with time passing: no apology moves the law's date, none comes twice, none makes it punctual."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from motcua.dossiers import actions
from motcua.dossiers.actions import Act, Letter, foresee
from motcua.dossiers.choices import LateReason
from motcua.dossiers.clock import local
from motcua.dossiers.models import Apology, Dossier
from motcua.journal.errors import Refused
from motcua.results import actions as results
from motcua.results import apologies
from motcua.rules.punctuality import Punctuality, punctuality
from tests.cast import Played
from tests.databases import ON_POSTGRES
from tests.dossiers.lives import PAPER, Desk, stored, trace
from tests.dossiers.test_lives import ACTS, Lives

LETTERS = st.builds(
    Letter,
    st.sampled_from([LateReason.WORKLOAD, LateReason.OTHER]),
    st.sampled_from(["", "Chờ trả lời."]),
    st.none(),
)


def _apology(pk: int) -> int:
    """The latest of a dossier, dropped or signed ones too; 0: none."""
    return Apology.objects.filter(dossier=pk).order_by("pk").values_list("pk", flat=True).last() or 0


DEEDS: dict[str, Callable[[Act, int, Letter], Any]] = {
    "draft": actions.draft,
    "sign": lambda act, pk, letter: actions.sign(act, pk, _apology(pk), letter),
    "sign and issue": lambda act, pk, letter: apologies.sign(act, _apology(pk), letter),
    "let pass": lambda act, pk, letter: apologies.waive(act, pk, words=letter.text),
    "approve with a letter": lambda act, pk, letter: results.approve(act, pk, letter=letter),
    "approve without": lambda act, pk, letter: results.approve(act, pk, waiver=letter.text),
}


SENSIBLE_DEEDS = ("sign and issue", "sign and issue", "approve with a letter", "let pass")


ONWARD = ("hand over", "approve with its result", "forward", "finish", "result")


class LateLives(Lives):
    @rule(days=st.integers(1, 9))
    def wait_for_days(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(
        which=st.integers(0, 2),
        days=st.integers(3, 9),
        prepared=st.booleans(),
        name=st.none() | st.sampled_from(SENSIBLE_DEEDS),
    )
    def a_late_life(self, which: int, days: int, name: str | None, *, prepared: bool) -> None:
        """Forgotten for some days, apologised for or not, and brought on as far as it goes."""
        self.wait_for_days(days)
        if prepared:
            with suppress(Refused):
                dossier = self.dossiers[which % len(self.dossiers)]
                results.record(self.people[1].act(self.now), dossier.pk, PAPER)
        if name:
            self.as_it_should_be(which, name, dated=False)
        for _ in range(4):
            self.onward(stored(self.dossiers[which % len(self.dossiers)]))

    def onward(self, dossier: Dossier) -> None:
        for name in ONWARD:
            for who in self.people:
                with suppress(Refused):
                    ACTS[name](who.act(self.now), dossier.pk, "")
                    return self.look_at(dossier)
        return None

    @rule(which=st.integers(0, 2), name=st.sampled_from(SENSIBLE_DEEDS), dated=st.booleans())
    def as_it_should_be(self, which: int, name: str, *, dated: bool) -> None:
        """The software drafts, and the leader does what there is to do: else random people would hardly ever."""
        self.software()
        dossier = stored(self.dossiers[which % len(self.dossiers)])
        draft = Apology.objects.filter(dossier=dossier, signed_at=None, dropped_at=None).first()
        proposed = draft.new_due_at if draft and dated else None
        try:
            DEEDS[name](self.people[3].act(self.now), dossier.pk, Letter(LateReason.OTHER, "Bão.", proposed))
        except Refused:
            return
        self.look_at(dossier)

    @rule()
    def software(self) -> None:
        foresee(self.now)
        for dossier in self.dossiers:
            self.look_at(dossier)

    @rule(
        which=st.integers(0, 2),
        name=st.sampled_from(sorted(DEEDS)),
        who=st.sampled_from([1, 3, 3, 3, 4]),
        letter=LETTERS,
        late=st.sampled_from([0, 0, 0, 1]),
        later=st.none() | st.integers(-3, 20),
    )
    def deed(self, which: int, name: str, who: int, letter: Letter, late: int, later: int | None) -> None:
        dossier = stored(self.dossiers[which % len(self.dossiers)])
        if later is not None:
            wanted = local(dossier.due_at).replace(hour=17, minute=0) + timedelta(days=later)
            letter = Letter(letter.reason, letter.text, wanted.replace(tzinfo=dossier.due_at.tzinfo))
        before, rows = trace(dossier), list(Apology.objects.order_by("pk").values())
        act = self.people[who].act(self.now, revision=dossier.revision - late)
        try:
            DEEDS[name](act, dossier.pk, letter)
        except Refused:
            assert trace(dossier) == before
            assert list(Apology.objects.order_by("pk").values()) == rows
        else:
            self.look_at(dossier)

    def look_at(self, dossier: Dossier) -> None:
        super().look_at(dossier)  # the due time is what it was
        now = stored(dossier)
        live = Apology.objects.filter(dossier=now, cause="late", dropped_at=None)
        assert live.count() <= 1
        signed = live.exclude(signed_at=None).first()
        assert now.apologised_at == (signed.signed_at if signed else None)
        if signed is None or signed.new_due_at is None:
            assert now.appointment_at is None
        else:
            assert signed.signed_at is not None
            assert now.appointment_at == signed.new_due_at > max(now.due_at, signed.signed_at)
        if now.finished_at:
            how = punctuality(local(now.due_at), local(now.finished_at))
            assert now.punctuality == how
            if how is Punctuality.LATE:
                assert now.apologised_at or now.apology_waived


@pytest.mark.django_db
def test_whatever_happens_lateness_is_told_and_stays(desk: Desk, outsider: Played) -> None:
    """R15, R26."""

    class Here(LateLives):
        people = (desk.clerk, desk.specialist, desk.other, desk.leader, outsider)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=4 if ON_POSTGRES else 10,  # as in test_lives
            stateful_step_count=12,
            phases=[Phase.generate],  # twelve steps are short enough to read; to shrink them takes minutes
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
