"""Finding by words as a citizen types them: without accents, in any order, with words of daily life, misspelt.

Vietnamese is written in syllables, so a word here is a syllable and means little alone; what is found must have all
of them, and what has them side by side, or little else, stands first. All texts are `spelt` by the caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from motcua.rules.text import unaccent

_EMPTY = "cho cua va la thi o ve voi de lam xin muon toi thu tuc giay to nao gi nhu khi"
EMPTY = frozenset(_EMPTY.split())
"""Syllables that say little of what is looked for: counted when they fit, not missed when they don't."""
FEW, MOST_AFTER = 3, 10
"""With one or two answers, the best ten of those that lack one word of three or more come after them."""
_NEAR = 0.8
"""How alike a misspelt syllable must be (difflib's ratio)."""
_SAME, _IN_NAME, _NAME_SHARE = 1000, 40, 60
_IN_PHRASE, _A_PLACE = 40, 3
_NAME_WORD, _OTHER_WORD, _PART = 10, 6, 2
_Y_AS_I = frozenset({"h", "k", "l", "m", "qu", "s", "t", "v"})
"""Before these y and i sound alike and are written for each other: đăng ký, đăng kí."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: its key, what it is called, its code, and all else it can be found by."""

    key: int
    name: str
    code: str
    others: tuple[tuple[str, int], ...] = ()
    """Phrases (a field's name, words of daily life), each with this entry's place among those that share it, from 0."""


def spelt(text: str) -> str:
    """Without accents, and with one letter for i and y where both are written."""
    return " ".join(_one_i(word) for word in unaccent(text).split())


def _one_i(word: str) -> str:
    return f"{word[:-1]}i" if word.endswith("y") and word[:-1] in _Y_AS_I else word


def ranked(entries: Iterable[Entry], words: str) -> list[int]:
    """The keys of what has every word, best first; equals keep their order."""
    listed = list(entries)
    typed = words.split()
    meant = [word for word in typed if word not in EMPTY] or typed
    if not meant:
        return []
    scored = sorted(
        (_missing(entry, meant), -_score(entry, words, typed), at) for at, entry in enumerate(listed)
    )
    full = [listed[at].key for missing, _, at in scored if not missing]
    if not 0 < len(full) < FEW or len(meant) < FEW:
        return full
    return full + [listed[at].key for missing, _, at in scored if missing == 1][:MOST_AFTER]


def nearest(words: str, vocabulary: Sequence[str]) -> str:
    """The same words with those that nobody knows replaced by the most alike; empty when there is nothing to mend."""
    known = set(vocabulary)
    mended = [word if word in known or word in EMPTY else _alike(word, vocabulary) for word in words.split()]
    return "" if mended == words.split() or not all(mended) else " ".join(mended)


def _alike(word: str, vocabulary: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, vocabulary, n=1, cutoff=_NEAR)), "")


def _missing(entry: Entry, meant: list[str]) -> int:
    """How many words it lacks; none if it is called so without the spaces (`khaisinh`)."""
    if _is_run_together(entry, meant):
        return 0
    return sum(not _worth(entry, word) for word in meant)


def _is_run_together(entry: Entry, typed: list[str]) -> bool:
    squeezed = "".join(typed)
    return len(squeezed) > len("khai") and squeezed in entry.name.replace(" ", "")


def _score(entry: Entry, words: str, typed: list[str]) -> int:
    """The more of it was typed, side by side, and the less else its name has, the higher."""
    if words in (entry.name, entry.code):
        return _SAME
    name = set(entry.name.split())
    run = " ".join(word for word in typed if word not in EMPTY) or words
    share = _NAME_SHARE * len(name.intersection(typed)) // max(len(name), 1)
    if _is_run_together(entry, typed):
        share = _NAME_SHARE * len(words) // len(entry.name)
    places = [place for phrase, place in entry.others if words in phrase or run in phrase]
    in_phrase = max(_IN_PHRASE - _A_PLACE * min(places), 1) if places else 0
    in_name = _IN_NAME if run in entry.name else 0
    return sum(_worth(entry, word) for word in typed) + share + max(in_name, in_phrase)


def _worth(entry: Entry, word: str) -> int:
    if word in entry.name.split():
        return _NAME_WORD
    if any(word in phrase.split() for phrase, _place in entry.others):
        return _OTHER_WORD
    return _PART if len(word) > 2 and (word in entry.code or word in entry.name) else 0  # noqa: PLR2004
