"""The `motcua` command as scripts outside call it: words, JSON, exit status (docs/commands.md)."""

import json
from pathlib import Path

import pytest

from motcua.catalog import load_procedures
from motcua.catalog.queries import version_called
from motcua.people import load_units
from motcua.people.models import Unit, User
from tests.config.commands import motcua
from tests.databases import IsolatedDatabase

ASKED = ("--unit", "19798", "--received", "2019-04-26T09:00")
AT_ONCE = ("--limit", "at once")


# -- deadline -------------------------------------------------------------------------------------
def test_deadline_answers_in_json(db, capsys) -> None:
    """R16: three working days over a long weekend and a make-up Saturday."""
    said = motcua(capsys, "deadline", *ASKED, "--limit", "3 working days", "--json")
    answer = json.loads(said.out)
    assert list(answer) == ["due_at", "limit", "explanation"]
    assert (answer["due_at"], answer["limit"]) == ("2019-05-04T17:00:00", "3 working days")
    assert [list(line) for line in answer["explanation"]] == [["date", "counted", "reason"]] * 9
    assert [line["date"] for line in answer["explanation"]] == [
        *(f"2019-04-{day}" for day in range(26, 31)),
        *(f"2019-05-0{day}" for day in range(1, 5)),
    ]
    counted = [line["date"] for line in answer["explanation"] if line["counted"]]
    assert counted == ["2019-05-02", "2019-05-03", "2019-05-04"]
    assert all(line["reason"] for line in answer["explanation"])


def test_deadline_says_the_same_to_people(db, capsys) -> None:
    """R16."""
    lines = motcua(capsys, "deadline", *ASKED, "--limit", "3 working days").out.splitlines()
    assert lines[0] == "17:00, 04/05/2019  (3 working days)"
    assert lines[1] == "26/04/2019  ·  Ngày tiếp nhận, không tính"
    assert lines[-1].startswith("04/05/2019  ✓  Ngày làm việc thứ 3, làm bù")


def test_deadline_takes_a_procedure_and_an_identifier(db, capsys) -> None:
    """R11: a birth after 15:00 is answered on the next working day."""
    asked = ("--unit", "000.19.01.H57", "--received", "2019-03-04T15:01", "--procedure", "1.001193")
    assert motcua(capsys, "deadline", *asked).out.startswith("17:00, 05/03/2019  (same day)")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2019-04-26T09:00", "2019-04-26T10:00:00"),
        ("2019-04-26 09:00:59", "2019-04-26T10:00:00"),
        ("2019-04-26T02:00+00:00", "2019-04-26T10:00:00"),
        ("2019-04-26T02:00Z", "2019-04-26T10:00:00"),
        ("2019-04-25T23:00-03:00", "2019-04-26T10:00:00"),
    ],
)
def test_a_time_is_local_unless_it_says_otherwise(db, capsys, received: str, due: str) -> None:
    asked = ("--unit", "19798", "--received", received, "--limit", "1 working hour", "--json")
    assert json.loads(motcua(capsys, "deadline", *asked).out)["due_at"] == due


@pytest.mark.parametrize(
    "words",
    [
        (*ASKED, "--limit", "soon"),
        (*ASKED, "--limit", "0 working days"),
        ASKED,
        (*ASKED, *AT_ONCE, "--procedure", "1.001193"),
        ("--unit", "19798", "--received", "yesterday", *AT_ONCE),
        ("--unit", "19798", "--received", "2019-02-29T09:00", *AT_ONCE),
        ("--unit", "19798", "--received", "9999-12-31T23:59+00:00", *AT_ONCE),
        ("--unit", "19798", *AT_ONCE),
        ("--received", "2019-04-26T09:00", *AT_ONCE),
    ],
)
def test_wrong_arguments_end_with_two(db, capsys, words: tuple[str, ...]) -> None:
    said = motcua(capsys, "deadline", *words)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


