"""What can be refused at the citizen's door, in words for the citizen."""

from motcua.journal.errors import Refused


class TooManyCodes(Refused):
    pass
