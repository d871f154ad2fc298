"""What can be refused about a dossier, in words for the officer who meets it."""

from motcua.journal.errors import Refused


class NotFound(Refused):
    """No such dossier, or not for you: both look the same from outside."""


class NotAllowed(Refused):
    """The act is not possible in this state, at this step, or for this role."""


class Stale(Refused):
    """Somebody moved the dossier since this page was opened."""


class ApologyOwed(NotAllowed):
    """A late dossier is not finished before its apology is signed, or let pass by the leader with a reason (R26)."""


class Incomplete(Refused):
    """Something is missing from what the act needs."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
