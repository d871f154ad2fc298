from motcua.journal.errors import Refused


class FileRefused(Refused):
    """The file cannot be taken; the message says why and what can be."""
