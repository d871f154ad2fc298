"""Text as it is searched for: `Nguyễn Thị Đào`, `NGUYEN THI DAO` and `nguyễn thị đào` are one."""

import re
import unicodedata

# Đ has no decomposition. The Icelandic and the African letter look the same and stand in old texts for it.
_D = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_NOISE = re.compile(r"[^\w.-]|_")


def unaccent(text: str) -> str:
    """Lower case without marks, composed or not; letters, digits, dots and dashes stay, all else is one space."""
    marked = unicodedata.normalize("NFKD", text).lower()
    letters = "".join(letter for letter in marked if not unicodedata.combining(letter))
    plain = _DASHES.sub("-", letters.translate(_D))
    return " ".join(_NOISE.sub(" ", plain).split())
