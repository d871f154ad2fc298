"""docs/law.md: every rule of the law once, with the code that carries it out and a test that would notice."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAW = ROOT / "docs" / "law.md"
_GROUPS = ((1, 7), (10, 16), (20, 27), (30, 33), (40, 42), (50, 52), (60, 63), (70, 71))
RULES = [f"R{number:02d}" for first, last in _GROUPS for number in range(first, last + 1)]
_ROW = re.compile(r"\| (R\d\d) \| (.*?) \| ?(.*?) \| ?(.*?) \| (.*?) \|")
_REFERENCE = re.compile(r"`([^`]+)`")


class Line(NamedTuple):
    rule: str
    article: str
    code: list[str]
    test: list[str]
    state: str


def lines() -> list[Line]:
    found = []
    for text in LAW.read_text(encoding="utf-8").splitlines():
        if row := _ROW.fullmatch(text):
            rule, article, code, test, state = row.groups()
            found.append(Line(rule, article, _REFERENCE.findall(code), _REFERENCE.findall(test), state))
    return found


def defined(path: Path) -> set[str]:
    """Names defined at the top of a module, and `Class.method`."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
        if isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def missing(reference: str) -> str:
    """What is wrong with `path:name` or `path`; empty when it is there."""
    path, _, name = reference.partition(":")
    if not (ROOT / path).is_file():
        return f"{path} does not exist"
    if name and name not in defined(ROOT / path):
        return f"{path} defines no {name}"
    return ""


def test_every_rule_stands_there_once_and_in_order() -> None:
    assert [line.rule for line in lines()] == RULES


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.rule)
def test_a_line_is_true(line: Line) -> None:
    assert line.article
    assert line.state in ("done", "part", "later") or re.fullmatch(r"issue \d+", line.state)
    if line.state in ("done", "part"):
        assert line.code
        assert line.test
    else:
        assert line.code == line.test == []
    assert all(":" in reference for reference in line.code)
    assert [wrong for reference in line.code + line.test if (wrong := missing(reference))] == []
    for reference in line.test:
        text = (ROOT / reference.partition(":")[0]).read_text(encoding="utf-8")
        assert line.rule in text, f"no test in {reference} names {line.rule}"


def test_what_a_part_lacks_is_said() -> None:
    said = re.findall(r"^- \*\*(R\d\d)\*\* ", LAW.read_text(encoding="utf-8"), re.MULTILINE)
    assert said == [line.rule for line in lines() if line.state == "part"]


def test_the_check_would_notice() -> None:
    assert missing("motcua/nowhere.py:x") == "motcua/nowhere.py does not exist"
    assert missing("motcua/rules/limits.py:Nothing") == "motcua/rules/limits.py defines no Nothing"
    assert missing("motcua/rules/limits.py:Limit") == ""
