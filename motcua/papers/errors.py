"""What can be refused about papers and books."""

from motcua.journal.errors import Refused


class NotYet(Refused):
    """The act that the paper tells of has not happened."""


class BookRefused(Refused):
    """The book cannot be closed; the message says why."""
