"""`motcua report`: JSON as the documentation says it, and what is refused in words (R70, R71)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from motcua.dossiers import actions
from motcua.people.models import Unit
from tests.cast import MONDAY, Played, received
from tests.config.commands import Said, motcua
from tests.statistics.slow import NAMES

COUNTS = [*NAMES, "on_time_rate"]
PERIOD = ("--from", "2026-10-01", "--to", "2026-11-15")


@pytest.fixture(autouse=True)
def clock(db) -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def refused(said: Said, words: str) -> None:
    assert (said.status, said.out) == (1, "")
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def test_the_province_as_json(clerk: Played, capsys) -> None:
    dossier = received(clerk, at=MONDAY - timedelta(days=3))
    actions.withdraw(clerk.act(MONDAY - timedelta(days=3)), dossier.pk, words="Đổi ý.")
    said = motcua(capsys, "report", *PERIOD)
    assert (said.status, said.err) == (0, "")
    read = json.loads(said.out)
    assert list(read) == [
        *("period", "unit", "totals", "units", "setup"),
        *("by_district", "by_unit", "by_field", "by_procedure"),
    ]
    assert read["period"] == {"from": "2026-10-01", "to": "2026-11-15", "months": 1.5}
    assert read["unit"] == {"code": "46", "name": "Tỉnh Thừa Thiên Huế"}
    assert read["units"] == {
        "total": 152,
        "regular": 0,
        "digitising_over_half": read["units"]["digitising_over_half"],
    }
    assert (len(read["by_district"]), len(read["by_unit"])) == (9, 152)
    city, ward = (
        next(row for row in read[table] if row["code"] == code)
        for table, code in (("by_district", "474"), ("by_unit", "19798"))
    )
    assert set(city) == {"code", "name", "units", "totals"}
    assert city["units"]["total"] == 27
    assert set(ward) == {"code", "name", "regular", "totals"}
    assert ward["regular"] is False
    for totals in (read["totals"], city["totals"], ward["totals"]):
        assert list(totals) == COUNTS
        assert (totals["received"], totals["withdrawn"], totals["on_time_rate"]) == (1, 1, 100.0)
    assert [row["totals"]["received"] for row in read["by_field"]] == [1]
    assert [(row["code"], row["name"]) for row in read["by_procedure"]] == [("1.004837", "Đăng ký giám hộ")]


def test_of_nothing_there_is_no_rate(capsys) -> None:
    """R71."""
    read = json.loads(motcua(capsys, "report", *PERIOD, "--unit", "20068").out)
    assert read["totals"]["on_time_rate"] is None
    assert (read["unit"]["code"], read["by_district"], len(read["by_unit"])) == ("20068", [], 1)


def test_into_a_file(tmp_path: Path, capsys) -> None:
    file = tmp_path / "report.json"
    said = motcua(capsys, "report", *PERIOD, "--unit", "474", "-o", file)
    assert said == (0, "", "")
    assert json.loads(file.read_text(encoding="utf-8"))["unit"]["name"] == "Thành phố Huế"
    refused(motcua(capsys, "report", *PERIOD, "-o", tmp_path / "no" / "report.json"), "Không ghi được")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from", "2026-11-15", "--to", "2026-11-01"), "ngược"),
        (("--from", "2026-11-01", "--to", "2026-11-17"), "tương lai"),
        ((*PERIOD, "--unit", "99999"), "99999"),
        ((*PERIOD, "--format", "pdf"), "chưa có"),
    ],
)
def test_refused_in_one_line(words: tuple[str, ...], why: str, capsys) -> None:
    refused(motcua(capsys, "report", *words), why)


@pytest.mark.parametrize("words", [(), ("--from", "x", "--to", "y"), (*PERIOD, "--format", "csv")])
def test_wrong_words(words: tuple[str, ...], capsys) -> None:
    said = motcua(capsys, "report", *words)
    assert (said.status, said.out) == (2, "")


def test_every_place_is_in_its_district(capsys) -> None:
    """Communes of 2019: by district as in the statistics office's list."""
    read = json.loads(motcua(capsys, "report", *PERIOD).out)
    counted = {row["name"]: row["units"]["total"] for row in read["by_district"]}
    assert sorted(counted.values()) == sorted([21, 11, 16, 18, 20, 11, 27, 12, 16])
    assert Unit.objects.filter(level="district").count() == 9
