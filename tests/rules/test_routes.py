"""What a route must have, and how far a unit may go from the one above it (NĐ 61/2018 Đ.36.4; R13)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.limits import Limit
from motcua.rules.routes import (
    Complaint,
    Measure,
    Stage,
    Task,
    Wrong,
    again,
    align,
    check_adaptation,
    check_route,
    missing_parts,
    shared_out,
)
from motcua.rules.workflow import StepKind

THREE_DAYS = Limit.parse("3 working days")


def reception(minutes: int = 60, **more: object) -> Stage:
    return Stage(StepKind.RECEPTION, "clerk", minutes, **more)


def processing(minutes: int = 1000, **more: object) -> Stage:
    return Stage(StepKind.PROCESSING, "specialist", minutes, **more)


def approval(minutes: int = 380, **more: object) -> Stage:
    return Stage(StepKind.APPROVAL, "leader", minutes, **more)


def returning(minutes: int = 0, **more: object) -> Stage:
    return Stage(StepKind.RETURN, "clerk", minutes, **more)


BASE = (reception(), processing(), approval(), returning())
ABROAD = (
    reception(),
    processing(300),
    approval(80),
    processing(800, agency="police"),
    approval(200, agency="police"),
    returning(),
)
"""The police has 1,000 of the 1,440 minutes."""


def wrongs(complaints: list[Complaint]) -> list[Wrong]:
    return [complaint.wrong for complaint in complaints]


# -- a template ------------------------------------------------------------------------------------
@pytest.mark.parametrize("stages", [BASE, ABROAD])
def test_a_whole_route_has_nothing_wrong(stages: tuple[Stage, ...]) -> None:
    """R13."""
    assert check_route(stages, THREE_DAYS) == []


@pytest.mark.parametrize(
    ("stages", "wrong"),
    [
        (BASE[1:], [Wrong.NO_RECEPTION]),
        ((replace(BASE[0], agency="police"), *BASE[1:]), [Wrong.NO_RECEPTION]),
        ((reception(1060), approval(), returning()), [Wrong.NO_PROCESSING]),
        ((reception(), processing(1380), returning()), [Wrong.NO_APPROVAL]),
        ((reception(), approval(), processing(), returning()), [Wrong.NO_APPROVAL]),
        (BASE[:-1], [Wrong.NO_RETURN]),
        ((reception(), returning(), processing(), approval(), returning()), [Wrong.NO_RETURN]),
        ((), [Wrong.NO_RECEPTION, Wrong.NO_PROCESSING, Wrong.NO_APPROVAL, Wrong.NO_RETURN]),
    ],
)
def test_what_a_route_lacks(stages: tuple[Stage, ...], wrong: list[Wrong]) -> None:
    assert missing_parts(stages) == wrong
    assert wrongs(check_route(stages, THREE_DAYS))[: len(wrong)] == wrong


@pytest.mark.parametrize("minutes", [999, 1001])
def test_the_time_is_the_limit_no_more_and_no_less(minutes: int) -> None:
    """R13."""
    stages = (reception(), processing(minutes), approval(), returning())
    assert check_route(stages, THREE_DAYS) == [Complaint(Wrong.MINUTES, None, minutes + 440, 1440)]


def test_work_has_time_unless_there_is_none_at_all() -> None:
    stages = (reception(1060), processing(0), approval(), returning())
    assert check_route(stages, THREE_DAYS) == [Complaint(Wrong.NO_TIME, 1)]
    nothing = tuple(replace(stage, minutes=0) for stage in BASE)
    assert check_route(nothing, Limit.parse("at once")) == []
    less = (reception(-60), processing(1120), approval(), returning())
    assert check_route(less, THREE_DAYS) == [Complaint(Wrong.NO_TIME, 0)]


def test_a_task_beside_fits_into_the_limit() -> None:
    task = Task("police", "Đăng ký thường trú", 1441)
    stages = (reception(), processing(tasks=(task,)), approval(), returning())
    assert check_route(stages, THREE_DAYS) == [Complaint(Wrong.TASK_TOO_LONG, 1, 1441, 1440)]


# -- a commune's measure ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "own",
    [
        BASE,
        (reception(30), processing(1100), approval(300), returning(10)),
        (reception(0), processing(1060), approval(), returning()),
        (reception(), processing(officer_id=7), approval(), returning()),
    ],
)
def test_a_commune_shares_its_time_out_and_names_who_processes(own: tuple[Stage, ...]) -> None:
    assert check_adaptation(BASE, own, Measure.COMMUNE) == []


@pytest.mark.parametrize(
    "own",
    [
        BASE[1:],
        (*BASE[:2], BASE[3]),
        BASE[:-1],
        (BASE[0], BASE[2], BASE[1], BASE[3]),
        (*BASE[:3], approval(0), BASE[3]),
        (BASE[0], processing(agency="district"), *BASE[2:]),
        (BASE[0], processing(field_id=9), *BASE[2:]),
        (BASE[0], replace(BASE[1], role="clerk"), *BASE[2:]),
    ],
)
def test_a_commune_keeps_every_step_its_place_and_its_role(own: tuple[Stage, ...]) -> None:
    assert check_adaptation(BASE, own, Measure.COMMUNE) == [Complaint(Wrong.STEPS_CHANGED)]


@pytest.mark.parametrize("minutes", [999, 1001])
def test_a_commune_keeps_the_whole(minutes: int) -> None:
    """R13: more would break the limit, less would promise what the province did not."""
    own = (reception(), processing(minutes), approval(), returning())
    assert check_adaptation(BASE, own, Measure.COMMUNE) == [
        Complaint(Wrong.MINUTES, None, minutes + 440, 1440)
    ]


def test_a_commune_leaves_other_agencies_their_time() -> None:
    own = (reception(), processing(400), approval(80), processing(700, agency="police"), *ABROAD[4:])
    assert check_adaptation(ABROAD, own, Measure.COMMUNE) == [Complaint(Wrong.FOREIGN, 3, 700, 800)]


def test_no_approval_without_time() -> None:
    own = (reception(), processing(1380), approval(0), returning())
    assert check_adaptation(BASE, own, Measure.COMMUNE) == [Complaint(Wrong.NO_TIME, 2)]


def test_only_processing_at_home_has_a_named_officer() -> None:
    own = (reception(officer_id=1), processing(officer_id=2), approval(officer_id=3), returning(officer_id=4))
    found = check_adaptation(BASE, own, Measure.COMMUNE)
    assert found == [Complaint(Wrong.OFFICER, place) for place in (0, 2, 3)]
    abroad = tuple(replace(stage, officer_id=5) if stage.agency else stage for stage in ABROAD)
    assert wrongs(check_adaptation(ABROAD, abroad, Measure.COMMUNE)) == [Wrong.OFFICER] * 2


# -- a district's measure --------------------------------------------------------------------------
CHECK = (processing(100, agency="district"), approval(50, agency="district"))
WITH_CHECK = (reception(), processing(850), approval(), *CHECK, returning())


def test_a_district_adds_a_check_of_its_own_within_the_whole() -> None:
    assert check_adaptation(BASE, WITH_CHECK, Measure.DISTRICT) == []
    assert align(BASE, WITH_CHECK) == [0, 1, 2, None, None, 3]
    by_police = (reception(), processing(900), approval(), approval(100, agency="police"), returning())
    assert check_adaptation(BASE, by_police, Measure.DISTRICT) == []


@pytest.mark.parametrize(
    ("own", "wrong"),
    [
        ((*CHECK[1:], reception(), processing(950), approval(), returning()), Wrong.NO_RECEPTION),
        ((reception(), processing(950), approval(), returning(), CHECK[1]), Wrong.NO_RETURN),
        ((reception(), processing(950), approval(), approval(50), returning()), Wrong.ADDED_PLACE),
        ((reception(), processing(950), approval(), approval(50, agency="province"), returning()), Wrong.ADDED_PLACE),
        ((reception(), processing(900), approval(), CHECK[0], returning()), Wrong.NO_APPROVAL),
        ((reception(), approval(), CHECK[1], returning()), Wrong.STEPS_CHANGED),
        ((reception(), processing(1000), approval(), *CHECK, returning()), Wrong.MINUTES),
        ((reception(), processing(850), approval(), CHECK[0], approval(50, agency="district", officer_id=1), returning()), Wrong.OFFICER),
    ],
)  # fmt: skip
def test_how_far_a_district_may_not_go(own: tuple[Stage, ...], wrong: Wrong) -> None:
    assert wrong in wrongs(check_adaptation(BASE, own, Measure.DISTRICT))


def test_a_district_leaves_other_agencies_their_time_too() -> None:
    own = (
        *ABROAD[:3],
        processing(750, agency="police"),
        ABROAD[4],
        approval(50, agency="district"),
        ABROAD[5],
    )
    assert check_adaptation(ABROAD, own, Measure.DISTRICT) == [Complaint(Wrong.FOREIGN, 3, 750, 800)]


# -- made again ------------------------------------------------------------------------------------
def minutes(stages: list[Stage] | None) -> list[int]:
    assert stages is not None
    return [stage.minutes for stage in stages]


def test_a_split_made_again_for_a_shorter_limit() -> None:
    """100 : 1200 : 140 of 1,440 are 66,67 : 800 : 93,33 of 960; the minute that is left goes to the largest rest."""
    own = (reception(100), processing(1200, officer_id=7), approval(140), returning())
    shorter = (reception(48), processing(672), approval(240), returning())
    made = again(BASE, own, shorter, Measure.COMMUNE)
    assert made is not None
    assert minutes(made) == [67, 800, 93, 0]
    assert made[1].officer_id == 7
    assert check_adaptation(shorter, made, Measure.COMMUNE) == []


def test_other_agencies_have_their_new_time() -> None:
    own = (reception(0), processing(360), approval(80), *ABROAD[3:])
    shorter = (reception(20), processing(100), approval(100), processing(600, agency="police"),
               approval(140, agency="police"), returning())  # fmt: skip
    assert minutes(again(ABROAD, own, shorter, Measure.COMMUNE)) == [0, 180, 40, 600, 140, 0]


def test_a_districts_check_is_made_again() -> None:
    shorter = (reception(48), processing(672), approval(240), returning())
    made = again(BASE, WITH_CHECK, shorter, Measure.DISTRICT)
    assert minutes(made) == [40, 567, 253, 67, 33, 0]
    assert check_adaptation(shorter, made, Measure.DISTRICT) == []


def test_other_steps_are_for_a_person_to_look_at() -> None:
    own = (reception(100), processing(1200), approval(140), returning())
    assert again(BASE, own, WITH_CHECK, Measure.COMMUNE) is None


def test_where_nothing_was_shared_out_there_is_no_proportion() -> None:
    nothing = tuple(replace(stage, minutes=0) for stage in BASE)
    assert minutes(again(nothing, nothing, BASE, Measure.COMMUNE)) == [60, 1000, 380, 0]


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=6), st.integers(0, 20_000))
def test_parts_are_exactly_the_whole(weights: list[int], whole: int) -> None:
    parts = shared_out(weights, whole, [0] * len(weights))
    assert sum(parts) == whole
    assert min(parts) >= 0
    total = sum(weights)
    if total:
        assert all(
            abs(part - weight * whole / total) < 1 for part, weight in zip(parts, weights, strict=True)
        )


@given(st.integers(0, 100), st.integers(1, 2000), st.integers(1, 2000), st.integers(3, 3000))
def test_made_again_always_fits(first: int, work: int, sign: int, whole: int) -> None:
    base = (reception(first), processing(work), approval(sign), returning())
    new = (reception(0), processing(whole - 1), approval(1), returning())
    made = again(base, base, new, Measure.COMMUNE)
    assert check_adaptation(new, made, Measure.COMMUNE) == []
