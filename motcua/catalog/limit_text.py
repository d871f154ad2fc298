"""Reading a time limit out of the prose in which procedures publish it (R11).

The reader is conservative. It answers only when one amount, and no other, can be the limit; a text that could mean
two things is refused, so that a person types the limit and nobody counts a citizen's days by a guess.
"""

import re
import unicodedata
from dataclasses import dataclass

from motcua.rules.limits import Limit, LimitKind, LimitUnreadable


@dataclass(frozen=True, slots=True)
class LimitReading:
    """What a text says about the limit.

    `confirmed` is False when the text leaves the unit or the start open: then the limit is a proposal until an
    administrator confirms it. `note` (Vietnamese, for people) keeps what the limit itself does not say.
    """

    limit: Limit | None
    confirmed: bool
    note: str = ""


NO_UNIT = "Nguồn không ghi đơn vị; tạm hiểu là ngày làm việc, cần xác nhận"
HOURS = "Nguồn ghi giờ, không nói là giờ làm việc; cần xác nhận"
OTHER_START = "Nguồn tính từ một mốc khác ngày tiếp nhận hồ sơ; cần xác nhận"

_AMOUNT = r"(?P<count>\d{1,4}) (?P<unit>giờ làm việc|giờ|ngày làm việc|ngày)"
_ANY_AMOUNT = re.compile(r"\b\d[\d.,/]* (?:giờ|ngày|tuần|tháng|năm)")
_UNITS = {
    "giờ": LimitKind.WORKING_HOURS,
    "giờ làm việc": LimitKind.WORKING_HOURS,
    "ngày làm việc": LimitKind.WORKING_DAYS,
    "ngày": LimitKind.CALENDAR_DAYS,
}

_BARE_NUMBER = re.compile(r"(\d{1,4})(?: \(nguồn không ghi đơn vị\))?")
_COUNTED = re.compile(
    r"(?:(?:trực tuyến|trực tiếp|dịch vụ bưu chính): )?"
    r"(?:trả lời/thông báo )?"
    r"(?:không quá |tối đa |trong vòng |trong thời hạn |trong )?"
    + _AMOUNT
    + r"(?P<start> (?:kể )?từ (?:ngày|khi) .+)?"
)
_SAME_DAY = re.compile(
    r"(?:ngay )?trong ngày(?: làm việc| cơ quan tiếp nhận yêu cầu| tiếp nhận(?: hồ sơ)?)?"
    r"(?:, hoặc trong ngày làm việc tiếp theo nếu tiếp nhận sau 15 giờ)?"
)
_CUT_OFF = re.compile(
    r"nhận(?: hồ sơ)? sau 15 giờ mà không giải quyết được ngay thì trả(?: kết quả)? trong ngày làm việc tiếp theo"
)
_RECEPTION = re.compile(
    r" (?:kể )?từ (?:ngày|khi) (?:ubnd cấp xã |ủy ban nhân dân cấp xã )?(?:tiếp )?nhận(?: được| đủ)*"
    r"(?: hồ sơ| giấy tờ| giấy đề nghị| đơn| văn bản đăng ký| yêu cầu| đề nghị| thông tin| nội dung|$)"
)
_EXTENSION = re.compile(
    r"^(?:trường hợp |nếu )?(?:cần|phải) xác minh|^kéo dài|^hoặc dài hơn|\bgia hạn\b|^\+ không quá|: \+ không quá"
)
_WITHIN = re.compile(r"^trong đó")
_PARENTHESIS = re.compile(r" ?\(([^()]*)\)")


def read_limit(text: str) -> LimitReading:
    """The limit that a typed or prose text names; an empty text names none.

    Raises LimitUnreadable when no amount, or more than one, could be the limit.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not words:
        return LimitReading(None, confirmed=False)
    try:
        return LimitReading(Limit.parse(words), confirmed=True)
    except LimitUnreadable:
        pass
    if bare := _BARE_NUMBER.fullmatch(words):
        return LimitReading(Limit(LimitKind.WORKING_DAYS, int(bare[1])), confirmed=False, note=NO_UNIT)
    return _read_prose(words)


def _read_prose(words: str) -> LimitReading:
    limits: set[Limit] = set()
    doubts: list[str] = []
    notes: list[str] = []
    for clause in re.split(r"; ?(?![^()]*\))", words):
        bare = _PARENTHESIS.sub("", clause).strip(" .,").lower()
        asides = _PARENTHESIS.findall(clause)
        if limit := _counted(bare, doubts):
            limits.add(limit)
            notes += _asides(asides, limit, words)
        elif _SAME_DAY.fullmatch(bare):
            limits.add(Limit(LimitKind.SAME_DAY))
            notes += _asides(asides, None, words)
        elif _EXTENSION.search(bare):
            notes.append(clause)
        elif not _CUT_OFF.fullmatch(bare):
            raise _unreadable(words)
    if len(limits) != 1 or (_CUT_OFF.search(words.lower()) and Limit(LimitKind.SAME_DAY) not in limits):
        raise _unreadable(words)
    return LimitReading(limits.pop(), confirmed=not doubts, note="; ".join([*doubts, *notes]))


def _counted(clause: str, doubts: list[str]) -> Limit | None:
    found = _COUNTED.fullmatch(clause)
    start = found and found["start"]
    if found is None or (start and _ANY_AMOUNT.search(start)):
        return None
    if found["unit"] == "giờ":
        doubts.append(HOURS)
    if start and not _RECEPTION.match(start):
        doubts.append(OTHER_START)
    return Limit(_UNITS[found["unit"]], int(found["count"]))


def _asides(asides: list[str], limit: Limit | None, words: str) -> list[str]:
    """What stands in brackets beside the limit: kept as a note, unless it names another amount."""
    for aside in asides:
        if _WITHIN.search(aside.lower()) or _EXTENSION.search(aside.lower()):
            continue
        named = {
            Limit(_UNITS[m["unit"]], int(m["count"]))
            for m in re.finditer(_AMOUNT, aside.lower())
            if int(m["count"])
        }
        if named - {limit} or (_ANY_AMOUNT.search(aside.lower()) and not named):
            raise _unreadable(words)
    return asides


def _unreadable(words: str) -> LimitUnreadable:
    return LimitUnreadable(
        f"Không đọc được một thời hạn duy nhất từ “{words}”. Hãy ghi rõ, ví dụ: 3 working days."
    )
