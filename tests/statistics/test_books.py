"""R70, R71: the books balance, in every table, at every level, for every period; and over a merger.

The merger: Phường Phước Vĩnh (19798) goes into Phường Trường An (19795) on 15/06/2026, and that one into Xã Quảng
Thành of another district (19891) on 01/09/2026. The figures are held against a slow count that shares no code.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.people.models import Unit
from motcua.results import actions as results
from motcua.rules.counting import Counts, OutOfBalance
from motcua.statistics import books
from motcua.statistics.errors import ReportRefused
from motcua.statistics.report import report
from motcua.statistics.tree import top
from tests.cast import MONDAY, Played
from tests.dossiers.communes import DAY, planned, unit_of, wanted
from tests.dossiers.lives import PAPER, Desk
from tests.statistics import slow
from tests.statistics.crowd import crowd

OLD, MIDDLE, LAST = "19798", "19795", "19891"
FIRST_DAY, SECOND_DAY = date(2026, 6, 15), date(2026, 9, 1)
NEW_YEAR, TODAY = date(2026, 1, 1), MONDAY.date()
ELSEWHERE = ["19744", "20068"]
UNITS = (OLD, MIDDLE, LAST, *ELSEWHERE)
PERIODS = [
    (NEW_YEAR, TODAY),
    (NEW_YEAR, FIRST_DAY - DAY),
    (NEW_YEAR, FIRST_DAY),
    (date(2026, 3, 10), date(2026, 8, 31)),
    (date(2026, 7, 1), date(2026, 7, 31)),
    (SECOND_DAY, SECOND_DAY),
    (date(2025, 1, 1), date(2025, 12, 31)),
]


@pytest.fixture(autouse=True)
def clock(db) -> Any:
    with time_machine.travel(MONDAY + timedelta(hours=8), tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(clerk: Played, specialist: Played, other_specialist: Played, leader: Played) -> Desk:
    return Desk(clerk, specialist, other_specialist, leader)


@pytest.fixture
def province(desk: Desk, administrator: Played) -> None:
    """Two mergers, and 200 dossiers of random lives around them."""
    like = desk.at_processing()
    Dossier.objects.filter(pk=like.pk).update(received_at=NEW_YEAR.isoformat() + "T08:00+07:00")
    for on, old, heir in ((FIRST_DAY, OLD, MIDDLE), (SECOND_DAY, MIDDLE, LAST)):
        plan = wanted(on=on, predecessors=(unit_of(old).pk,), successor_id=unit_of(heir).pk)
        planned(administrator, plan)
    until = {OLD: FIRST_DAY, MIDDLE: SECOND_DAY}
    crowd(like, random.Random("R70"), 200, [OLD, MIDDLE, LAST, *ELSEWHERE], until)


def told(lines: list) -> dict[str, dict[str, int]]:
    """What has any figure, by code or name."""
    return {
        getattr(line.key, "code", line.key): figures
        for line in lines
        if any((figures := plain(line.counts)).values())
    }


def plain(counts: Counts) -> dict[str, int]:
    return {name: getattr(counts, name) for name in slow.NAMES}


def test_the_same_as_a_slow_count_in_every_table_for_every_period(province) -> None:
    """R70: of the province. And the crowd has something of everything, else this would prove little."""
    rows, most = slow.everything(), dict.fromkeys(slow.NAMES, 0)
    for first, last in PERIODS:
        found = books.counts(top(), first, last)
        homes = {code: slow.unit_on(code, last) for code in UNITS}
        districts = {code: slow.district_on(home, last) for code, home in homes.items()}
        keys: dict[str, tuple[list[Any], Callable[[Dossier], str]]] = {
            "by_unit": (found.by_unit, lambda one, at=homes: at[one.unit.code]),  # type: ignore[misc]
            "by_district": (found.by_district, lambda one, at=districts: at[one.unit.code]),  # type: ignore[misc]
            "by_field": (found.by_field, lambda one: one.field.name),
            "by_procedure": (found.by_procedure, lambda one: one.version.procedure.code),
        }
        for name, (lines, key) in keys.items():
            assert told(lines) == slow.figures(rows, first, last, key), (name, first, last)
        whole = slow.figures(rows, first, last, lambda one: "all").get("all", dict.fromkeys(slow.NAMES, 0))
        assert plain(found.totals) == whole
        most = {name: max(most[name], whole[name]) for name in most}
    assert min(most.values()) >= 3


def test_the_same_for_a_district_and_a_commune(province) -> None:
    """R70: the successor's own report has what both predecessors received, and its district's too."""
    rows = slow.everything()
    for code in ("474", "477", LAST, "20068"):
        found = books.counts(unit_of(code), NEW_YEAR, TODAY)
        homes = {one: slow.unit_on(one, TODAY) for one in UNITS}
        inside = {
            one: home if code in (home, slow.district_on(home, TODAY)) else None
            for one, home in homes.items()
        }
        wanted_ones = slow.figures(rows, NEW_YEAR, TODAY, lambda one, at=inside: at[one.unit.code])  # type: ignore[misc]
        assert told(found.by_unit) == wanted_ones
        assert bool(found.by_district) == (len(code) == 3)


def counted(*asked: Any) -> dict[str, Any]:
    return report(*asked) | {"setup": None}


def test_a_report_that_ends_before_the_merger_gives_the_old_units_to_the_figure(
    desk: Desk, administrator: Played
) -> None:
    """The same report before the plan and after both mergers: names, districts, figures. The set-up is today's lists."""
    like = desk.at_processing()
    Dossier.objects.filter(pk=like.pk).update(received_at=NEW_YEAR.isoformat() + "T08:00+07:00")
    until = {OLD: FIRST_DAY, MIDDLE: SECOND_DAY}
    crowd(like, random.Random("old"), 60, [OLD, MIDDLE, LAST], until)
    asked = [(unit_of(code), NEW_YEAR, FIRST_DAY - DAY) for code in ("46", "474", OLD, MIDDLE)]
    before = [counted(*one) for one in asked]
    for on, old, heir in ((FIRST_DAY, OLD, MIDDLE), (SECOND_DAY, MIDDLE, LAST)):
        name = "Xã Tên Mới" if heir == LAST else ""
        plan = wanted(on=on, predecessors=(unit_of(old).pk,), successor_id=unit_of(heir).pk, name=name)
        planned(administrator, plan)
    assert [counted(*one) for one in asked] == before
    after = report(unit_of("477"), NEW_YEAR, TODAY)
    assert after["notes"] == [
        f"{name} sáp nhập vào Xã Tên Mới từ ngày 01/09/2026 (834/NQ-UBTVQH14): số liệu tính vào Xã Tên Mới."
        for name in ("Phường Trường An", "Phường Phước Vĩnh")
    ]
    names = {row["code"]: row["name"] for row in after["by_unit"]}
    assert names[LAST] == "Xã Tên Mới"
    assert {OLD, MIDDLE}.isdisjoint(names)


