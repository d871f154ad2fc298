"""What can be refused here, in words for the person who meets it."""

from motcua.journal.errors import Refused


class UnitUnknown(Refused):
    pass


class BadUnitFile(Refused):
    pass


class CalendarRefused(Refused):
    pass


class OfficerRefused(Refused):
    pass
