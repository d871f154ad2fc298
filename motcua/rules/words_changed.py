"""What changed between two texts, word by word, and between two lists, line by line."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 3000
"""In a line longer than this words are not compared: it is shown as gone and come."""
ALIKE = 0.35
"""Lines with less than this part of their words in common are two lines, not one that changed."""
_WORD = re.compile(r"\S+\s*")


class Piece(NamedTuple):
    """A stretch of words: `ins` came, `del` went, empty: stayed."""

    mark: str
    text: str


Line = tuple[Piece, ...]


def line_change(old: str, new: str) -> Line:
    """One line, with what went before what came."""
    if old == new:
        return (Piece("", old),) if old else ()
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not before or not after or len(before) + len(after) > MOST_WORDS:
        return _whole(old, new)
    # The space after a word does not count: a word that became the last one is the same word.
    matcher = SequenceMatcher(None, [w.strip() for w in before], [w.strip() for w in after], autojunk=False)
    if matcher.ratio() < ALIKE:
        return _whole(old, new)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("", "".join(after[j1:j2])))
            continue
        pieces += [Piece("del", "".join(before[i1:i2]))] if i2 > i1 else []
        pieces += [Piece("ins", "".join(after[j1:j2]))] if j2 > j1 else []
    return tuple(pieces)


def lines_changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """The lines of a list that went, came or changed; those that stayed are left out."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        before, after = list(old[i1:i2]), list(new[j1:j2])
        for one, other in zip(before, after, strict=False):
            yield line_change(one, other)
        yield from ((Piece("del", line),) for line in before[len(after) :])
        yield from ((Piece("ins", line),) for line in after[len(before) :])


def _whole(old: str, new: str) -> Line:
    return tuple(Piece(mark, text) for mark, text in (("del", old), ("ins", new)) if text)
