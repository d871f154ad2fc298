"""Set up, and set up correctly: by the words of formats.md."""

from dataclasses import replace

import pytest

from motcua.rules.limits import Limit
from motcua.rules.setup import Crew, Fault, Finding, check_setup, is_correct, is_set_up, share
from tests.rules.test_routes import ABROAD, BASE, THREE_DAYS

FIELD = 5
ALL = frozenset({("clerk", 0), ("specialist", FIELD), ("leader", 0)})
CREW = Crew(ALL, ALL)


def faults(stages, crew=CREW, limit=THREE_DAYS, **agencies) -> list[Fault]:
    return [finding.fault for finding in check_setup(limit, stages, {"": crew, **agencies}, FIELD)]


def test_all_that_it_takes() -> None:
    assert check_setup(THREE_DAYS, BASE, {"": CREW}, FIELD) == ()


def test_without_a_route_it_is_not_set_up() -> None:
    for limit, fault in ((None, Fault.NO_LIMIT), (THREE_DAYS, Fault.NO_ROUTE)):
        findings = check_setup(limit, None, {"": CREW}, FIELD)
        assert [one.fault for one in findings] == [fault]
        assert not is_set_up(findings)
        assert not is_correct(findings)


@pytest.mark.parametrize(
    ("stages", "fault"),
    [
        (BASE[1:], Fault.NO_RECEPTION),
        ((BASE[0], *BASE[2:]), Fault.NO_PROCESSING),
        ((*BASE[:2], BASE[3]), Fault.NO_APPROVAL),
        (BASE[:3], Fault.NO_RETURN),
        ((BASE[0], replace(BASE[1], minutes=999), *BASE[2:]), Fault.MINUTES),
    ],
)
def test_what_makes_it_set_up_but_not_correctly(stages, fault: Fault) -> None:
    findings = check_setup(THREE_DAYS, stages, {"": CREW}, FIELD)
    assert fault in [one.fault for one in findings]
    assert is_set_up(findings)
    assert not is_correct(findings)


def test_a_shorter_limit_shows_by_how_much() -> None:
    findings = check_setup(Limit.parse("2 working days"), BASE, {"": CREW}, FIELD)
    assert findings == (Finding(Fault.MINUTES, has=1440, wants=960),)


@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_that_nobody_holds_is_said_once(role: tuple[str, int]) -> None:
    found = check_setup(THREE_DAYS, BASE, {"": Crew(ALL - {role}, ALL - {role})}, FIELD)
    assert found == (Finding(Fault.NOBODY, role[0], "", role[1] or None),)
    away = check_setup(THREE_DAYS, BASE, {"": Crew(ALL, ALL - {role})}, FIELD)
    assert [one.fault for one in away] == [Fault.AWAY]
    assert is_correct(away)


def test_agencies_of_the_way_and_of_tasks() -> None:
    assert faults(ABROAD, police=CREW) == []
    assert faults(ABROAD) == [Fault.NO_AGENCY]
    assert faults(ABROAD, police=Crew()) == [Fault.NOBODY] * 2
    own_field = tuple(replace(stage, field_id=8) if stage.agency else stage for stage in ABROAD)
    assert faults(own_field, police=CREW) == [Fault.NOBODY]


@pytest.mark.parametrize(
    ("part", "whole", "name"),
    [(3, 3, "all"), (2, 3, "half"), (1, 2, "half"), (1, 3, "under"), (0, 3, "under"), (0, 0, "")],
)
def test_all_half_and_under_half(part: int, whole: int, name: str) -> None:
    assert share(part, whole) == name