def silent() -> str:
    """A procedure without a published limit."""
    version = load_procedures.ProcedureVersion.objects.filter(limit="").first()
    assert version is not None
    return version.procedure.code


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("deadline", ("--unit", "00000", "--received", "2019-04-26T09:00", *AT_ONCE), "00000"),
        ("deadline", ("--unit", "19798", "--received", "1999-04-26T09:00", *AT_ONCE), "2015"),
        (
            "deadline",
            ("--unit", "19798", "--received", "2035-12-31T09:00", "--limit", "9 working days"),
            "2035",
        ),
        ("deadline", (*ASKED, "--procedure", "0.000000"), "0.000000"),
        ("deadline", (*ASKED, "--procedure", silent), "chưa công bố"),
        ("load-units", ("nowhere.csv",), "nowhere.csv"),
        ("load-procedures", ("nowhere.csv",), "nowhere.csv"),
        ("load-fees", ("nowhere.csv",), "nowhere.csv"),
        ("load-staff", ("nowhere.csv",), "nowhere.csv"),
        ("load-catalogue", ("nowhere.json", "--decision", "1/QĐ"), "nowhere.json"),
        ("load-catalogue", ("nowhere.txt", "--decision", "1/QĐ"), ".xlsx"),
        ("export-catalogue", ("-o", "catalogue.pdf"), ".xlsx"),
        ("export-catalogue", ("-o", "/nowhere/catalogue.csv"), "/nowhere"),
        ("verify", ("--unit", "00000"), "00000"),
    ],
)
def test_a_refusal_is_one_line_and_a_one(db, capsys, name: str, words, reason: str) -> None:
    said = motcua(capsys, name, *(word() if callable(word) else word for word in words))
    assert (said.status, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert reason in said.err


def test_from_a_shell_the_status_is_the_same(isolated_database: IsolatedDatabase) -> None:
    for status, words in (
        (0, (*ASKED, *AT_ONCE)),
        (1, (*ASKED, "--procedure", "0.000000")),
        (2, ASKED),
    ):
        done = isolated_database.run_anew("deadline", *words)
        assert done.returncode == status
        assert bool(done.stdout) == (status == 0)
        assert "Traceback" not in done.stderr


# -- loading --------------------------------------------------------------------------------------
def test_loading_says_what_it_did(db, capsys) -> None:
    assert motcua(capsys, "load-units", load_units.DATA / "units.csv") == (
        0,
        "units: 0 made, 0 changed, 162 as before\n",
        "",
    )
    said = motcua(capsys, "load-procedures", load_procedures.DATA / "procedures.csv")
    assert said.out.splitlines() == [
        "procedures: 0 made, 0 changed, 146 as before",
        "limits: 39 not published, 29 not confirmed",
        *said.out.splitlines()[2:],
    ]
    assert len(said.out.splitlines()) == 8
    assert all(line.startswith("fee not readable, not charged: ") for line in said.out.splitlines()[2:])


def test_limits_that_cannot_be_read_are_listed(db, capsys, tmp_path: Path) -> None:
    file = tmp_path / "procedures.csv"
    columns = ",".join(load_procedures.COLUMNS)
    file.write_text(f"{columns}\n9.1,Một,Hộ tịch,,khoảng vài tuần,,,\n9.2,Hai,Hộ tịch,,5 ngày làm việc,,,\n")
    said = motcua(capsys, "load-procedures", file)
    assert said.status == 0
    assert said.out.splitlines()[2:] == ["limit not readable, left empty: dòng 2, 9.1: khoảng vài tuần"]


def test_a_province_loads_its_fees(db, capsys, tmp_path: Path) -> None:
    """R33."""
    file = tmp_path / "fees.csv"
    head = "code,label,kind,unit,item,price,steps,most,optional,grounds,decision\n"
    file.write_text(f"{head}1.001193,Lệ phí khai sinh,le_phi,trường hợp,,5000,,,no,Khai sinh đúng hạn,NQ 1\n")
    assert motcua(capsys, "load-fees", file).out == "fees: 1 procedures changed, 0 as before\n"
    assert motcua(capsys, "load-fees", file).out == "fees: 0 procedures changed, 1 as before\n"
    assert version_called("1.001193").fees.get().price == 5000
    file.write_text(f"{head}1.001193,x,phi,bản,,6000,,,no,,NQ\n0.1,x,phi,bản,,1,,,no,,NQ\n")
    said = motcua(capsys, "load-fees", file)
    assert (said.status, said.out) == (1, "")
    assert "0.1" in said.err
    assert version_called("1.001193").fees.get().price == 5000


def test_a_bad_file_changes_nothing(db, capsys, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(
        "code,name_with_type,district_code,district_name\n19798,Phường Mới,474,Thành phố Huế\n1979,X,474,Thành phố Huế\n"
    )
    said = motcua(capsys, "load-units", file)
    assert (said.status, said.out) == (1, "")
    assert "units.csv, dòng 3" in said.err
    assert Unit.objects.get(code="19798").name == "Phường Phước Vĩnh"


def test_staff_of_a_province_with_their_first_passwords(db, capsys, tmp_path: Path) -> None:
    file, out = tmp_path / "staff.csv", tmp_path / "passwords.csv"
    head = "unit,username,full_name,title,role,fields\n"
    file.write_text(f"{head}19747,tn.phuhau,Trần Thị Một,,clerk,\n19747,ld.phuhau,Lê Văn Hai,,Lãnh đạo,\n")
    said = motcua(capsys, "load-staff", file, "--passwords", out)
    assert said.out == "staff: 2 accounts made, 2 roles given, 0 titles changed, 0 as before\n"
    assert out.stat().st_mode & 0o077 == 0
    _head, first, _second = out.read_text(encoding="utf-8-sig").splitlines()
    username, _name, secret = first.split(",")
    assert User.objects.get(username=username).check_password(secret)
    again = motcua(capsys, "load-staff", file)
    assert again.out == "staff: 0 accounts made, 0 roles given, 0 titles changed, 2 as before\n"
    file.write_text(f"{head}19747,ba.phuhau,Hồ Ba,,clerk,\n")
    assert motcua(capsys, "load-staff", file, "--passwords", out).status == 1
    assert not User.objects.filter(username="ba.phuhau").exists()
    file.write_text(f"{head}19747,bon.phuhau,Hồ Bốn,,Vua,\n1,nam.phuhau,Hồ Năm,,clerk,\n")
    said = motcua(capsys, "load-staff", file)
    assert (said.status, len(said.err.splitlines())) == (1, 1)
    assert "Dòng 2" in said.err
    assert "Dòng 3" in said.err


# -- the demo -------------------------------------------------------------------------------------
TABLES = (
    "journal_entry",
    "journal_reaction",
    "dossiers_dossier",
    "people_user",
    "people_person",
    "people_unit",
    "people_officehours",
    "catalog_procedureversion",
    "catalog_offering",
)


def test_the_demo_again_changes_nothing_and_prints_the_logins(isolated_database: IsolatedDatabase) -> None:
    def counted() -> list[object]:
        return [isolated_database.sql(f"SELECT count(*), max(id) FROM {table}") for table in TABLES]

    before = counted()
    done = isolated_database.run("demo", "--no-serve")
    assert counted() == before
    password = (isolated_database.home / "demo-password").read_text().strip()
    lines = [line for line in done.stdout.splitlines() if password in line]
    assert len(lines) == 45
    assert any("tiepnhan.phuocvinh" in line for line in lines)


def test_the_demos_people_and_dossiers_are_marked_as_simulated(isolated_database: IsolatedDatabase) -> None:
    for table in ("people_user", "people_person", "dossiers_dossier"):
        marks = isolated_database.sql(f"SELECT DISTINCT is_simulated FROM {table}")
        assert [bool(mark) for (mark,) in marks] == [True]


def test_the_demos_password_is_read_by_its_owner_only(isolated_database: IsolatedDatabase) -> None:
    assert (isolated_database.home / "demo-password").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("ending", ["json", "xlsx", "csv"])
def test_the_catalogue_goes_out_and_comes_in(db, capsys, tmp_path: Path, ending: str) -> None:
    """R50: the same again changes nothing; what differs is published; a mistake changes nothing."""
    path = tmp_path / f"catalogue.{ending}"
    assert motcua(capsys, "export-catalogue", "-o", path).out == "procedures: 146 written\n"
    load = ("load-catalogue", path, "--decision", "1/QĐ-UBND")
    assert "0 new, 0 changed" in motcua(capsys, *load).out
    if ending != "json":
        return
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"limit": "same day"', '"limit": "vài ngày"', 2), encoding="utf-8")
    said = motcua(capsys, *load)
    assert (said.status, len(said.out.splitlines()), said.err.count("\n")) == (1, 2, 1)
    assert "2 lỗi" in said.err
    path.write_text(text.replace('"level": "Cấp xã"', '"level": "Cấp xã, phường"', 1), encoding="utf-8")
    assert "0 new, 1 changed" in motcua(capsys, *load, "--decided", "2026-01-02").out
    assert motcua(capsys, *load, "--from", "hôm nay").status == 2
