"""What can be refused here, in words for the person who meets it."""

from collections.abc import Mapping

from motcua.journal.errors import Refused


class ProcedureUnknown(Refused):
    pass


class BadProcedureFile(Refused):
    pass


class NotReady(Refused):
    """The procedure cannot be received yet; the message says what the province must publish first."""


class RouteRefused(Refused):
    """A route that cannot be. `places`: what is wrong with single steps, by their place from 0."""

    def __init__(self, message: str, places: Mapping[int, str] | None = None) -> None:
        super().__init__(message)
        self.places = dict(places or {})


class OfferRefused(Refused):
    """A list of offerings that cannot be changed so. `rows`: (line of the file, what is wrong in it)."""

    def __init__(self, message: str, rows: tuple[tuple[int, str], ...] = ()) -> None:
        super().__init__(message)
        self.rows = rows


class TakeOverRefused(Refused):
    pass


class DraftRefused(Refused):
    """A draft cannot be published, or a version not repealed, as it stands; `field` is what must be mended."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DraftStale(Refused):
    """Somebody changed the draft, or published, since this page was opened."""


class BadCatalogue(Refused):
    """A file that cannot be taken over; every mistake with its sheet and row."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
