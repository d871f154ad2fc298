"""What can be refused here, in words for the person who meets it."""

from motcua.journal.errors import Refused


class ProcedureUnknown(Refused):
    pass


class BadProcedureFile(Refused):
    pass


class NotReady(Refused):
    """The procedure cannot be received yet; the message says what the province must publish first."""
