"""What can be refused here, in words for the person who meets it."""

from motcua.journal.errors import Refused


class ReportRefused(Refused):
    pass
