"""Reading the papers of a procedure out of the text in which the sources list them (R02).

The sources write `name (1 bản chính)` or `name (0 bản chính); , (1 bản sao)`, joined with "; ", although names hold
semicolons too; a few write a plain list "A; B; C". Nothing is invented: a name is the source's own words without
bullets and the file names of attached forms, and one that the source cut short ends with "…".
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum


class PaperKind(StrEnum):
    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"


class PaperMode(StrEnum):
    SUBMIT = "submit"
    """Handed in (nộp)."""
    SHOW = "show"
    """Shown at the desk and taken home again (xuất trình)."""


@dataclass(frozen=True, slots=True)
class PaperText:
    """A paper on the published list, or with `note_only` a sentence beside it: then `number` is 0."""

    name: str
    kind: PaperKind = PaperKind.ORIGINAL
    number: int = 1
    mode: PaperMode = PaperMode.SUBMIT
    note_only: bool = False


CUT_LENGTH = 150
"""The length, markers included, at which our sources cut an entry off."""

_ENTRY = re.compile(r"(?P<name>.*?) ?\((?P<count>\d+) bản (?P<what>chính|sao)\)(?:; |;?\s*$)", re.DOTALL)
_MARKER = re.compile(r"\[(nộp|xuất trình)\] ?|(nộp|xuất trình): ")
_MODE_HEADING = re.compile(r"\W*giấy tờ phải (nộp|xuất trình):?\W*", re.IGNORECASE)
_SHOWN = re.compile(r"[^:]*\bxuất trình\b[^:]*:", re.IGNORECASE)
_NOTE = re.compile(r"\W*lưu ý\b", re.IGNORECASE)
_FORM_FILE = re.compile(r"(?:[;.]\s*|(?<=[a-z)]))(?:\d+\.\w+(?: \(\d+\))?|[A-ZĐ][^;.]*)\.(?:docx?|pdf)$")
_CERTIFIED = re.compile(r"bản sao (?:có|được) chứng thực")
_CHOICE = re.compile(r"bản chính hoặc bản sao|[^(]*\(bản phô tô hoặc")


def read_papers(text: str) -> tuple[PaperText, ...]:
    """The papers and notes of a list, in the order of the source.

    A paper asked for both as an original and as a copy is two entries with one name. Where the name itself leaves
    the choice between original and copy, it is one entry of the lesser kind: nobody may be asked for both.
    """
    papers: list[PaperText] = []
    mode = PaperMode.SUBMIT
    end = 0
    for entry in _ENTRY.finditer(text):
        end = entry.end()
        count = int(entry["count"])
        if entry["name"].strip() == ",":
            _add_copies(papers, count)
            continue
        mode, name = _marked(entry["name"], mode)
        mode, heading, name = _headed(name, mode)
        if heading:
            papers.append(PaperText(heading, number=0, mode=mode, note_only=True))
        column = PaperKind.COPY if entry["what"] == "sao" else PaperKind.ORIGINAL
        papers.append(_paper(_cut(entry["name"], _clean(name)), count, mode, column))
    return (*papers, *_plain(text[end:], mode))


def _paper(name: str, count: int, mode: PaperMode, column: PaperKind) -> PaperText:
    if count == 0 or _NOTE.match(name) or name.endswith(":"):
        return PaperText(name, number=0, mode=mode, note_only=True)
    return PaperText(name, _kind(name, column), count, PaperMode.SHOW if _SHOWN.match(name) else mode)


def _kind(name: str, column: PaperKind) -> PaperKind:
    """Where a name and the column in which the source put its number disagree, the lesser kind holds."""
    words = name.lower()
    if _CHOICE.match(words):
        certified = _CERTIFIED.search(words) and "bản sao kèm theo bản chính" not in words
        return PaperKind.CERTIFIED if certified else PaperKind.COPY
    if _CERTIFIED.match(words):
        return PaperKind.CERTIFIED
    return PaperKind.COPY if words.startswith("bản sao") else column


def _add_copies(papers: list[PaperText], count: int) -> None:
    """`, (1 bản sao)`: the entry before it is (also) wanted as a copy."""
    if not papers or not count or _NOTE.match(papers[-1].name):
        return
    last = papers[-1]
    if last.note_only or _CHOICE.match(last.name.lower()):
        papers[-1] = replace(last, kind=_kind(last.name, PaperKind.COPY), number=count, note_only=False)
    else:
        papers.append(replace(last, kind=PaperKind.COPY, number=count))


def _marked(name: str, mode: PaperMode) -> tuple[PaperMode, str]:
    """A marker holds for its entry and all that follow, until the next."""
    marker = _MARKER.match(name)
    if not marker:
        return mode, name
    return _mode_of(marker[1] or marker[2]), name[marker.end() :]


def _headed(name: str, mode: PaperMode) -> tuple[PaperMode, str, str]:
    """`Heading: ¶first paper of its group` → mode, heading, name. A heading that only says the mode is that mode."""
    first, mark, rest = name.partition("¶")
    if heading := _MODE_HEADING.fullmatch(first):
        return _mode_of(heading[1].lower()), "", rest
    if not mark or _NOTE.match(first):
        return mode, "", name
    return PaperMode.SHOW if _SHOWN.match(first) else PaperMode.SUBMIT, _clean(first), rest


def _mode_of(word: str) -> PaperMode:
    return PaperMode.SHOW if word == "xuất trình" else PaperMode.SUBMIT


def _clean(name: str) -> str:
    seen = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    words = " ".join(seen.replace("¶", " ").split())
    return _FORM_FILE.sub("", re.sub(r"^[-+*•\s]+", "", words)).rstrip(" ;,")


def _cut(source: str, name: str) -> str:
    return f"{name.removesuffix('…')}…" if len(source) >= CUT_LENGTH else name


def _plain(text: str, mode: PaperMode) -> list[PaperText]:
    """A list without numbers: one of each."""
    papers = []
    for part in re.split(r"; ?(?![^()]*\))", re.sub(r"^\s*01 bộ: ", "", text)):
        mode, name = _marked(part, mode)
        if name := _clean(name):
            kind = PaperKind.COPY if "bản sao" in name.lower() else PaperKind.ORIGINAL
            papers.append(_paper(name, 1, mode, kind))
    return papers
