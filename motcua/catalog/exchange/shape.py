"""A procedure as plain values, the same in every format, and back; what cannot be read is said with its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category, normalize

from motcua.catalog.content import FACTS, Content, Paper
from motcua.catalog.exchange import columns
from motcua.catalog.exchange.columns import Column
from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.fee_words import fee_of_words, grounds_words, steps_words
from motcua.catalog.template_route import PlannedStep, PlannedTask
from motcua.catalog.words import plain_limit, read_plain_limit
from motcua.rules.text import unaccent

Raw = dict[str, Any]
"""One procedure: the keys of columns.PROCEDURE, and under papers, fees and route a list of such rows."""
AT = "at"
"""Where a row stands in its file, for who mends it; not kept."""
CODE = re.compile(r"[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)*")
_TASK = re.compile(r"(?P<agency>[\w-]+) *: *(?P<minutes>\d{1,6}) *: *(?P<task>.+)")
_YES, _NO = {"co", "yes", "true", "x", "1"}, {"khong", "no", "false", "0"}


# -- out ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Known:
    """What ids are called: fields with their groups, and files with their digests."""

    fields: Mapping[int, tuple[str, str]]
    files: Mapping[int, str]


def raw_papers(content: Content, known: Known) -> list[Raw]:
    return [
        {
            "name": paper.name,
            "kind": paper.kind,
            "number": paper.number,
            "to_show": paper.to_show,
            "is_note": paper.is_note,
            "online_allowed": paper.online_allowed,
            "template": known.files.get(paper.template_id or 0, ""),
            "sample": known.files.get(paper.sample_id or 0, ""),
        }
        for paper in content.papers
    ]


def raw_fees(fees: Sequence[FeeText]) -> list[Raw]:
    return [
        {
            "label": fee.label,
            "kind": fee.kind,
            "unit": fee.unit,
            "price": fee.price.first if fee.price else "",
            "steps": steps_words(fee),
            "most": "" if fee.price is None or fee.price.most is None else fee.price.most,
            "item": fee.item,
            "is_optional": fee.is_optional,
            "confirmed": fee.confirmed,
            "grounds": grounds_words(fee, "\n"),
            "note": fee.note,
        }
        for fee in fees
    ]


def raw_route(route: Sequence[PlannedStep], known: Known) -> list[Raw]:
    return [
        {
            "kind": step.kind,
            "role": step.role,
            "minutes": step.minutes,
            "agency": step.agency,
            "field": known.fields[step.field_id][0] if step.field_id else "",
            "tasks": "\n".join(f"{task.agency}: {task.minutes}: {task.task}" for task in step.tasks),
        }
        for step in route
    ]


def raw_facts(content: Content, known: Known) -> Raw:
    facts = {name: value for name, value in content.facts.items() if name != "field_id"}
    field, group = known.fields[content.facts["field_id"]]
    return facts | {"field": field, "field_group": group}


def shown(column: Column, value: Any) -> str | int:
    """A value as an official reads and types it in a cell."""
    if value is None or value == "":
        return ""
    if column.kind == columns.YES:
        return "có" if value else "không"
    if column.kind == columns.LIMIT:
        return plain_limit(str(value))
    if column.kind == columns.LIST:
        return " | ".join(value)
    if column.words is not None:
        return column.words.get(value, str(value))
    return value if isinstance(value, int) else str(value)


# -- in ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Entry:
    """A procedure out of a file, checked. Fields and files are still called by their names."""

    code: str
    is_own_code: bool
    facts: Mapping[str, Any]
    field: str
    field_group: str
    papers: tuple[Paper, ...]
    files: tuple[tuple[str, str], ...]
    """The template and the sample of each paper, as told."""
    fees: tuple[FeeText, ...]
    route: tuple[tuple[PlannedStep, str], ...]
    """Steps with the name of their field; empty: nothing is said of the route."""
    life_events: tuple[str, ...]


def read(raw: Mapping[str, Any], faults: list[str]) -> Entry | None:
    """One procedure, or None with what is wrong in it added to `faults`."""
    before = len(faults)
    facts = _cells(raw, columns.PROCEDURE, faults)
    at = raw.get(AT, "")
    if not facts["code"] or not CODE.fullmatch(facts["code"]):
        faults.append(f"{at}: mã thủ tục “{facts['code']}” trống hoặc có ký tự lạ.")
    for key, words in (("name", "thiếu tên thủ tục"), ("field", "thiếu lĩnh vực")):
        if not facts[key]:
            faults.append(f"{at}: {words}.")
    papers, fees, route = (_rows(raw, key, faults) for key, _sheet, _columns in columns.SHEETS)
    read_fees = [_fee(row, faults) for row in fees]
    steps = [_step(row, faults) for row in route]
    if facts["fee_state"] != FeeState.LISTED and fees:
        faults.append(f"{at}: có dòng ở phần Phí nhưng cột “Phí, lệ phí” không ghi “Có thu”.")
    if len(faults) > before:
        return None
    events = tuple(facts["life_events"])
    return Entry(
        facts["code"],
        bool(facts["is_own_code"]),
        {name: _default(name, facts[name]) for name in FACTS if name != "field_id"},
        facts["field"],
        facts["field_group"] or facts["field"],
        tuple(_paper(row) for row in papers),
        tuple((row["template"], row["sample"]) for row in papers),
        tuple(fee for fee in read_fees if fee is not None),
        tuple(step for step in steps if step is not None),
        events,
    )


def _default(name: str, value: Any) -> Any:
    """An empty cell: what a version says where nothing is said."""
    return FACTS[name] if value is None else value


def _rows(raw: Mapping[str, Any], key: str, faults: list[str]) -> list[Raw]:
    rows = raw.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.append(f"{raw.get(AT, '')}: phần “{key}” phải là danh sách.")
        return []
    of = next(cols for name, _sheet, cols in columns.SHEETS if name == key)
    default = f"{raw.get(AT, '')}, {key}"
    return [
        _cells({AT: f"{default} {place}"} | row, of, faults) | {AT: row.get(AT, f"{default} {place}")}
        for place, row in enumerate(rows, start=1)
    ]


def _cells(row: Mapping[str, Any], of: Sequence[Column], faults: list[str]) -> Raw:
    """The cells of a row by key; a wrong one is None, and said."""
    found: Raw = {}
    for column in of:
        try:
            found[column.key] = _value(column, row.get(column.key))
        except ValueError as error:
            faults.append(f"{row.get(AT, '')}, cột “{column.heading}”: {error}")
            found[column.key] = [] if column.kind == columns.LIST else "" if _is_text(column) else None
    return found


def _is_text(column: Column) -> bool:
    return column.kind in (columns.TEXT, columns.LINES, columns.LIMIT)


def _value(column: Column, value: Any) -> Any:
    if column.kind == columns.LIST:
        parts = value if isinstance(value, list) else str(value or "").split("|")
        if not all(isinstance(part, str) for part in parts):
            raise ValueError("không phải danh sách chữ.")
        return [name for part in parts if (name := _text(part, column))]
    if isinstance(value, dict | list):
        raise ValueError("không phải một giá trị.")  # noqa: TRY004  the reader's own message
    if column.kind == columns.YES:
        return _yes(value)
    if column.kind == columns.WHOLE:
        return _whole(value, column)
    text = _text(value, column)
    if column.kind == columns.LIMIT:
        return read_plain_limit(text)
    if column.words is not None:
        return _choice(text, column.words)
    return text


def _text(value: Any, column: Column) -> str:
    text = "" if value is None else str(value)
    text = normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(category(letter) in ("Cc", "Cs") and letter != "\n" for letter in text):
        raise ValueError("có ký tự không in được.")
    if "\n" in text and column.kind not in (columns.LINES, columns.LIMIT):
        text = " ".join(text.split())
    if len(text) > column.most:
        raise ValueError(f"dài hơn {column.most} chữ.")
    return text


def _yes(value: Any) -> bool | None:
    if value is None or value == "" or isinstance(value, bool):
        return value if isinstance(value, bool) else None
    word = unaccent(str(value))
    if word not in _YES | _NO:
        raise ValueError(f"“{value}” không phải có hoặc không.")
    return word in _YES


def _whole(value: Any, column: Column) -> int | None:
    text = str(value if value is not None else "").strip().removesuffix(".0")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9 or int(text) > column.most:  # noqa: PLR2004
        raise ValueError(f"“{text}” không phải số từ 0 đến {column.most}.")
    return int(text)


def _choice(text: str, words: Mapping[str, str]) -> str:
    known = {unaccent(value): value for value in words} | {
        unaccent(word): value for value, word in words.items()
    }
    if unaccent(text) not in known and text:
        raise ValueError(
            f"“{text}” không phải một trong: {', '.join(word for word in words.values() if word)}."
        )
    return known.get(unaccent(text), "")


def _paper(row: Raw) -> Paper:
    is_note = bool(row["is_note"])
    return Paper(
        row["name"],
        row["kind"] or Paper("").kind,
        0 if is_note and row["number"] is None else 1 if row["number"] is None else row["number"],
        to_show=bool(row["to_show"]),
        is_note=is_note,
        online_allowed=row["online_allowed"] is not False,
    )


def _fee(row: Raw, faults: list[str]) -> FeeText | None:
    if any(row[key] is None for key in ("label", "kind", "unit")):
        return None
    confirmed = row["confirmed"] is not False
    fee, wrong = fee_of_words(row | {"confirmed": confirmed, "is_optional": bool(row["is_optional"])})
    headings = {column.key: column.heading for column in columns.FEES}
    faults += [f"{row[AT]}, cột “{headings.get(name, name)}”: {words}" for name, words in wrong]
    return fee


def _step(row: Raw, faults: list[str]) -> tuple[PlannedStep, str] | None:
    if not row["kind"] or not row["role"] or row["minutes"] is None:
        faults.append(f"{row[AT]}: cần bước, vai trò và số phút.")
        return None
    tasks = []
    for line in filter(None, (row["tasks"] or "").split("\n")):
        task = _TASK.fullmatch(line.strip())
        if task is None or len(task["task"]) > 300:  # noqa: PLR2004
            faults.append(f"{row[AT]}: không đọc được việc “{line}”; viết như police: 480: Cấp sổ.")
            return None
        tasks.append(PlannedTask(task["agency"], task["task"].strip(), int(task["minutes"])))
    step = PlannedStep(row["kind"], row["role"], row["minutes"], row["agency"] or "", None, tuple(tasks))
    return step, row["field"] or ""
