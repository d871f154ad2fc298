"""Whose work a dossier is: the officer's own, or that of somebody for whom the officer stands in (R20)."""

from collections.abc import Collection

from motcua.dossiers.models import Dossier
from motcua.people.models import Assignment, Role
from motcua.people.officer import Officer
from motcua.rules.workflow import StepKind


def lies_with(officer: Officer, dossier: Dossier) -> bool:
    """Whether a processing step is this specialist's: assigned to him or to one he stands in for, or nobody's yet of
    a field he answers for. Where the leader assigns, nobody works on it before that.
    """
    if dossier.assignee_id is not None:
        mine = {officer.user_id} | officer.stands_in_for(dossier.holder_unit_id)
        return dossier.assignee_id in mine
    if dossier.holder_unit.assignment == Assignment.LEADER or dossier.step is None:
        return False
    return dossier.step.field_id in officer.fields_in(dossier.holder_unit_id)


def on_behalf_of(officer: Officer, dossier: Dossier, roles: Collection[str], unit_id: int) -> int | None:
    """For whom the officer does what these roles may do in a unit; None: for himself.

    One's own right comes first; a right that one has only as a substitute is that officer's.
    """
    held = [one for one in officer.held if one.unit_id == unit_id and one.role in roles]
    if dossier.step_kind == StepKind.PROCESSING and Role.SPECIALIST in roles:
        if dossier.assignee_id in officer.stands_in_for(unit_id):
            return dossier.assignee_id
        field_id = dossier.step.field_id if dossier.step and dossier.assignee_id is None else None
        held = [one for one in held if field_id is None or field_id in one.field_ids] or held
    if any(one.on_behalf_of is None for one in held):
        return None
    return next((one.on_behalf_of for one in held), None)
