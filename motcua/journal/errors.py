"""The one exception that every refusal of the house is made of."""


class Refused(Exception):
    """What was asked is not possible; the message says why, in words for the person who asked."""
