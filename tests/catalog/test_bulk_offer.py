"""Procedures on the lists of many units at once: seen first, then done, all or nothing."""

import io

import openpyxl
import pytest

from motcua.catalog.bulk_offer import Line, What, carry_out, plan
from motcua.catalog.errors import OfferRefused
from motcua.catalog.models import Change, ChangeKind, Offering, Procedure, ProcedureVersion
from motcua.catalog.offer_file import read_offers, read_text, text_of
from motcua.catalog.queries import current, version_called
from motcua.journal.models import Entry
from motcua.people.models import Unit
from tests.cast import COPIES, MONDAY, Played, received, version
from tests.config.commands import motcua

POLICE = "Công an"


@pytest.fixture
def twenty_one(db) -> list[int]:
    """The police's procedures of 2019: those of our catalogue, and as many more as make up 21."""
    group = version_called(Procedure.objects.get(pk=police()[0]).code).field
    for number in range(21 - len(police())):
        procedure = Procedure.objects.create(code=f"X.{number:06d}", is_simulated=True)
        ProcedureVersion.objects.create(
            procedure=procedure, number=1, published_at=MONDAY, name=f"Thủ tục thử {number}", field=group
        )
    return police()


@pytest.fixture
def fifteen(db) -> list[Unit]:
    """Fifteen named communes of Huyện A Lưới, without the police's procedures."""
    units = list(
        Unit.objects.filter(level="commune", valid_to=None, parent__code="481").order_by("code")[:15]
    )
    assert len(units) == 15
    assert not Offering.objects.filter(unit__in=units, procedure__in=police()).exists()
    return units


def police() -> list[int]:
    found = current().filter(field__group__name=POLICE) | current().filter(field__name=POLICE)
    return list(found.order_by("procedure").values_list("procedure", flat=True).distinct())


def lines_of(units: list[Unit], procedures: list[int], what: What = What.OFFER) -> list[Line]:
    return [Line(unit.pk, procedure_id, what) for unit in units for procedure_id in procedures]


def test_the_police_procedures_in_fifteen_named_communes(
    administrator: Played, fifteen: list[Unit], twenty_one: list[int]
) -> None:
    """Each has them at once, and finds them among what changed; one of them had one already."""
    procedures = twenty_one
    assert len(procedures) == 21
    Offering.objects.create(unit=fifteen[0], procedure_id=procedures[0])
    before = Offering.objects.count()
    lines = lines_of(fifteen, procedures)
    seen = plan(lines)
    assert (len(seen.added), len(seen.removed), seen.same) == (314, 0, 1)
    assert Offering.objects.count() == before
    done = carry_out(administrator.officer, lines, MONDAY, decision="QĐ 7/QĐ-UBND", shown=seen.fingerprint)
    assert done == seen
    assert Offering.objects.count() == before + 314
    assert Offering.objects.filter(unit__in=fifteen, procedure__in=procedures).count() == 315
    notes = Change.objects.filter(kind=ChangeKind.OFFERED)
    assert (notes.count(), notes.get(procedure=procedures[0]).units.count()) == (21, 14)
    entry = Entry.objects.filter(chain="46", kind="offering.offer").order_by("-number")[0]
    assert entry.read_facts()["units"] == [unit.code for unit in fifteen]
    again = carry_out(administrator.officer, lines, MONDAY)
    assert (again.is_empty, again.same, notes.count()) == (True, 315, 21)


def test_district_level_ones(administrator: Played) -> None:
    districts = list(Unit.objects.filter(level="district", valid_to=None))
    done = carry_out(administrator.officer, lines_of(districts, [version().procedure_id]), MONDAY)
    assert len(done.added) == len(districts) == 9


def test_withdrawn_ones_are_received_no_more_and_run_on(
    administrator: Played, clerk: Played, unit: Unit
) -> None:
    dossier = received(clerk)
    lines = [Line(unit.pk, version().procedure_id, What.WITHDRAW)]
    assert carry_out(administrator.officer, lines, MONDAY).removed == ((unit.pk, version().procedure_id),)
    assert not Offering.objects.filter(unit=unit, procedure=version().procedure).exists()
    dossier.refresh_from_db()
    assert dossier.finished_at is None
    note = Change.objects.get()
    assert (note.kind, list(note.units.all())) == (ChangeKind.WITHDRAWN, [unit])


def test_another_plan_than_was_shown_is_not_carried_out(administrator: Played, unit: Unit) -> None:
    lines = [Line(unit.pk, version(code).procedure_id, What.WITHDRAW) for code in (COPIES, "1.004837")]
    seen = plan(lines)
    Offering.objects.filter(unit=unit, procedure=version(COPIES).procedure).delete()
    with pytest.raises(OfferRefused, match="vừa đổi"):
        carry_out(administrator.officer, lines, MONDAY, shown=seen.fingerprint)
    assert not Change.objects.exists()


