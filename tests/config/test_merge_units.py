"""`motcua merge-units`: the real mergers of 2020 in one file, all or none."""

from pathlib import Path

import pytest
import time_machine

from motcua.journal.models import Entry
from motcua.people.models import Merger, Unit
from motcua.people.queries import in_force
from tests.cast import MONDAY
from tests.config.commands import Said, motcua

HEADER = "ends,successor,name,district\n"
REAL = """19951,19954,Xã Phú Gia,
20038,20035,Xã Bình Tiến,
20062,20056,Xã Trung Sơn,
20077,20083,Xã Quảng Nhâm,
20101,20092,Xã Lâm Đớt,
20119,20122,Xã Giang Hải,
20179,20176,Xã Hương Xuân,
"""
WORDS = ("--on", "2026-12-01", "--decision", "834/NQ-UBTVQH14")


@pytest.fixture(autouse=True)
def clock(db):
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def run(tmp_path: Path, capsys):
    def run(text: str, *more: str) -> Said:
        file = tmp_path / "mergers.csv"
        file.write_text(HEADER + text, encoding="utf-8")
        return motcua(capsys, "merge-units", file, *WORDS, *more)

    return run


def test_seven_mergers_make_145_communes_of_152(run) -> None:
    said = run(REAL)
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines()[0] == "2026-12-01  Xã Vinh Phú + Xã Vinh Thái → Xã Phú Gia"
    communes = Unit.objects.filter(level="commune")
    days = (MONDAY.date(), MONDAY.date().replace(month=12, day=1))
    assert [communes.filter(in_force(day)).count() for day in days] == [152, 145]
    assert set(Merger.objects.values_list("planned_by", flat=True)) == {None}


def test_a_preview_writes_nothing(run) -> None:
    assert len(run(REAL, "--preview").out.splitlines()) == 7
    assert (Merger.objects.count(), Entry.objects.count()) == (0, 0)


def test_lines_with_the_same_successor_are_one(run) -> None:
    run("19951,19954,,\n20038,19954,Xã Lớn,\n,20035,Xã Bình Tiến,\n")
    titles = list(Merger.objects.order_by("pk").values_list("title", flat=True))
    assert titles == ["Xã Vinh Phú + Xã Hồng Tiến + Xã Vinh Thái → Xã Lớn", "Xã Bình Điền → Xã Bình Tiến"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99999,19954,,\n", "dòng 2: Không có đơn vị nào mang mã 99999"),
        (f"{REAL}19747,19747,,\n", "dòng 9: Đơn vị tiếp tục"),
        ("19747,474,,\n", "chỉ sáp nhập cấp xã"),
    ],
)
def test_one_wrong_line_and_nothing_is_planned(run, text: str, words: str) -> None:
    said = run(text)
    assert (said.status, said.out) == (1, "")
    assert words in said.err
    assert (Merger.objects.count(), Entry.objects.count()) == (0, 0)
