"""What no dossier can be, whoever writes: the data base itself refuses, and a constraint's name says what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint

from motcua.dossiers.models import Counter, Dossier, Move, ReceivedPaper, Step
from motcua.results.models import Result
from tests.cast import MONDAY
from tests.dossiers.lives import HOUR, Desk, stored

Write = Callable[[], Any]


def refused(write: Write) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    return str(refusal.value)


def again(row: Any, **changes: Any) -> Write:
    """The same row once more."""
    names = [column.attname for column in row._meta.concrete_fields if not column.primary_key]
    values = {name: getattr(row, name) for name in names} | changes
    return lambda: type(row).objects.create(**values)


def changed(dossier: Dossier, **values: Any) -> Write:
    return lambda: Dossier.objects.filter(pk=dossier.pk).update(**values)


def test_a_code_is_given_once(desk: Desk) -> None:
    """R04."""
    assert "code" in refused(again(desk.at_processing(), register_number=99))


def test_a_register_number_is_given_once(desk: Desk) -> None:
    """R41."""
    error = refused(again(desk.at_processing(), code="000.19.01.H57-261116-9999"))
    assert "register_number" in error


def test_a_series_has_one_counter(desk: Desk) -> None:
    """R04, R41."""
    desk.at_processing()
    refused(again(Counter.objects.all()[0]))


def test_nothing_is_done_before_it_was_received(desk: Desk) -> None:
    dossier = desk.done()
    error = refused(changed(dossier, finished_at=MONDAY - HOUR))
    assert "dossiers_finished_after_received" in error


@pytest.mark.parametrize("returned_at", [MONDAY, MONDAY + 3 * HOUR - timedelta(seconds=1)])
def test_nothing_is_returned_before_it_was_done(desk: Desk, returned_at: Any) -> None:
    """R31."""
    error = refused(changed(desk.done(), returned_at=returned_at))
    assert "dossiers_returned_after_finished" in error


def test_what_was_never_done_is_never_returned(desk: Desk) -> None:
    """R31."""
    error = refused(changed(desk.at_return(), returned_at=MONDAY + timedelta(days=9)))
    assert "dossiers_returned_after_finished" in error


def test_punctuality_comes_with_the_finish(desk: Desk) -> None:
    """R15."""
    running, done = desk.at_return(), desk.done()
    for write in (changed(running, punctuality="early"), changed(done, punctuality="")):
        assert "dossiers_punctuality_with_the_finish" in refused(write)


def test_a_dossier_has_one_open_step(desk: Desk) -> None:
    step = stored(desk.at_processing()).step
    assert step is not None
    assert "dossier_id" in refused(again(step, position=9))
    again(step, closed_at=MONDAY)()


def test_a_move_has_its_number_alone(desk: Desk) -> None:
    refused(again(Move.objects.filter(dossier=desk.at_processing())[0]))


def test_a_paper_is_received_once_and_at_least_in_one_copy(desk: Desk) -> None:
    """R02."""
    paper = ReceivedPaper.objects.filter(dossier=desk.at_processing())[0]
    refused(again(paper))
    none = ReceivedPaper.objects.filter(pk=paper.pk)
    assert "dossiers_paper_at_least_one" in refused(lambda: none.update(number=0))


def test_what_dossiers_point_to_is_not_deleted(desk: Desk) -> None:
    """R27: neither the procedure's version, nor the unit, nor the applicant."""
    dossier = stored(desk.at_processing())
    for row in (dossier.version, dossier.unit, dossier.applicant):
        with pytest.raises(IntegrityError):
            row.delete()


def test_what_a_check_refuses_it_says_in_a_sentence() -> None:
    models = (Dossier, Step, Move, ReceivedPaper, Result, Counter)
    checks = [c for model in models for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    assert len(checks) == 7
    assert all(str(c.violation_error_message).endswith(".") for c in checks)
    assert not any("Constraint" in str(c.violation_error_message) for c in checks)
