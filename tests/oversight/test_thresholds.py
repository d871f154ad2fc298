"""`thresholds`: where signals begin is the province's to set, with its basis, within bounds and on record (R27)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.journal.queries import first_break
from motcua.oversight import looking
from motcua.oversight.errors import SignalRefused
from motcua.oversight.models import Signal, ThresholdSetting
from motcua.oversight.thresholds import in_force, set_thresholds
from motcua.results import actions as results
from motcua.results.actions import ResultFacts
from motcua.rules.signals import BOUNDS, USUAL, Kind
from tests.cast import MONDAY, Played, received
from tests.oversight.conftest import NOW, queries

THRESHOLDS = reverse("thresholds")
BASIS = "Kế hoạch 7/KH-UBND, tăng cường giám sát quý IV"
USUALLY = {name: str(getattr(USUAL, name)) for name in BOUNDS} | {"basis": BASIS}


def noticed() -> list[str]:
    looking.look(timezone.now())
    return list(Signal.objects.order_by("pk").values_list("kind", flat=True))


def in_steps(clerk: Played, specialist: Played, leader: Played, clock) -> Dossier:
    """Three steps within a minute and a bit: below the usual measure."""
    dossier = received(clerk, at=timezone.now())
    for act in (
        lambda: actions.forward(specialist.act(), dossier.pk),
        lambda: actions.approve(leader.act(), dossier.pk),
        lambda: results.record(clerk.act(), dossier.pk, ResultFacts(number="1/TL")),
    ):
        clock.shift(timedelta(seconds=25))
        act()
    return dossier


def test_until_somebody_sets_them_they_are_the_rules_own(db) -> None:
    assert in_force() == USUAL


def test_a_lower_measure_notices_what_the_usual_one_does_not(
    clerk, specialist, leader, administrator, clock
) -> None:
    in_steps(clerk, specialist, leader, clock)
    assert noticed() == []
    set_thresholds(administrator.officer, replace(USUAL, haste_moves=3), BASIS, timezone.now())
    clock.shift(timedelta(hours=1))
    in_steps(clerk, specialist, leader, clock)
    assert Kind.HASTE_DOSSIER in noticed()


def test_a_higher_one_lets_pass_and_what_was_noticed_stays(clerk, administrator, clock) -> None:
    clock.move_to(datetime.fromisoformat("2026-11-18T09:01+07:00"))
    received(clerk, at=MONDAY)
    assert noticed() == [Kind.ENTERED_LATE]
    set_thresholds(administrator.officer, replace(USUAL, entered_late_minutes=4800), BASIS, timezone.now())
    received(clerk, at=MONDAY)
    assert noticed() == [Kind.ENTERED_LATE]


@pytest.mark.parametrize("name", sorted(BOUNDS))
def test_each_number_is_read_where_it_counts(name: str, administrator: Played) -> None:
    """None is only shown."""
    least, _most = BOUNDS[name]
    set_thresholds(administrator.officer, replace(USUAL, **{name: least}), BASIS, NOW)
    assert getattr(in_force(), name) == least
    assert in_force() == replace(USUAL, **{name: least})


def test_it_is_told_in_the_province_s_chain(administrator: Played) -> None:
    row = set_thresholds(administrator.officer, replace(USUAL, week_percent=50), BASIS, NOW)
    entry = Entry.objects.get(kind="signals.thresholds_set")
    assert (entry.chain, entry.subject, entry.actor_id) == (
        "46",
        f"thresholds:{row.pk}",
        administrator.user.pk,
    )
    facts = entry.read_facts()
    assert facts["week_percent"] == 50
    assert set(facts) == {*BOUNDS, "basis"}
    assert "Kế hoạch" not in entry.facts
    assert first_break("46") is None


def test_the_same_again_is_nothing(administrator: Played) -> None:
    assert set_thresholds(administrator.officer, USUAL, BASIS, NOW) is None
    assert not Entry.objects.exists()


def test_nobody_else_sets_them_and_nobody_blinds_a_rule(supervisor: Played, administrator: Played) -> None:
    wrong = (
        (supervisor, USUAL, BASIS, "Chỉ quản trị tỉnh"),
        (administrator, replace(USUAL, haste_moves=9999), BASIS, "ngoài khoảng"),
        (administrator, replace(USUAL, haste_moves=5), " ", "căn cứ"),
    )
    for who, wanted, basis, message in wrong:
        with pytest.raises(SignalRefused, match=message):
            set_thresholds(who.officer, wanted, basis, NOW)
    assert not ThresholdSetting.objects.exists()


# -- the page -------------------------------------------------------------------------------------
def test_the_page_shows_what_counts_and_who_set_it(office, administrator: Played) -> None:
    assert "Chưa đặt lần nào" in office.get(THRESHOLDS).content.decode()
    answer = office.post(THRESHOLDS, USUALLY | {"haste_clicks": "8"}, follow=True)
    page = answer.content.decode()
    assert "Đã đặt ngưỡng mới" in page
    assert 'value="8"' in page
    assert BASIS in page
    assert administrator.user.full_name in page
    assert in_force().haste_clicks == 8
    assert (
        "vẫn như trước"
        in office.post(THRESHOLDS, USUALLY | {"haste_clicks": "8"}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("haste_moves", "2", "Ít nhất là 3."),
        ("week_percent", "101", "Nhiều nhất là 95."),
        ("month_least", "", "Hãy ghi một số."),
        ("month_least", "nhiều", "Hãy ghi một số nguyên."),
        ("clock_back_minutes", "9" * 30, "Nhiều nhất là 1440."),
        ("basis", " ", "Hãy ghi căn cứ hoặc lý do thay đổi."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_rest_stays(office, field, value, message) -> None:
    answer = office.post(THRESHOLDS, USUALLY | {"haste_clicks": "77", field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="77"' in page
    assert not ThresholdSetting.objects.exists()


def test_a_long_history_costs_the_same(office, administrator: Played) -> None:
    few = queries(office, THRESHOLDS)
    for n in range(15):
        set_thresholds(administrator.officer, replace(USUAL, haste_clicks=20 + n), f"Lần {n}", NOW)
    assert queries(office, THRESHOLDS) == few
    page = office.get(THRESHOLDS).content.decode()
    assert "Lần 14" in page
    assert "Lần 4<" not in page  # the last ten
