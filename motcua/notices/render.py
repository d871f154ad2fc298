"""Filling in a text. Names in braces only: no expression, no attribute, nothing that could be run."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from motcua.notices.errors import WordingRefused

_NAME = re.compile(r"\{([^{}]*)\}")


def render(text: str, values: Mapping[str, str]) -> str:
    """A name without a value stays as it is: a text is checked before it is kept (check)."""
    return _NAME.sub(lambda found: values.get(found[1], found[0]), text)


def check(text: str, known: Iterable[str], *, field: str = "text") -> None:
    """Raises WordingRefused for a name that there is not, and for a brace that opens or closes nothing."""
    names = set(known)
    unknown = sorted({found for found in _NAME.findall(text) if found not in names})
    if unknown:
        words = {
            "unknown": ", ".join(f"{{{name}}}" for name in unknown),
            "known": ", ".join(f"{{{name}}}" for name in known),
        }
        raise WordingRefused(
            _("Không có biến %(unknown)s. Dùng được: %(known)s.") % words,
            field=field,
        )
    rest = _NAME.sub("", text)
    if "{" in rest or "}" in rest:
        raise WordingRefused(
            _("Có dấu { hoặc } không đủ cặp. Viết tên biến như {ma_ho_so}."),
            field=field,
        )
