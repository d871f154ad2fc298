"""`templates` and `template_route`: the province draws a template anew."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.catalog.models import Change, Route
from motcua.catalog.queries import current, route_for
from motcua.catalog.stages import stages_in
from motcua.people.models import Unit
from motcua.rules.text import unaccent
from tests.cast import GUARDIANSHIP, version
from tests.catalog.routes import DECISION, adapted, made_admin
from tests.desk.conftest import read
from tests.oversight.conftest import queries

TEMPLATES = reverse("templates")
BIRTH_LINKED = "2.000986"


def path(code: str = GUARDIANSHIP) -> str:
    return reverse("template_route", args=[version(code).procedure_id])


def used(unit: Unit, code: str = GUARDIANSHIP) -> list[tuple[str, str, int]]:
    stages = stages_in(route_for(unit, version(code).pk))
    return [(stage.kind.value, stage.agency, stage.minutes) for stage in stages]


def test_every_procedure_in_force_is_listed(office: Client, unit: Unit) -> None:
    admin = made_admin("vanphong.phuocvinh", unit.code)
    adapted(admin, unit, 60, 1200, 180, 0)
    address = TEMPLATES
    found: dict[int, dict[str, Any]] = {}
    while address:
        context = office.get(address).context
        found |= {row["version"].procedure_id: row for row in context["rows"]}
        address = context["page"].on and TEMPLATES + context["page"].on
    assert set(found) == set(current().values_list("procedure", flat=True))
    row = found[version().procedure_id]
    assert (row["version"].own, row["route"].number_of_steps) == (1, 4)


def test_found_without_accents(office: Client) -> None:
    page = read(office.get(TEMPLATES, {"q": "giam ho"}))
    assert page.rows
    assert all("giam" in unaccent(row.text) and "ho" in unaccent(row.text) for row in page.rows)
    assert queries(office, TEMPLATES) <= 12


def test_another_split_holds_at_once_everywhere(office: Client, unit: Unit) -> None:
    form = read(office.get(path())).form()
    sent = form.filled(time_1="2 ngày", time_2="6 giờ 48 phút", decision=DECISION)
    response = office.post(path(), sent, follow=True)
    assert "có hiệu lực ở mọi đơn vị" in response.content.decode()
    for place in (unit, Unit.objects.get(code="20068")):
        assert [minutes for _kind, _agency, minutes in used(place)] == [72, 960, 408, 0]
    assert Change.objects.get().decision == DECISION
    assert DECISION in read(office.get(path())).text


def test_a_step_more_a_step_less_and_another_order(office: Client, unit: Unit) -> None:
    form = read(office.get(path())).form()
    sent = form.filled(
        time_1="1 ngày 7 giờ 48 phút",
        kind_4="approval",
        agency_4="district",
        time_4="1 giờ",
        decision=DECISION,
    )
    assert office.post(path(), sent).status_code == 302
    assert used(unit)[3] == ("approval", "district", 60)
    form = read(office.get(path())).form()
    sent = form.filled(kind_3="", time_1="2 ngày 48 phút", decision=DECISION)
    assert office.post(path(), sent).status_code == 302
    assert [agency for _kind, agency, _minutes in used(unit)] == [""] * 4


def test_what_agencies_do_beside_a_step_stays_with_it(office: Client) -> None:
    before = stages_in(Route.objects.get(version=version(BIRTH_LINKED), unit=None))
    form = read(office.get(path(BIRTH_LINKED))).form()
    total = before[0].minutes + before[1].minutes
    sent = form.filled(time_0=f"{before[0].minutes - 1} phút", time_1=f"{total - before[0].minutes + 1} phút")
    assert office.post(path(BIRTH_LINKED), sent | {"decision": [DECISION]}).status_code == 302
    after = stages_in(Route.objects.get(version=version(BIRTH_LINKED), unit=None, ended_at=None))
    assert after[3] == before[3]
    assert len(after[3].tasks) == 2


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"time_1": "2 ngày 7 giờ"}, "", "vượt"),
        ({"time_1": "lâu lắm"}, "id_time_1", "Ghi như"),
        ({"time_1": ""}, "id_time_1", "Hãy ghi thời gian"),
        ({"kind_2": "", "time_1": "2 ngày 6 giờ 48 phút"}, "", "phải có bước lãnh đạo duyệt"),
        ({"order_0": "9"}, "", "Bước đầu tiên phải là tiếp nhận"),
        ({"time_1": "0", "time_2": "2 ngày 6 giờ 48 phút"}, "id_time_1", "phải có thời gian"),
        ({"decision": ""}, "id_decision", "Hãy ghi căn cứ"),
        ({"kind_1": "nonsense"}, "id_kind_1", "nonsense"),
    ],
)
def test_what_cannot_be_is_said_in_its_place_and_nothing_is_lost(
    office: Client, unit: Unit, typed: dict[str, str], field: str, words: str
) -> None:
    sent = read(office.get(path())).form().filled(**({"decision": DECISION} | typed))
    page = read(office.post(path(), sent), 422)
    assert words in (page.errors[field] if field else " ".join(page.summary))
    if "time_1" in typed:
        assert page.form().values["time_1"] == [typed["time_1"]]
    assert Route.objects.filter(version=version(), unit=None).count() == 1


def test_says_whose_own_way_would_lapse(office: Client, unit: Unit) -> None:
    adapted(made_admin("vanphong.phuocvinh", unit.code), unit, 60, 1200, 180, 0)
    assert "1 đơn vị đang có cách riêng" in read(office.get(path())).text


def test_without_a_limit_there_is_nothing_to_draw(office: Client) -> None:
    code = current().filter(limit="").order_by("pk")[0].procedure.code
    page = read(office.get(path(code)))
    assert reverse("limits") in page.links
    sent = {"decision": DECISION, "kind_0": "reception", "time_0": "0"}
    assert office.post(path(code), sent).status_code == 422


def test_a_procedure_that_there_is_not(office: Client) -> None:
    assert office.get("/quan-tri/quy-trinh/999999/").status_code == 404
