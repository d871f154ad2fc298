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


class MergerRefused(Refused):
    """A merger that cannot be, and which field of the form says so."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class AbsenceRefused(Refused):
    """An absence that cannot be, and which field of the form says so."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class StaffRefused(Refused):
    """A role, account, counter or training that cannot be, and which field of the form says so."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class HoursRefused(CalendarRefused):
    """Hours that cannot be, and which field of the week's table says so."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
