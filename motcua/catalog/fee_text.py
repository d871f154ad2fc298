"""Reading published fees out of the prose in which procedures publish them (R33).

As conservative as the reader of limits (limit_text): it answers only when one price, and no other, can be meant. A
text that could mean two things is refused, so that a person types the fee and nobody pays by a guess.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.fees import Price


class FeesUnreadable(ValueError):
    """No fee can be read from the text without guessing; the message (Vietnamese) says which text."""


class FeeState(StrEnum):
    """What is known of a procedure's fees."""

    UNKNOWN = ""
    """The source says nothing: not published."""
    UNREAD = "unread"
    """The source says something that could mean two things."""
    FREE = "free"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class Ground:
    """Who pays nothing (100), or so many hundredths less."""

    words: str
    percent_off: int = 100


@dataclass(frozen=True, slots=True)
class FeeText:
    """One published fee. `price` is None where another decision sets it and the source does not say how much.

    `confirmed` is False when the text leaves something open: then nothing is charged until an administrator confirms.
    """

    label: str
    kind: str
    """`phi`, `le_phi`, or empty: the text does not say."""
    unit: str
    price: Price | None
    item: str = ""
    """What the most is counted by (bản); empty: the units are the items."""
    grounds: tuple[Ground, ...] = ()
    confirmed: bool = True
    note: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class FeeReading:
    state: FeeState
    fees: tuple[FeeText, ...] = ()
    note: str = ""


PHI, LE_PHI = "phi", "le_phi"
LABELS = {PHI: "Phí", LE_PHI: "Lệ phí", "": "Phí, lệ phí"}
NO_UNIT = "Nguồn không ghi đơn vị tính; tạm hiểu là một trường hợp, cần xác nhận"
COUNCIL = "Mức do Hội đồng nhân dân tỉnh quy định; nguồn không ghi mức"
CONTRADICTS = "Nguồn vừa ghi “Miễn phí” vừa ghi có mức thu; cần xác nhận"
CUT = "Nguồn bị cắt giữa câu; có thể còn trường hợp được miễn, giảm"
CASE = "trường hợp"

_AMOUNT = r"(?P<amount>\d{1,3}(?:[.,]\d{3})+|\d{4,9}) ?(?:đồng|đ|vnđ|việt nam đồng)"
_ANY_MONEY = re.compile(
    r"\d[\d.,]* ?(?:nghìn |triệu )?(?:đồng|đ\b|vnđ|việt nam đồng)|\d{1,3}(?:[.,]\d{3})+|%"
)
_STEPPED = re.compile(
    _AMOUNT + r"/(?P<unit>\w+); từ \w+ thứ (?P<start>\d{1,2}) trở lên "
    r"(?P<then>\d{1,3}(?:[.,]\d{3})+) ?(?:đồng|đ)/(?P=unit), "
    r"tối đa (?P<most>\d{1,3}(?:[.,]\d{3})+) ?(?:đồng|đ)/(?P<item>\w+)"
)
_PRICED = re.compile(
    r"(?:(?:mức thu )?(?P<kind>lệ phí|phí) ?: ?)?"
    + _AMOUNT
    + r"(?:/(?P<unit>[^.;()]+?))?(?P<aside> \([^()]*\))?"
)
_FREE = re.compile(r"(?:miễn phí|miễn lệ phí|không thu phí|không)(?: \(không có\))?")
_PORTAL = re.compile(r"(?P<head>miễn phí|[\d.,]+ (?:vnđ|việt nam đồng)) \((?P<body>.*)", re.IGNORECASE)
_COUNCIL = re.compile(
    r"(?:mức lệ phí cụ thể do|(?P<case>[^:]*): theo mức|theo mức thu lệ phí do) "
    r"(?:hội đồng nhân dân|hđnd) (?:cấp )?tỉnh(?:, thành phố trực thuộc trung ương)?(?: (?:quyết định|quy định))?"
)
_GROUNDS = re.compile(
    r"miễn lệ phí(?: đăng ký nuôi con nuôi trong nước)?(?: cho| đối với| ?:)(?: trường hợp)? (?P<who>.+)"
)
_COPIES = re.compile(r"phí cấp bản sao .+")
_IN_WORDS = re.compile(r"\(?[a-zà-ỹ ]+ việt nam đồng\)?")


