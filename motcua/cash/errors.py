"""What can be refused at the till, in words for the officer who meets it."""

from motcua.journal.errors import Refused


class NotPublished(Refused):
    """A fee that is not on the published list of this dossier's procedure, or a price nobody confirmed."""


class AlreadyPaid(Refused):
    pass


class TotalChanged(Refused):
    """What is to be paid is not what the page had shown."""


class BookClosed(Refused):
    pass
