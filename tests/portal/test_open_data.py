"""`open_data`, `procedures_json`, `procedures_csv`, `units_json`: the published catalogue for machines (R50)."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from motcua.catalog import actions as catalog
from motcua.catalog.load_life_events import load_life_events
from motcua.catalog.models import LifeEvent, Offering, Procedure, ProcedureVersion
from motcua.portal.open_data import COLUMNS
from motcua.rules.limits import Limit
from tests.cast import COPIES, GUARDIANSHIP, Played, version
from tests.portal.conftest import NOW

pytestmark = pytest.mark.usefixtures("db")


def data(path: str) -> dict:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == (
        200,
        "application/json",
        "*",
    )
    return json.loads(answer.content)


def test_every_procedure_with_all_that_its_page_says() -> None:
    found = data("/du-lieu/thu-tuc.json")
    assert found["about"]["procedures"] == len(found["procedures"]) == 146
    assert {"licence", "catalogue", "documentation", "format"} <= set(found["about"])
    row = next(row for row in found["procedures"] if row["code"] == COPIES)
    of = version(COPIES)
    assert row["name"] == of.name
    assert row["limit"] == {
        "typed": of.limit,
        "text": of.limit_label,
        "confirmed": of.limit_confirmed,
        "note": of.limit_note,
    }
    assert [paper["name"] for paper in row["papers"]] == [p.name for p in of.papers.order_by("position")]
    assert row["fees"]["items"][0]["price"] == 2000
    assert row["life_events"] == ["Sao y, chứng thực giấy tờ"]
    assert row["steps"] == row["legal_basis"] == []  # not published, and not invented
    assert row["url"].endswith(f"/thu-tuc/{COPIES}/")


def test_as_a_sheet_with_the_same_rows_and_no_formula() -> None:
    content = Client().get("/du-lieu/thu-tuc.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert list(rows[0]) == COLUMNS
    assert [row["code"] for row in rows] == [
        row["code"] for row in data("/du-lieu/thu-tuc.json")["procedures"]
    ]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]


def test_asked_again_only_when_something_was_published(administrator: Played) -> None:
    client = Client()
    tags = {path: client.get(path)["ETag"] for path in ("/du-lieu/thu-tuc.json", "/du-lieu/thu-tuc.csv")}
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    of = version(GUARDIANSHIP)
    catalog.set_limit(administrator.officer, of.procedure_id, Limit.parse("2 working days"), "12/QĐ", NOW)
    for path, tag in tags.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer["ETag"] != tag
    row = next(r for r in data("/du-lieu/thu-tuc.json")["procedures"] if r["code"] == GUARDIANSHIP)
    assert (row["version"], row["limit"]["typed"]) == (2, "2 working days")


def test_a_draft_is_not_in_it() -> None:
    of = version(GUARDIANSHIP)
    ProcedureVersion.objects.create(procedure=of.procedure, name="Bản thảo", name_search="", field=of.field)
    assert "Bản thảo" not in Client().get("/du-lieu/thu-tuc.json").content.decode()


def test_units_with_their_hours_and_lists(django_assert_max_num_queries) -> None:
    Offering.objects.filter(unit__code="19798", procedure__code=COPIES).update(not_arising="x")
    with django_assert_max_num_queries(3):
        found = data("/du-lieu/don-vi.json")
    assert found["about"]["units"] == 152 + 9 + 1
    row = next(row for row in found["units"] if row["code"] == "19798")
    assert (row["name"], row["parent"], len(row["procedures"])) == ("Phường Phước Vĩnh", "474", 72)
    assert row["hours"][0] == {"weekday": 1, "opens": "07:30", "closes": "11:30", "months": [1, 12]}


def test_the_page_names_every_field_and_column() -> None:
    page = Client().get("/du-lieu/").content.decode()
    fields = {name for row in data("/du-lieu/thu-tuc.json")["procedures"] for name in row}
    fields |= {name for row in data("/du-lieu/don-vi.json")["units"] for name in row}
    assert [name for name in sorted(fields | set(COLUMNS)) if name not in page] == []


def test_life_events_load_what_is_missing_and_touch_nothing_else() -> None:
    """Every procedure of the file is in our catalogue, and a second load changes nothing."""
    assert LifeEvent.objects.count() == 22
    assert Procedure.objects.filter(life_events=None).count() == 7
    assert load_life_events() == 0
    LifeEvent.objects.filter(name="Sinh con").update(words="của tỉnh")
    procedure = Procedure.objects.get(code=COPIES)
    procedure.life_events.clear()
    assert load_life_events() == 1
    assert LifeEvent.objects.get(name="Sinh con").words == "của tỉnh"
    assert [event.name for event in procedure.life_events.all()] == ["Sao y, chứng thực giấy tờ"]