def test_only_the_province(supervisor: Played, clerk: Played, unit: Unit) -> None:
    for who in (supervisor, clerk):
        with pytest.raises(OfferRefused, match="quản trị tỉnh"):
            carry_out(who.officer, [Line(unit.pk, version().procedure_id, What.WITHDRAW)], MONDAY)


def test_what_is_no_longer_in_force_is_offered_to_nobody(administrator: Played, unit: Unit) -> None:
    of = version()
    ProcedureVersion.objects.filter(pk=of.pk).update(valid_to="2020-01-01")
    Offering.objects.filter(procedure=of.procedure).delete()
    with pytest.raises(OfferRefused, match="không còn hiệu lực"):
        carry_out(administrator.officer, [Line(unit.pk, of.procedure_id, What.OFFER)], MONDAY)


def test_both_at_once_make_no_sense(unit: Unit) -> None:
    pair = (unit.pk, version().procedure_id)
    with pytest.raises(OfferRefused, match="vừa thêm vừa rút"):
        plan([Line(*pair, What.OFFER), Line(*pair, What.WITHDRAW)])


# -- from a file -----------------------------------------------------------------------------------
HEAD = "unit,procedure,action\n"


def xlsx(rows: list[list[object]]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_csv_and_xlsx_say_the_same(unit: Unit) -> None:
    """With our own headings, the interface's, and codes that a spreadsheet made numbers of."""
    wanted = [Line(unit.pk, version(COPIES).procedure_id, What.WITHDRAW)]
    assert read_offers(f"{HEAD}19798,{COPIES},withdraw\n".encode()) == wanted
    assert read_offers(f"Đơn vị;Thủ tục;Việc\n19798;{COPIES};rút\n".encode("utf-8-sig")) == wanted
    assert read_offers(xlsx([["unit", "procedure", "action"], [19798, COPIES, "withdraw"]])) == wanted
    assert read_offers(xlsx([["unit", "procedure", "action"], [19798.0, float(COPIES), "bỏ"]])) == wanted
    assert (
        read_offers(f"{HEAD}000.19.01.H57,{COPIES},rut\n".encode())[0].procedure_id == wanted[0].procedure_id
    )


def test_errors_are_told_by_row(unit: Unit) -> None:
    rows = [
        "00000,1.004837,offer",
        "19798,9.999999,offer",
        "19798,1.004837,maybe",
        "19798,1.004837,offer",
        "19798,1.004837,withdraw",
    ]
    with pytest.raises(OfferRefused, match="4 dòng sai") as refusal:
        read_offers((HEAD + "\n".join(rows)).encode())
    assert [number for number, _words in refusal.value.rows] == [2, 3, 4, 6]
    assert "00000" in refusal.value.rows[0][1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "thiếu cột"),
        (b"unit,procedure\n", "Việc"),
        (HEAD.encode(), "Không có dòng nào"),
        ("đơn vị".encode("utf-16"), "UTF-8"),
        (HEAD.encode() + b'"a', "không phải CSV"),
        (b"PK\x03\x04 no file of theirs", "XLSX"),
        (b"x" * 5_000_001, "5 MB"),
    ],
)
def test_a_file_that_is_none(db, content: bytes, words: str) -> None:
    with pytest.raises(OfferRefused, match=words):
        read_offers(content)


def test_the_page_carries_its_lines(unit: Unit) -> None:
    lines = lines_of([unit], police())
    assert read_text(text_of(lines)) == lines
    with pytest.raises(OfferRefused):
        read_text("x")


def test_the_command_and_the_same_file_again(db, capsys, tmp_path) -> None:
    file = tmp_path / "offers.csv"
    code = current().get(procedure=police()[0]).procedure.code
    file.write_text(f"{HEAD}20068,{code},offer\n19798,{COPIES},withdraw\n", encoding="utf-8")
    said = motcua(capsys, "offer", file)
    assert (said.status, said.out) == (0, "offerings: 1 added, 1 withdrawn, 0 as before\n")
    before = (Entry.objects.count(), Change.objects.count())
    assert motcua(capsys, "offer", file).out == "offerings: 0 added, 0 withdrawn, 2 as before\n"
    assert (Entry.objects.count(), Change.objects.count()) == before


def test_the_command_refuses_in_one_line(db, capsys, tmp_path) -> None:
    file = tmp_path / "offers.csv"
    file.write_text(f"{HEAD}00000,{COPIES},offer\n19798,{COPIES},x\n", encoding="utf-8")
    said = motcua(capsys, "offer", file)
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert "dòng 2: " in said.err
    assert "dòng 3: " in said.err
    assert motcua(capsys, "offer", tmp_path / "none.csv").status == 1
    assert not Change.objects.exists()