def read_fees(text: str) -> FeeReading:
    """The fees that a prose text names. Raises FeesUnreadable when it could mean two things."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        return FeeReading(FeeState.UNKNOWN)
    if _FREE.fullmatch(words.lower().rstrip(".")):
        return FeeReading(FeeState.FREE)
    if stepped := _STEPPED.fullmatch(words.lower().rstrip(".")):
        return _listed(_stepped(stepped))
    if portal := _PORTAL.fullmatch(words):
        return _of_portal(words, portal["head"], portal["body"])
    return _listed(_of_clauses(words, words))


def _stepped(found: re.Match[str]) -> FeeText:
    price = Price(
        _dong(found["amount"]), ((int(found["start"]), _dong(found["then"])),), most=_dong(found["most"])
    )
    return FeeText(LABELS[""], "", found["unit"], price, item=found["item"])


def _of_portal(words: str, head: str, body: str) -> FeeReading:
    """The national portal's form: what its field for the amount holds, then the explanation in brackets."""
    is_cut = words.count("(") != words.count(")")
    if head.lower() == "miễn phí":
        rest = [clause for clause in _clauses(body) if not _FREE.fullmatch(clause.lower())]
        if rest and all(_is_about_copies(clause) for clause in rest):
            return FeeReading(FeeState.FREE, note="; ".join(rest))  # copies are a procedure of their own
        fee = _of_clauses(body, words)
        if fee.price is not None:
            raise _unreadable(words)
        return _listed(fee, CONTRADICTS)
    fee = _of_clauses(f"{head}. {body}", words)
    return _listed(fee, CUT if is_cut and fee.grounds else "")


def _listed(fee: FeeText, doubt: str = "") -> FeeReading:
    if not doubt:
        return FeeReading(FeeState.LISTED, (fee,))
    note = "; ".join(filter(None, (doubt, fee.note)))
    doubted = FeeText(
        fee.label, fee.kind, fee.unit, fee.price, fee.item, fee.grounds, confirmed=False, note=note
    )
    return FeeReading(FeeState.LISTED, (doubted,))


def _clauses(text: str) -> list[str]:
    """Sentences; a full stop within a number ends none."""
    parts = re.split(r"\.(?!\d)", text.replace("(Mức thu", ". Mức thu"))
    return [clean for part in parts if (clean := _unwrapped(part))]


def _unwrapped(clause: str) -> str:
    """Without the brackets around it, and without one that the cut left open or alone."""
    clause = clause.strip(" ,;")
    while clause.startswith("("):
        clause = clause[1:].strip(" ,;")
    while clause.count(")") > clause.count("("):
        clause = "".join(clause.rsplit(")", 1)).strip(" ,;")
    while clause.endswith("("):
        clause = clause[:-1].strip(" ,;")
    return clause


def _of_clauses(text: str, words: str) -> FeeText:
    """The one fee that sentences speak of."""
    amounts: set[int] = set()
    units: set[str] = set()
    kinds: set[str] = set()
    grounds: list[Ground] = []
    notes: list[str] = []
    council = False
    for clause in _clauses(text):
        low = clause.lower()
        if priced := _PRICED.fullmatch(low):
            amounts.add(_dong(priced["amount"]))
            units |= {priced["unit"].strip()} if priced["unit"] else set()
            kinds |= {PHI if priced["kind"] == "phí" else LE_PHI} if priced["kind"] else set()
            notes += [priced["aside"].strip(" ()")] if priced["aside"] else []
        elif found := _GROUNDS.fullmatch(low):
            kinds.add(LE_PHI)
            grounds += _grounds(clause[found.start("who") :], words)
        elif found := _COUNCIL.fullmatch(low):
            council = True
            kinds.add(LE_PHI)
            notes += [clause[: found.end("case")]] if found["case"] else []
        elif _is_about_copies(clause):
            notes.append(clause)
        elif not (_IN_WORDS.fullmatch(low) or _bare_kind(low)):
            raise _unreadable(words)
    if len(amounts) + council != 1 or len(units) > 1 or len(kinds) > 1:
        raise _unreadable(words)
    kind = kinds.pop() if kinds else ""
    price = Price(amounts.pop()) if amounts else None
    doubts = [COUNCIL] if price is None else [] if units else [NO_UNIT]
    return FeeText(
        label=LABELS[kind],
        kind=kind,
        unit=units.pop() if units else CASE,
        price=price,
        grounds=tuple(grounds),
        confirmed=not doubts,
        note="; ".join([*doubts, *notes]),
    )


def _is_about_copies(clause: str) -> bool:
    """A word on copies without a price: giving out copies is a procedure of its own (2.000635)."""
    return bool(_COPIES.fullmatch(clause.lower())) and not _ANY_MONEY.search(clause.lower())


def _bare_kind(clause: str) -> bool:
    return clause in ("phí", "lệ phí", "đồng")


def _grounds(text: str, words: str) -> list[Ground]:
    """Who is exempt, one by one; the last is left out where the source was cut in it."""
    who = [part.strip(" .,;)") for part in re.split(r";|, (?=người )", text)]
    if words.count("(") != words.count(")") and words.rstrip(") ").endswith(who[-1]):
        who.pop()
    if any(_ANY_MONEY.search(part) for part in who):
        raise _unreadable(words)
    return [Ground(part[0].upper() + part[1:]) for part in who if part]


def _dong(digits: str) -> int:
    return int(re.sub(r"[.,]", "", digits))


def _unreadable(words: str) -> FeesUnreadable:
    return FeesUnreadable(f"Không đọc được một mức thu duy nhất từ “{words}”.")
