"""`load-procedures`: the real catalogue; what changed is a new version; what cannot be read is said, not guessed."""

import csv
from pathlib import Path

import pytest

from motcua.catalog.errors import BadProcedureFile
from motcua.catalog.load_procedures import DATA, load_procedures
from motcua.catalog.models import Offering, Procedure, ProcedureVersion, RouteStep
from motcua.catalog.queries import current, find, offered
from motcua.dossiers.models import Dossier
from motcua.people.models import Unit
from motcua.rules.limits import Limit
from tests.cast import GUARDIANSHIP, Played, received, version

REAL = DATA / "procedures.csv"
PROSE = (
    "code",
    "name_vi",
    "field_vi",
    "level",
    "time_limit_text",
    "fee_text",
    "interlinked",
    "components_text",
)


def rows() -> list[dict[str, str]]:
    with REAL.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def file(folder: Path, given: list[dict[str, str]], columns: tuple[str, ...] | None = None) -> Path:
    path = folder / "procedures.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns or list(given[0]), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(given)
    return path


def prose(**cells: str) -> dict[str, str]:
    return dict.fromkeys(PROSE, "") | {"code": "9.000001", "name_vi": "Thử", "field_vi": "Hộ tịch"} | cells


def test_all_of_the_file_is_there(db) -> None:
    assert Procedure.objects.count() == 146
    assert current().count() == 146
    assert version("1.001193").limit == "same day"


def test_the_same_file_again_changes_nothing(db) -> None:
    loaded = load_procedures(REAL)
    assert (loaded.made, loaded.changed, loaded.same) == (0, 0, 146)


def test_what_the_source_leaves_empty_stays_empty_and_says_so(db) -> None:
    empty = current().filter(limit="").first()
    assert empty.typed_limit is None
    assert empty.limit_label == "chưa công bố"
    assert not RouteStep.objects.filter(version=empty).exists()


def test_a_limit_without_its_unit_is_not_confirmed_and_says_so(db) -> None:
    marital_status = version("1.004873")
    assert (marital_status.limit, marital_status.limit_confirmed) == ("3 working days", False)
    assert marital_status.limit_label == "03 ngày làm việc (chưa xác nhận)"


def test_a_change_is_a_new_version_and_dossiers_keep_theirs(clerk: Played, tmp_path: Path) -> None:
    dossier = received(clerk)
    changed = [row | {"fee_text": "9.000 đồng"} for row in rows() if row["code"] == GUARDIANSHIP]
    loaded = load_procedures(file(tmp_path, changed))
    assert (loaded.made, loaded.changed) == (0, 1)
    old = ProcedureVersion.objects.get(procedure__code=GUARDIANSHIP, number=1)
    assert old.valid_to is not None
    assert Dossier.objects.get(pk=dossier.pk).version == old
    assert version().fee_text == "9.000 đồng"
    assert RouteStep.objects.filter(version=version()).count() == 4


def test_shares_of_every_route_add_up_to_its_limit(db) -> None:
    """R13."""
    for each in current().exclude(limit=""):
        minutes = sum(each.route.values_list("minutes", flat=True))
        assert minutes == Limit.parse(each.limit).nominal_minutes, each.procedure.code


@pytest.mark.parametrize(
    ("text", "limit", "unreadable"),
    [
        ("07 ngày làm việc", "7 working days", 0),
        (
            "Ngay trong ngày; nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo",
            "same day",
            0,
        ),
        ("khoảng vài tuần", "", 1),
        ("Trực tiếp: 5 ngày; Trực tuyến: 3 ngày", "", 1),
        ("", "", 0),
    ],
)
def test_prose_is_read_or_reported(db, tmp_path: Path, text: str, limit: str, unreadable: int) -> None:
    loaded = load_procedures(file(tmp_path, [prose(time_limit_text=text)], PROSE))
    assert version("9.000001").limit == limit
    assert len(loaded.unreadable) == unreadable
    assert all("dòng 2" in line and text in line for line in loaded.unreadable)


def test_a_row_without_a_code_gets_one_of_ours(db, tmp_path: Path) -> None:
    load_procedures(file(tmp_path, [prose(code="", name_vi="Việc chưa có mã")], PROSE))
    made = Procedure.objects.get(versions__name="Việc chưa có mã")
    assert made.is_own_code
    assert made.code.startswith("H57.")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([prose(name_vi="")], "dòng 2: thiếu tên thủ tục"),
        ([prose(), prose()], "dòng 3: mã 9.000001 bị lặp"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(db, tmp_path: Path, given, words: str) -> None:
    with pytest.raises(BadProcedureFile, match=words):
        load_procedures(file(tmp_path, given, PROSE))
    assert Procedure.objects.count() == 146


def test_every_commune_offers_what_communes_resolved_in_2019(db) -> None:
    lists = {unit.code: offered(unit.pk).count() for unit in Unit.objects.filter(level="commune")}
    quang_dien = set(Unit.objects.filter(parent__code="477").values_list("code", flat=True))
    assert {lists[code] for code in quang_dien} == {79}
    assert len({count for code, count in lists.items() if code not in quang_dien}) == 1
    police = Offering.objects.filter(procedure__versions__field__group__name="Công an")
    assert set(police.values_list("unit__parent__code", flat=True)) == {"477"}


@pytest.mark.parametrize("words", ["dang ky khai sinh", "ĐĂNG KÝ  KHAI SINH", "khai sinh dang", "1.001193"])
def test_a_procedure_is_found_without_accents_or_by_its_code(unit: Unit, words: str) -> None:
    assert "1.001193" in find(offered(unit.pk), words).values_list("procedure__code", flat=True)
