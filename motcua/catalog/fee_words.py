"""A fee as an official types it, in a form or a spreadsheet, and back: "3:1000", "Hộ nghèo | Nộp trực tuyến = 50"."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalog.fee_text import LABELS, FeeText, Ground
from motcua.rules.fees import WHOLE, FeeRefused, Price

MOST_GROUND = 200
_STEP = re.compile(r"(\d{1,4}):(\d{1,10})")
_GROUND = re.compile(r"(?P<words>.*?)\s*(?:=\s*(?P<percent>\d{1,3})\s*%?)?")
Faults = list[tuple[str, str]]
"""(column, what is wrong with it)."""


def steps_words(fee: FeeText) -> str:
    return " ".join(f"{start}:{each}" for start, each in fee.price.steps) if fee.price else ""


def grounds_words(fee: FeeText, between: str = " | ") -> str:
    """`Hộ nghèo | Nộp trực tuyến = 50`; who pays nothing needs no number unless the words themselves end in one."""
    return between.join(
        ground.words
        if ground.percent_off == WHOLE and "=" not in ground.words
        else f"{ground.words} = {ground.percent_off}"
        for ground in fee.grounds
    )


def fee_of_words(typed: Mapping[str, Any]) -> tuple[FeeText | None, Faults]:
    """The fee of label, kind, unit, price, steps, most, item, grounds, note, is_optional, confirmed; or what is wrong."""
    faults: Faults = []
    price = _price(typed, faults)
    grounds = _grounds(str(typed["grounds"]), faults)
    if typed["kind"] not in LABELS:
        faults.append(("kind", _("Loại chỉ là phí (phi) hoặc lệ phí (le_phi).")))
    if not typed["unit"]:
        faults.append(("unit", _("Hãy ghi mức này cho một gì: trang, bản, trường hợp …")))
    if faults:
        return None, faults
    fee = FeeText(
        label=typed["label"] or LABELS[typed["kind"]],
        kind=typed["kind"],
        unit=typed["unit"],
        price=price,
        item=typed["item"],
        grounds=grounds,
        confirmed=bool(typed["confirmed"]) and price is not None,
        note=typed["note"],
        is_optional=bool(typed["is_optional"]),
    )
    return fee, []


def _price(typed: Mapping[str, Any], faults: Faults) -> Price | None:
    amounts = {name: _dong(str(typed[name])) for name in ("price", "most")}
    for name, amount in amounts.items():
        if amount is None and str(typed[name]).strip():
            faults.append((name, _("Số tiền là số đồng, ví dụ 8000 hoặc 8.000.")))
    steps = [_STEP.fullmatch(part) for part in str(typed["steps"]).split()]
    if not all(steps):
        faults.append(
            ("steps", _("Viết như 3:1000 (từ đơn vị thứ 3 trở đi 1.000 đồng), cách nhau bằng dấu cách."))
        )
    if faults:
        return None
    if amounts["price"] is None:
        if steps or amounts["most"] is not None:
            faults.append(("price", _("Có mức tối đa hoặc mức khác thì phải có mức thu.")))
        return None
    pairs = tuple((int(step[1]), int(step[2])) for step in steps if step)
    try:
        return Price(amounts["price"], pairs, amounts["most"])
    except FeeRefused:
        faults.append(
            ("price", _("Mức thu không thể như vậy: quá lớn, hoặc các mức không tăng dần về số lượng."))
        )
        return None


def _dong(text: str) -> int | None:
    """Đồng; points between thousands do not count."""
    digits = re.sub(r"(?<=\d)[.,\s](?=\d{3}(?:\D|$))", "", text.strip().removesuffix("đ").strip())
    return int(digits) if digits.isdecimal() and len(digits) <= 10 else None  # noqa: PLR2004


def _grounds(text: str, faults: Faults) -> tuple[Ground, ...]:
    found = []
    for part in re.split(r"[|\n]", text):
        if not (clean := " ".join(part.split())):
            continue
        match = _GROUND.fullmatch(clean)
        words = match["words"] if match else ""
        percent = int(match["percent"] or WHOLE) if match else 0
        if not words or not 1 <= percent <= WHOLE or len(words) > MOST_GROUND:
            faults.append(
                (
                    "grounds",
                    _("Không đọc được “%(part)s”: ghi đối tượng, rồi “= 50” nếu chỉ giảm 50%%.")
                    % {"part": clean},
                )
            )
            continue
        found.append(Ground(words, percent))
    return tuple(found)