def test_as_many_queries_whatever_there_is(province, django_assert_num_queries) -> None:
    for unit, first in ((unit_of("46"), NEW_YEAR), (unit_of(LAST), TODAY)):
        with django_assert_num_queries(
            7
        ):  # units, periods, successions, dossiers, fields, procedures, who has ended
            books.counts(unit, first, TODAY)


def test_real_lives(desk: Desk) -> None:
    """One day, by the acts themselves: three received, one finished in time, one withdrawn; the next day one late."""
    desk.at_reception()
    desk.done()
    gone = desk.at_processing()
    actions.withdraw(desk.clerk.act(MONDAY + timedelta(hours=2)), gone.pk, words="Đổi ý.")
    day = plain(books.counts(unit_of(OLD), TODAY, TODAY).totals)
    assert day == dict.fromkeys(slow.NAMES, 0) | {
        "received": 3,
        "finished_on_time": 2,
        "withdrawn": 1,
        "open": 1,
        "digitised": day["digitised"],
    }


def test_a_late_one_is_late_in_the_period_in_which_it_was_finished(desk: Desk, clock) -> None:
    dossier = desk.at_return()
    week = timedelta(days=7)
    clock.shift(week)
    actions.waive(desk.leader.act(MONDAY + week), dossier.pk, words="Bận.")
    results.record(desk.clerk.act(MONDAY + week), dossier.pk, PAPER)
    first = books.counts(unit_of(OLD), TODAY, TODAY + timedelta(days=6)).totals
    second = books.counts(unit_of(OLD), TODAY + week, TODAY + week).totals
    assert (first.open, first.open_overdue, first.finished) == (1, 1, 0)
    assert (second.carried_over, second.finished_late, second.open) == (1, 1, 0)
    assert second.on_time_rate == 0


def test_what_is_wrong_in_the_data_base_is_not_given_out(province) -> None:
    """R70: a dossier that was finished and says neither early nor late stands in no column; the constraint forbids it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "ALTER TABLE dossiers_dossier DROP CONSTRAINT dossiers_punctuality_with_the_finish"
            )
        cursor.execute("UPDATE dossiers_dossier SET punctuality = '' WHERE finished_at IS NOT NULL")
    try:
        with pytest.raises(OutOfBalance):
            books.counts(top(), NEW_YEAR, TODAY)
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


# -- refused --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (TODAY, TODAY - DAY, "ngược"),
        (TODAY, TODAY + DAY, "chưa hết"),
    ],
)
def test_a_period_that_cannot_be(db, first: date, last: date, words: str) -> None:
    with pytest.raises(ReportRefused, match=words):
        books.counts(top(), first, last)


def test_a_unit_that_was_not_there(province) -> None:
    with pytest.raises(
        ReportRefused, match=r"Phường Phước Vĩnh đã kết thúc; số liệu tính vào Xã Quảng Thành"
    ):
        books.counts(unit_of(OLD), NEW_YEAR, TODAY)
    begun = Unit.objects.create(
        code="29999", name="Xã Mới", level="commune", path="46.29999.", valid_from=TODAY + DAY
    )
    with pytest.raises(ReportRefused, match="chưa có hoặc không còn"):
        books.counts(begun, NEW_YEAR, TODAY)
