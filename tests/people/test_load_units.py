"""`load-units`: the real tree, again without change, and files that cannot be used."""

from pathlib import Path

import pytest

from motcua.people.errors import BadUnitFile
from motcua.people.load_units import DATA, load_units
from motcua.people.models import OfficeHours, Unit, UnitIdentifier, UnitLevel, UnitPeriod

REAL = DATA / "units.csv"
HEADER = "code,name,kind,district_code,district_name,name_with_type\n"


def file(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "units.csv"
    path.write_bytes((header + "".join(f"{row}\n" for row in rows)).encode(encoding))
    return path


def test_the_province_its_districts_and_communes(db) -> None:
    levels = [Unit.objects.filter(level=level).count() for level in UnitLevel]
    assert levels == [1, 9, 152]
    ward = Unit.objects.get(code="19798")
    assert (ward.name, ward.parent.name, ward.path) == ("Phường Phước Vĩnh", "Thành phố Huế", "46.474.19798.")


def test_every_unit_has_one_identifier_and_a_period(db) -> None:
    assert UnitIdentifier.objects.values("identifier").distinct().count() == 162
    assert UnitPeriod.objects.filter(valid_to=None).count() == 162


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
        (["19798,A,xã,47,Thành phố Huế,Xã A"], "dòng 2: mã huyện “47” phải có 3 chữ số"),
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


def test_what_is_no_units_file_is_refused(db, tmp_path: Path) -> None:
    with pytest.raises(BadUnitFile, match="thiếu cột district_code"):
        load_units(file(tmp_path, header="code,name_with_type,district_name\n"))
    with pytest.raises(BadUnitFile, match="UTF-8"):
        load_units(file(tmp_path, "19798,Huế,x,474,Huế,Huế", encoding="utf-16"))
    with pytest.raises(BadUnitFile, match="Không đọc được"):
        load_units(tmp_path / "nowhere.csv")
