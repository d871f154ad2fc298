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
from tests.cast import GUARDIANSHIP, Played, received, template, version

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
    assert not RouteStep.objects.filter(route__version=empty).exists()


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
    assert RouteStep.objects.filter(route__version=version()).count() == 4


def test_shares_of_every_route_add_up_to_its_limit(db) -> None:
    """R13."""
    for each in current().exclude(limit=""):
        minutes = sum(template(each).values_list("minutes", flat=True))
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
        ([prose(code=""), prose(code="")], "dòng 3: mã H57.[0-9]{6} bị lặp"),
        ([prose(name_vi="x" * 401)], "dòng 2: cột name_vi dài hơn 400 chữ"),
        ([prose(code="9" * 31)], "dòng 2: cột code dài hơn 30 chữ"),
        ([prose(field_vi="x" * 81)], "dòng 2: cột field_vi dài hơn 80 chữ"),
        ([prose(fee_text="a\0b")], "dòng 2: cột fee_text có ký tự không in được"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(db, tmp_path: Path, given, words: str) -> None:
    with pytest.raises(BadProcedureFile, match=words):
        load_procedures(file(tmp_path, given, PROSE))
    assert Procedure.objects.count() == 146


def test_what_is_no_catalogue_is_refused(db, tmp_path: Path) -> None:
    with pytest.raises(BadProcedureFile, match="thiếu cột components_text"):
        load_procedures(file(tmp_path, [prose()], PROSE[:-1]))
    ragged = file(tmp_path, [prose()], PROSE)
    ragged.write_text(ragged.read_text() + "9.000002,Thử\n")
    with pytest.raises(BadProcedureFile, match="dòng 3: số ô"):
        load_procedures(ragged)
    ragged.write_bytes("mã".encode("utf-16"))
    with pytest.raises(BadProcedureFile, match="UTF-8"):
        load_procedures(ragged)
    assert Procedure.objects.count() == 146


def test_the_catalogue_without_our_columns_reads_as_with_them(db, tmp_path: Path) -> None:
    """A file as the portals give it out: what persons typed for these very texts is used again."""
    ours = ("limit", "limit_confirmed", "limit_note", "field_group", "own_code")
    raw = tuple(name for name in rows()[0] if name not in ours)
    loaded = load_procedures(file(tmp_path, rows(), raw))
    assert (loaded.made, loaded.changed, loaded.same) == (0, 0, 146)


def test_a_text_that_changed_is_read_anew_and_not_as_typed_before(db, tmp_path: Path) -> None:
    row = next(row for row in rows() if row["code"] == "1.004873")
    load_procedures(file(tmp_path, [row | {"time_limit_text": "khoảng vài tuần"}], PROSE))
    assert version("1.004873").limit == ""


def test_a_second_version_follows_the_first_and_there_is_one_in_force(db, tmp_path: Path) -> None:
    for fee in ("1 đồng", "2 đồng"):
        load_procedures(file(tmp_path, [prose(fee_text=fee)], PROSE))
    first, second = ProcedureVersion.objects.filter(procedure__code="9.000001").order_by("number")
    assert (first.number, first.fee_text, first.valid_from) == (1, "1 đồng", None)
    assert (second.number, second.fee_text, second.valid_to) == (2, "2 đồng", None)
    assert first.valid_to == second.valid_from is not None


def test_a_new_version_leaves_the_old_papers_and_route_as_they_were(db, tmp_path: Path) -> None:
    """R02: a running dossier is held against the list of its day."""
    listed = "Tờ khai (1 bản chính); Giấy chứng sinh (2 bản sao)"
    load_procedures(file(tmp_path, [prose(components_text=listed, time_limit_text="5 ngày làm việc")], PROSE))
    old = version("9.000001")
    papers, route = list(old.papers.values()), list(template(old).values())
    assert len(papers) == 2
    load_procedures(file(tmp_path, [prose(components_text="", time_limit_text="9 ngày làm việc")], PROSE))
    assert (list(old.papers.values()), list(template(old).values())) == (papers, route)
    assert version("9.000001").papers.count() == 0


def test_a_paper_that_is_now_only_shown_is_a_change(db, tmp_path: Path) -> None:
    """R02: it is not kept at the desk any more."""
    for kind in ("nộp", "xuất trình"):
        listed = f"[{kind}] - Căn cước công dân (1 bản chính)"
        loaded = load_procedures(file(tmp_path, [prose(components_text=listed)], PROSE))
    assert (loaded.changed, loaded.same) == (1, 0)
    assert version("9.000001").papers.get().to_show


def test_loading_twice_offers_once(db, tmp_path: Path) -> None:
    for _ in range(2):
        load_procedures(file(tmp_path, [prose()], PROSE))
    assert Offering.objects.filter(procedure__code="9.000001").count() == 152


def test_what_communes_did_not_resolve_in_2019_is_on_no_list(db) -> None:
    unsure = {row["code"] or row["own_code"] for row in rows() if row["commune_in_2019"] in ("no", "unknown")}
    assert not Offering.objects.filter(procedure__code__in=unsure).exists()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 ngày làm việc", [72, 1008, 360, 0]),
        ("01 ngày làm việc", [24, 336, 120, 0]),
        ("4 giờ làm việc", [24, 156, 48, 12]),
        ("10 ngày", [96, 3504, 1200, 0]),
        ("07 ngày", [67, 2453, 840, 0]),  # what is left of a minute goes to the work itself
    ],
)
def test_a_route_is_the_provinces_template_for_the_kind_of_limit(
    db, tmp_path: Path, text: str, minutes: list[int]
) -> None:
    """R13: the limit's working minutes, shared out."""
    load_procedures(file(tmp_path, [prose(time_limit_text=text)], PROSE))
    route = template(version("9.000001"))
    assert [(step.kind, step.role) for step in route] == [
        ("reception", "clerk"),
        ("processing", "specialist"),
        ("approval", "leader"),
        ("return", "clerk"),
    ]
    assert [step.minutes for step in route] == minutes


def test_every_commune_offers_what_communes_resolved_in_2019(db) -> None:
    lists = {unit.code: offered(unit.pk).count() for unit in Unit.objects.filter(level="commune")}
    quang_dien = set(Unit.objects.filter(parent__code="477", level="commune").values_list("code", flat=True))
    assert {lists[code] for code in quang_dien} == {79}
    assert len({count for code, count in lists.items() if code not in quang_dien}) == 1
    police = Offering.objects.filter(procedure__versions__field__group__name="Công an")
    assert set(police.values_list("unit__parent__code", flat=True)) == {"477"}


@pytest.mark.parametrize("words", ["dang ky khai sinh", "ĐĂNG KÝ  KHAI SINH", "khai sinh dang", "1.001193"])
def test_a_procedure_is_found_without_accents_or_by_its_code(unit: Unit, words: str) -> None:
    assert "1.001193" in find(offered(unit.pk), words).values_list("procedure__code", flat=True)
