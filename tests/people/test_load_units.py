"""`load-units`: the real tree, again without change, and files that cannot be used."""

from datetime import time
from pathlib import Path
from unicodedata import normalize

import pytest

from motcua.people.actions import set_hours
from motcua.people.errors import BadUnitFile, UnitUnknown
from motcua.people.load_units import DATA, load_units
from motcua.people.models import OfficeHours, Unit, UnitIdentifier, UnitLevel, UnitPeriod
from motcua.people.queries import identifier
from tests.cast import MONDAY, received

REAL = DATA / "units.csv"
HEADER = "code,name,kind,district_code,district_name,name_with_type\n"


def file(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "units.csv"
    path.write_bytes((header + "".join(f"{row}\n" for row in rows)).encode(encoding))
    return path


def test_the_province_its_districts_and_communes(db) -> None:
    levels = [Unit.objects.filter(level=level).count() for level in UnitLevel]
    assert levels == [1, 9, 152, 28]
    ward = Unit.objects.get(code="19798")
    assert (ward.name, ward.parent.name, ward.path) == ("Phường Phước Vĩnh", "Thành phố Huế", "46.474.19798.")


def test_every_unit_has_one_identifier_and_a_period(db) -> None:
    assert UnitIdentifier.objects.values("identifier").distinct().count() == 162
    assert UnitPeriod.objects.filter(valid_to=None).count() == 162 + 28


def test_the_same_file_again_changes_nothing(db) -> None:
    loaded = load_units(REAL)
    assert (loaded.made, loaded.changed, loaded.same) == (0, 0, 162)
    assert OfficeHours.objects.filter(unit__code="46", valid_to__isnull=False).count() == 10


def test_a_new_name_is_taken_over(db, tmp_path: Path) -> None:
    load_units(file(tmp_path, "19798,Mới,phường,474,Thành phố Huế,Phường Mới"))
    assert Unit.objects.get(code="19798").name == "Phường Mới"
    assert UnitPeriod.objects.get(unit__code="19798").name == "Phường Mới"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1979,A,xã,474,Thành phố Huế,Xã A"], "dòng 2: mã đơn vị “1979” phải có 5 chữ số"),
        (["１９７９８,A,xã,474,Thành phố Huế,Xã A"], "dòng 2: mã đơn vị “１９７９８” phải có 5 chữ số"),
        (["19798,A,xã,47,Thành phố Huế,Xã A"], "dòng 2: mã huyện “47” phải có 3 chữ số"),
        (["19798,A,xã,٤٧٤,Thành phố Huế,Xã A"], "phải có 3 chữ số"),
        ([f"29999,A,xã,474,Thành phố Huế,{'A' * 121}"], "dòng 2: cột name_with_type dài hơn 120 chữ"),
        ([f"29999,A,xã,474,{'A' * 121},Xã A"], "dòng 2: cột district_name dài hơn 120 chữ"),
        (
            ["29998,A,xã,474,Thành phố Huế,Xã A", "29999,B,xã,474,Thành phố Huế,Xã\0B"],
            "dòng 3: cột name_with_type có ký tự không in được",
        ),
        (["29998,A,xã,474,Thành phố Huế,Xã A", "29999,B,xã,474,Thành"], "dòng 3: số ô không khớp"),
        (["29999,A,xã,474,Thành phố Huế,Xã A,thừa"], "dòng 2: số ô không khớp"),
        (["19798,A,xã,474,Thành phố Huế,"], "dòng 2: thiếu tên"),
        (["29999,A,xã,474,Huế,Xã A", "29999,B,xã,474,Huế,Xã B"], "dòng 3: mã 29999 đã có ở dòng 2"),
        (["29998,A,xã,474,Huế,Xã A", "29999,B,xã,474,Hué,Xã B"], "dòng 3: huyện 474 đã mang tên"),
        (["29999,A,xã"], "số ô không khớp"),
        (['29999,"A,xã,474,Huế,Xã A'], "không phải CSV"),
        ([], "không có đơn vị nào"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(db, tmp_path: Path, rows: list[str], words: str) -> None:
    with pytest.raises(BadUnitFile, match=words):
        load_units(file(tmp_path, *rows))
    assert not Unit.objects.filter(code__startswith="2999").exists()


def test_an_empty_file_says_which_columns_it_lacks(db, tmp_path: Path) -> None:
    with pytest.raises(BadUnitFile, match="thiếu cột code, name_with_type, district_code, district_name"):
        load_units(file(tmp_path, header=""))


def test_what_comes_before_the_bad_row_is_not_written_either(db, tmp_path: Path) -> None:
    good, bad = "19798,Mới,phường,474,Thành phố Huế,Phường Mới", "1979,A,xã,474,Thành phố Huế,Xã A"
    with pytest.raises(BadUnitFile):
        load_units(file(tmp_path, good, bad))
    assert Unit.objects.get(code="19798").name == "Phường Phước Vĩnh"


def test_a_new_commune_gets_its_place_and_its_dossiers_wait_for_an_identifier(db, tmp_path: Path) -> None:
    """No identifier is invented for a unit that our table does not know (R04)."""
    loaded = load_units(file(tmp_path, "29999,Mới,xã,474,Thành phố Huế,Xã Mới"))
    assert (loaded.made, loaded.changed, loaded.same) == (1, 0, 2)
    made = Unit.objects.get(code="29999")
    assert made.path == "46.474.29999."
    with pytest.raises(UnitUnknown, match="chưa có mã định danh"):
        identifier(made.pk, MONDAY.date())


def test_a_commune_that_moves_to_another_district_takes_its_dossiers_along(clerk, tmp_path: Path) -> None:
    dossier = received(clerk)
    load_units(file(tmp_path, "19798,x,phường,477,Huyện Quảng Điền,Phường Phước Vĩnh"))
    moved = Unit.objects.get(code="19798")
    assert (moved.parent.code, moved.path, moved.pk) == ("477", "46.477.19798.", dossier.unit_id)
    assert UnitIdentifier.objects.get(unit=moved).identifier == "000.19.01.H57"


def test_a_district_renamed_is_one_change(db, tmp_path: Path) -> None:
    loaded = load_units(file(tmp_path, "19798,x,phường,474,Quận Thuận Hóa,Phường Phước Vĩnh"))
    assert (loaded.made, loaded.changed, loaded.same) == (0, 1, 2)


def test_accents_are_one_letter_however_they_were_typed(db, tmp_path: Path) -> None:
    decomposed = normalize("NFD", "19798,x,phường,474,Thành phố Huế,Phường Phước Vĩnh")
    assert load_units(file(tmp_path, decomposed)).changed == 0


def test_what_an_administrator_set_is_kept(db) -> None:
    """The published identifier replaces ours, and hours of the province's own decision stay."""
    UnitIdentifier.objects.filter(unit__code="19798").update(identifier="H57.1.2", provisional=False)
    OfficeHours.objects.filter(unit__code="46").delete()
    set_hours(Unit.objects.get(code="46"), range(5), [(time(8), time(16))])
    load_units(REAL)
    assert UnitIdentifier.objects.get(unit__code="19798").identifier == "H57.1.2"
    assert OfficeHours.objects.filter(unit__code="46").count() == 5


def test_what_is_no_units_file_is_refused(db, tmp_path: Path) -> None:
    with pytest.raises(BadUnitFile, match="thiếu cột district_code"):
        load_units(file(tmp_path, header="code,name_with_type,district_name\n"))
    with pytest.raises(BadUnitFile, match="UTF-8"):
        load_units(file(tmp_path, "19798,Huế,x,474,Huế,Huế", encoding="utf-16"))
    with pytest.raises(BadUnitFile, match="Không đọc được"):
        load_units(tmp_path / "nowhere.csv")
