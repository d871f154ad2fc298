"""Finding by words as a citizen types them: without accents, in any order, with words of daily life, misspelt.

Vietnamese is written in syllables, so a word here is a syllable and means little alone; what is found must have all
of them, and what has them side by side stands first. All texts are `rules.text.unaccent`ed by the caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

_EMPTY_WORDS = """
    cho cua va la thi o tai ve voi de lam xin muon can toi minh em anh chi thu tuc giay to don the nao gi dau bao nhieu
    nhu khi bi duoc tu cac mot nguoi
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
"""Syllables that say nothing of what is looked for; not counted unless nothing else was typed."""
_NEAR = 0.75
"""How alike a misspelt syllable must be (difflib's ratio)."""
_NAME_WHOLE, _NAME_RUN, _OTHER_RUN, _NAME_WORD, _OTHER_WORD, _PART = 100, 40, 25, 10, 6, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: its key, what it is called, its code, and all else it can be found by."""

    key: int
    name: str
    code: str
    others: tuple[str, ...] = ()
    """Phrases: a field's name, other words of daily life."""


def ranked(entries: Iterable[Entry], words: str) -> list[int]:
    """The keys of what has every word, best first; equals keep their order."""
    meant = meaningful(words)
    if not meant:
        return []
    scored = [(_score(entry, words, meant), place, entry.key) for place, entry in enumerate(entries)]
    return [key for score, _, key in sorted(scored, key=lambda row: (-row[0], row[1])) if score]


def meaningful(words: str) -> list[str]:
    """The syllables that count."""
    typed = words.split()
    return [word for word in typed if word not in EMPTY] or typed


def nearest(words: str, vocabulary: Sequence[str]) -> str:
    """The same words with those that nobody knows replaced by the most alike; empty when there is nothing to mend."""
    known = set(vocabulary)
    mended = [word if word in known or word in EMPTY else _alike(word, vocabulary) for word in words.split()]
    return "" if mended == words.split() or not all(mended) else " ".join(mended)


def _alike(word: str, vocabulary: Sequence[str]) -> str:
    return next(iter(get_close_matches(word, vocabulary, n=1, cutoff=_NEAR)), "")


def _score(entry: Entry, words: str, meant: list[str]) -> int:
    """0: a word is missing."""
    if words in (entry.name, entry.code):
        return 10 * _NAME_WHOLE
    worth = [_worth(entry, word) for word in meant]
    run = " ".join(meant)
    if not all(worth):
        return _NAME_RUN if _is_run_together(run, entry.name) else 0
    in_name = _NAME_RUN + _NAME_WHOLE * len(run) // len(entry.name) if run in entry.name else 0
    in_phrase = any(whole in phrase for phrase in entry.others for whole in (words, run))
    return sum(worth) + max(in_name, _OTHER_RUN * in_phrase)


def _is_run_together(run: str, name: str) -> bool:
    """`khaisinh`, typed without its space."""
    squeezed = run.replace(" ", "")
    return len(squeezed) > len("khai") and squeezed in name.replace(" ", "")


def _worth(entry: Entry, word: str) -> int:
    if word in entry.name.split():
        return _NAME_WORD
    if any(word in phrase.split() for phrase in entry.others):
        return _OTHER_WORD
    return _PART if len(word) > 2 and (word in entry.code or word in entry.name) else 0  # noqa: PLR2004
