"""The code of a dossier (R04): NĐ 61/2018 Đ.26, TT 01/2018 Đ.19.

`000.ZZ.YY.H57-YYMMDD-XXXX`: the unit's identifier, the day of reception, the running number of that unit on that day.
The order of an identifier's groups changed with QĐ 20/2020 (`H57.YY.ZZ`), so both are codes for ever, and a code is
read to check its form only: whose dossier it is stands in the dossier, never in its code.
"""

import re
import unicodedata
from datetime import date

_MAX_IDENTIFIER = 35  # QĐ 20/2020 Đ.4.1
_MAX_NUMBER = 99_999
_LEVEL_1 = r"[A-Z][0-9]{2}"  # a province or ministry: the last group before QĐ 20/2020, the first since
_GROUP = r"[A-Z0-9]+"
_IDENTIFIER = re.compile(rf"{_LEVEL_1}(?:\.{_GROUP})*|(?:{_GROUP}\.)+{_LEVEL_1}")
_CODE = re.compile(r"(?P<identifier>[A-Z0-9.]+)-(?P<day>[0-9]{6})-(?!0000)(?P<number>[0-9]{4}|[1-9][0-9]{4})")


class CodeMalformed(ValueError):
    """The text is not the code of a dossier, or an identifier cannot be part of one."""


def dossier_code(identifier: str, day: date, number: int) -> str:
    """The code of the `number`th dossier (from 1) that the unit with `identifier` received on `day`.

    The law gives the number four digits and is silent about the ten thousandth dossier of a day: it gets five.
    """
    if not is_identifier(identifier):
        raise CodeMalformed(f"{identifier!r} is not the identifier of a unit")
    if not 1 <= number <= _MAX_NUMBER:
        raise CodeMalformed(f"{number} is not the number of a dossier on a day")
    return f"{identifier}-{day:%y%m%d}-{number:04d}"


def normalise_code(text: str) -> str:
    """The code as it is issued, from what a person typed, pasted or scanned: spaces, lower case, any kind of dash.

    Nothing is guessed: a missing dot, dash or digit raises CodeMalformed.
    """
    code = _plain(text)
    found = _CODE.fullmatch(code)
    if not found or not is_identifier(found["identifier"]) or not _is_day(found["day"]):
        raise CodeMalformed(f"{text!r} is not the code of a dossier, such as 000.01.02.H57-190426-0001")
    return code


def _plain(text: str) -> str:
    """Upper case with plain dashes, without spaces and invisible characters."""
    kept = (_plain_character(character) for character in unicodedata.normalize("NFKC", text))
    return "".join(kept)


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\N{MINUS SIGN}" or category == "Pd":
        return "-"
    if character.isspace() or category == "Cf":
        return ""
    return character.upper() if character.isascii() else character


def is_identifier(text: str) -> bool:
    """Whether a unit can have this as its part of a dossier code, in either order of groups."""
    return len(text) <= _MAX_IDENTIFIER and _IDENTIFIER.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    """Whether six digits, YYMMDD, are a day of this century."""
    try:
        date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return False
    return True
