"""`offerings` and its acts: many procedures on many lists, seen first, then confirmed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.catalog.models import Change, Offering
from motcua.catalog.queries import current
from motcua.people.models import Field, Unit
from tests.cast import COPIES, GUARDIANSHIP, Played, received, version
from tests.desk.conftest import read
from tests.oversight.conftest import A_LUOI, queries

OFFERINGS, FILE, CONFIRM = (reverse(name) for name in ("offerings", "offerings_file", "offerings_confirm"))
DECISION = "QĐ 7/QĐ-UBND"


def police() -> str:
    return str(Field.objects.get(name="Công an").pk)


def communes(number: int = 15) -> list[Unit]:
    return list(
        Unit.objects.filter(parent__code=A_LUOI, level="commune", valid_to=None).order_by("code")[:number]
    )


def confirmed(office: Client, page, **changes):
    return office.post(CONFIRM, page.form(CONFIRM).filled(**({"decision": DECISION} | changes)), follow=True)


def test_the_polices_procedures_in_fifteen_named_communes(office: Client) -> None:
    units = communes()
    number = version_count()
    sent = {
        "what": "offer",
        "fields_of_work": [police()],
        "units": "\n".join([units[0].code, *(_named(unit) for unit in units[1:])]),
    }
    before = Offering.objects.count()
    response = office.post(OFFERINGS, sent)
    page = read(response)
    assert len(response.context["plan"].added) == 15 * number
    assert len(page.rows) == number
    assert "Xã A Ngo" in page.text or units[0].name in page.text
    assert Offering.objects.count() == before
    response = confirmed(office, page)
    assert f"Đã đưa vào {15 * number}, rút ra 0." in response.content.decode()
    assert Offering.objects.count() == before + 15 * number
    assert Change.objects.count() == number
    again = read(office.post(OFFERINGS, sent))
    assert "danh mục đã như vậy" in again.text
    assert not again.all("form", action=CONFIRM)


def _named(unit: Unit) -> str:
    """As a person would: the district too, where the province has two of that name."""
    return f"{unit.name}, Huyện A Lưới" if unit.name == "Xã Hương Phong" else unit.name


def version_count() -> int:
    return current().filter(field__group__name="Công an").count()


def test_by_level_and_by_district(office: Client) -> None:
    sent = {"what": "offer", "codes": GUARDIANSHIP, "levels": ["district"]}
    assert len(office.post(OFFERINGS, sent).context["plan"].added) == 9
    sent = {"what": "withdraw", "codes": f"{GUARDIANSHIP}\n{COPIES}\n", "districts": [A_LUOI]}
    number = len(communes(100))
    assert len(office.post(OFFERINGS, sent).context["plan"].removed) == 2 * number


def test_running_dossiers_are_said_to_go_on(office: Client, clerk: Played, unit: Unit) -> None:
    received(clerk)
    sent = {"what": "withdraw", "codes": GUARDIANSHIP, "units": unit.code}
    page = read(office.post(OFFERINGS, sent))
    assert "1 hồ sơ đang giải quyết" in page.text
    confirmed(office, page)
    assert not Offering.objects.filter(unit=unit, procedure=version().procedure).exists()


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"codes": GUARDIANSHIP, "units": "19798"}, "id_what", "Chọn đưa vào"),
        ({"what": "offer", "units": "19798"}, "id_codes", "Chọn lĩnh vực"),
        ({"what": "offer", "codes": GUARDIANSHIP}, "id_units", "Chọn đơn vị"),
        ({"what": "offer", "codes": "9.999999", "units": "19798"}, "id_codes", "9.999999"),
        ({"what": "offer", "codes": GUARDIANSHIP, "units": "Xã Không Có"}, "id_units", "Xã Không Có"),
        ({"what": "offer", "codes": GUARDIANSHIP, "units": "Xã Hương Phong"}, "id_units", "Xã Hương Phong"),
    ],
)
def test_what_is_missing_or_unknown_is_said_in_its_place(
    office: Client, sent: dict[str, str], field: str, words: str
) -> None:
    page = read(office.post(OFFERINGS, sent), 422)
    assert words in page.errors[field]
    if "units" in sent:
        assert page.form(OFFERINGS).values["units"] == [f"\n{sent['units']}"] or sent["units"] in str(
            page.form(OFFERINGS).values["units"]
        )
    assert not Change.objects.exists()


def test_the_list_changed_between_the_preview_and_the_word(office: Client, unit: Unit) -> None:
    page = read(office.post(OFFERINGS, {"what": "withdraw", "codes": GUARDIANSHIP, "units": unit.code}))
    Offering.objects.filter(unit=unit, procedure=version().procedure).delete()
    assert "vừa đổi" in confirmed(office, page).content.decode()
    assert not Change.objects.exists()


def test_the_ground_is_asked_for(office: Client, unit: Unit) -> None:
    page = read(office.post(OFFERINGS, {"what": "withdraw", "codes": GUARDIANSHIP, "units": unit.code}))
    response = office.post(CONFIRM, page.form(CONFIRM).filled(decision=" "))
    again = read(response, 422)
    assert again.errors["id_decision"]
    assert "Đã đưa vào 0, rút ra 1." in confirmed(office, again).content.decode()


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("danh-muc.csv", text.encode())


def test_from_a_file(office: Client, unit: Unit) -> None:
    text = f"unit,procedure,action\n{unit.code},{GUARDIANSHIP},withdraw\n20068,{COPIES},rút\n"
    response = office.post(FILE, {"file": file(text)})
    assert len(response.context["plan"].removed) == 2
    page = read(response)
    confirmed(office, page)
    assert Change.objects.count() == 2
    assert "danh mục đã như vậy" in read(office.post(FILE, {"file": file(text)})).text


def test_errors_of_a_file_by_row(office: Client) -> None:
    text = f"unit,procedure,action\n00000,{COPIES},offer\n19798,{COPIES},x\n"
    page = read(office.post(FILE, {"file": file(text)}), 422)
    assert "2 dòng sai" in page.errors["id_file"]
    assert "Dòng 2: không có đơn vị nào mang mã “00000”" in page.text
    assert "Dòng 3: " in page.text
    for wrong in ({}, {"file": file("")}):
        assert office.post(FILE, wrong).status_code == 422


@pytest.mark.parametrize("rows", ["", "x", "19798,1.004837,x", "\0"])
def test_a_confirmation_that_nobody_of_ours_made(office: Client, rows: str) -> None:
    assert office.post(CONFIRM, {"rows": rows, "shown": "x", "decision": DECISION}).status_code == 302
    assert not Change.objects.exists()


def test_a_preview_costs_as_much_for_many_as_for_few(office: Client, unit: Unit) -> None:
    costs = []
    for units in (unit.code, ""):
        sent = {
            "what": "withdraw",
            "codes": GUARDIANSHIP,
            "units": units,
            "levels": ["commune"] if not units else [],
        }
        with CaptureQueriesContext(connection) as captured:
            office.post(OFFERINGS, sent)
        costs.append(len(captured))
    assert max(costs) <= 26
    assert queries(office, OFFERINGS) <= 12
