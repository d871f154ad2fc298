"""R33: published fees in the catalogue: as read, as a person typed them, and copied into the next version."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from motcua.catalog.actions import set_fees, set_limit
from motcua.catalog.errors import BadProcedureFile, ProcedureUnknown
from motcua.catalog.fee_text import FeeState, FeesUnreadable, FeeText, Ground, read_fees
from motcua.catalog.load_fees import DATA, our_fees, read_file, saved_fees
from motcua.catalog.load_procedures import load_procedures
from motcua.catalog.models import Fee, ProcedureVersion
from motcua.catalog.queries import current
from motcua.journal.models import Entry
from motcua.rules.fees import Price
from motcua.rules.limits import Limit
from tests.cast import BIRTH, COPIES, MONDAY, template, version

TYPED = (
    FeeText(
        "Lệ phí", "le_phi", "trường hợp", Price(5000), grounds=(Ground("Hộ nghèo"), Ground("Trực tuyến", 50))
    ),
    FeeText("Phí bản sao", "phi", "bản", Price(8000), is_optional=True),
)
DECISION = "NQ 22/2016/NQ-HĐND"

# Where a person decided more than the reader can say: code → what.
CURATED = {
    "2.000635": {"unit"},
    "2.001263": {"grounds", "confirmed", "note"},
}
UNREAD = {"1.001695", "1.012812", "1.004222", "1.004194", "1.002755", "1.010038"}


def rows() -> dict[str, dict[str, str]]:
    with (DATA / "procedures.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"] or row["own_code"]: row for row in csv.DictReader(file)}


def one_row(folder: Path, row: dict[str, str]) -> Path:
    path = folder / "procedures.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    return path


# -- the shipped data -----------------------------------------------------------------------------
@pytest.mark.parametrize(("code", "text"), our_fees())
def test_a_typed_fee_is_what_its_text_says(code: str, text: str) -> None:
    """But for the name and the kind, which a person gave, and what stands in CURATED."""
    assert rows()[code]["fee_text"] == text
    typed, read = our_fees()[code, text], read_fees(text)
    assert typed.state is read.state is FeeState.LISTED
    for ours, prose in zip(typed.fees, read.fees, strict=True):
        for name in {"unit", "price", "item", "grounds", "confirmed", "note", "is_optional"} - CURATED.get(
            code, set()
        ):
            assert getattr(ours, name) == getattr(prose, name), name
        for name in CURATED.get(code, set()):
            assert getattr(ours, name) != getattr(prose, name), name


def test_what_the_texts_come_to() -> None:
    states: Counter[FeeState] = Counter()
    unread = set()
    for code, row in rows().items():
        try:
            states[read_fees(row["fee_text"]).state] += 1
        except FeesUnreadable:
            states[FeeState.UNREAD] += 1
            unread.add(code)
    assert unread == UNREAD
    assert states == {FeeState.FREE: 36, FeeState.LISTED: 42, FeeState.UNKNOWN: 62, FeeState.UNREAD: 6}


def test_the_readme_says_the_same_numbers() -> None:
    words = (DATA / "README.md").read_text(encoding="utf-8")
    for line in (
        "| free | 36 |",
        "| listed | 42 |",
        "| not published | 62 |",
        "| not readable without guessing | 6 |",
    ):
        assert line in words


# -- in the data base -----------------------------------------------------------------------------
def test_copies_are_charged_by_page_and_copy(db) -> None:
    fee = version(COPIES).fees.get()
    assert (fee.kind, fee.unit, fee.item, fee.can_be_charged) == ("phi", "trang", "bản", True)
    assert fee.typed_price == Price(2000, ((3, 1000),), 200_000)
    words = fee.price_label.replace("\u00a0", " ")
    assert words == "2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản"


def test_a_late_birth_costs_what_nobody_has_typed_yet(db) -> None:
    fee = version(BIRTH).fees.get()
    assert (fee.price, fee.can_be_charged) == (None, False)
    assert fee.price_label == "chưa có mức thu, hỏi quản trị tỉnh"
    assert "Khai sinh đúng hạn (miễn)" in [one.label for one in fee.exemptions.all()]


def test_what_was_not_read_is_said(db) -> None:
    assert {v.procedure.code for v in current().filter(fee_state=FeeState.UNREAD)} == UNREAD


def test_the_same_file_again_changes_nothing(db) -> None:
    loaded = load_procedures(DATA / "procedures.csv")
    assert (loaded.made, loaded.changed) == (0, 0)
    assert len(loaded.unreadable_fees) == len(UNREAD)


def test_a_new_version_copies_its_fees(administrator) -> None:
    old = version(COPIES)
    new = set_limit(administrator.officer, old.procedure_id, Limit.parse("2 working days"), "QĐ", MONDAY)
    assert saved_fees(new) == saved_fees(old) != ()
    assert not set(new.fees.values_list("pk")) & set(old.fees.values_list("pk"))


def test_a_province_types_its_fees(administrator) -> None:
    old = version(BIRTH)
    new = set_fees(administrator.officer, old.procedure_id, TYPED, f" {DECISION} ", MONDAY)
    assert (new.number, new.fee_state, new.fee_decision) == (old.number + 1, FeeState.LISTED, DECISION)
    assert saved_fees(new) == TYPED
    assert (new.limit, new.papers.count(), template(new).count()) == (
        old.limit,
        old.papers.count(),
        template(old).count(),
    )
    assert saved_fees(old) == saved_fees(ProcedureVersion.objects.get(pk=old.pk)) != TYPED
    entry = Entry.objects.get(kind="catalog.fees_set")
    assert entry.read_facts()["decision"] == DECISION
    assert set_fees(administrator.officer, old.procedure_id, TYPED, DECISION, MONDAY) == new
    assert Entry.objects.filter(kind="catalog.fees_set").count() == 1


def test_what_a_province_typed_stays_when_the_same_text_comes_again(administrator, tmp_path: Path) -> None:
    new = set_fees(administrator.officer, version(BIRTH).procedure_id, TYPED, DECISION, MONDAY)
    row = rows()[BIRTH]
    assert load_procedures(one_row(tmp_path, row)).changed == 0
    other = row | {"fee_text": row["fee_text"].replace("Miễn lệ phí: khai sinh", "Miễn phí: khai sinh")}
    assert load_procedures(one_row(tmp_path, other)).changed == 1
    assert current().get(procedure=new.procedure).fee_state == FeeState.UNREAD


def test_a_province_says_that_it_is_free(administrator) -> None:
    new = set_fees(administrator.officer, version(BIRTH).procedure_id, (), DECISION, MONDAY)
    assert (new.fee_state, new.fees.count()) == (FeeState.FREE, 0)


def test_no_such_procedure(administrator) -> None:
    with pytest.raises(ProcedureUnknown):
        set_fees(administrator.officer, 10**9, TYPED, DECISION, MONDAY)


# -- a province's file ----------------------------------------------------------------------------
HEAD = "code,label,kind,unit,item,price,steps,most,optional,grounds,decision\n"


def written(folder: Path, *lines: str) -> Path:
    path = folder / "fees.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_file_of_fees(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f"1.001193,Lệ phí,le_phi,trường hợp,,5000,,,no,Hộ nghèo | Trực tuyến = 50,{DECISION}",
        f"1.001193,Phí bản sao,phi,bản,,8000,,,yes,,{DECISION}",
        f"2.000815,,phi,trang,bản,2000,3:1000 10:500,100000,no,,{DECISION}",
    )
    birth, copies = read_file(path)
    assert (birth.code, birth.fees, birth.decision) == ("1.001193", TYPED, DECISION)
    assert copies.fees[0].price == Price(2000, ((3, 1000), (10, 500)), 100_000)
    assert copies.fees[0].label == "Phí"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1.1,x,phi,bản,,8.000,,,no,,NQ", "không đọc được"),
        ("1.1,x,phi,bản,,-1,,,no,,NQ", "không đọc được"),
        ("1.1,x,phi,bản,,1,3,,no,,NQ", "không đọc được"),
        ("1.1,x,phi,bản,,1,3:2 3:1,,no,,NQ", "không đọc được"),
        ("1.1,x,phi,bản,,1,,,no,Hộ nghèo = 101,NQ", "không đọc được"),
        ("1.1,x,tax,bản,,1,,,no,,NQ", "kind"),
        ("1.1,x,phi,,,1,,,no,,NQ", "unit"),
        ("1.1,x,phi,bản,,1,,9,no,,NQ", "item"),
        ("1.1,x,phi,bản,,1,,,no,,", "quyết định"),
    ],
)
def test_a_file_with_a_mistake(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(BadProcedureFile, match=message):
        read_file(written(tmp_path, line))


def test_the_lines_of_a_procedure_stand_together(tmp_path: Path) -> None:
    one, other = "1.1,x,phi,bản,,1,,,no,,NQ", "1.2,x,phi,bản,,1,,,no,,NQ"
    with pytest.raises(BadProcedureFile, match="liền nhau"):
        read_file(written(tmp_path, one, other, one))


def test_what_has_no_price_is_never_charged(db) -> None:
    assert not Fee.objects.filter(price=None, confirmed=True).exists()
