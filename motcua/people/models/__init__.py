"""Shapes and constraints of units, hours, officers and applicants."""

from motcua.people.models.absences import Absence, AbsenceKind
from motcua.people.models.applicants import Person
from motcua.people.models.counters import CounterDuty, DeskCounter
from motcua.people.models.mergers import Merger
from motcua.people.models.officers import Grant, Role, User
from motcua.people.models.training import Training, TrainingKind
from motcua.people.models.units import (
    Assignment,
    Field,
    Unit,
    UnitIdentifier,
    UnitLevel,
    UnitPeriod,
    UnitSuccession,
)
from motcua.people.models.working_time import CalendarDay, CalendarStamp, Closure, DayKind, OfficeHours

__all__ = [
    "Absence",
    "AbsenceKind",
    "Assignment",
    "CalendarDay",
    "CalendarStamp",
    "Closure",
    "CounterDuty",
    "DayKind",
    "DeskCounter",
    "Field",
    "Grant",
    "Merger",
    "OfficeHours",
    "Person",
    "Role",
    "Training",
    "TrainingKind",
    "Unit",
    "UnitIdentifier",
    "UnitLevel",
    "UnitPeriod",
    "UnitSuccession",
    "User",
]
