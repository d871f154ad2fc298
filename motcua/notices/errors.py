"""What can be refused about messages, in words for the person who meets it."""

from motcua.journal.errors import Refused


class WordingRefused(Refused):
    """A text that cannot be sent as it is."""

    def __init__(self, message: str, *, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


class NotSent(Exception):
    """A mail server or gateway did not take a message. `kind` goes into the queue and the log: no personal data."""

    def __init__(self, kind: str, *, for_ever: bool = False, is_down: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.for_ever = for_ever
        """Trying again would change nothing: the address does not exist."""
        self.is_down = is_down
        """Nobody's message would be taken now."""


class AnnouncementRefused(Refused):
    """An announcement that cannot be made or changed like this."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        """Where it is put right; None: nowhere, it is too late for that."""
