"""`overview`: how many dossiers lie where."""

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.oversight.counts import Counts, table
from motcua.people.models import Grant, Role, Unit
from tests.cast import played, received
from tests.oversight.conftest import A_LUOI, A_NGO, HUE, PHUOC_VINH, QUANG_DIEN, copies, queries

OVERVIEW = reverse("overview")


def counts(response) -> dict[str, Counts]:
    return {row.unit.code: row.counts for row in response.context["rows"]}


def test_the_province_sees_its_districts(province, dossiers):
    response = province.get(OVERVIEW)
    assert response.context["unit"].code == "46"
    assert response.context["whole"] == Counts(received=5, open=3, overdue=1, done=1, unscanned=1)
    found = counts(response)
    assert len(found) == 9
    assert found[HUE] == Counts(received=4, open=2, overdue=1, done=1, unscanned=1)
    assert found[A_LUOI] == Counts(received=1, open=1)
    assert found[QUANG_DIEN] == Counts()


def test_last_years_papers_are_owed_until_they_are_scanned(dossiers, clock):
    """R07: also of a dossier that is closed."""
    clock.move_to("2028-01-04T09:00+07:00")
    type(dossiers["returned"]).objects.filter(pk=dossiers["returned"].pk).update(unscanned=2)
    _rows, whole = table(Unit.objects.get(code="46"), timezone.now())
    assert whole.unscanned == 2


def test_a_district_leads_on_to_its_communes(province, dossiers):
    response = province.get(OVERVIEW, {"unit": HUE})
    found = counts(response)
    assert len(found) == Unit.objects.filter(parent__code=HUE, level="commune").count()
    assert found[PHUOC_VINH] == Counts(received=4, open=2, overdue=1, done=1, unscanned=1)
    page = response.content.decode()
    assert f'href="{OVERVIEW}?unit=46"' in page  # back up
    here = reverse("unit_dossiers", args=[PHUOC_VINH])
    assert f'href="{here}"' in page
    assert f'href="{here}?loc=qua-han"' in page
    assert f'href="{here}?loc=cho-tra"' in page


def test_a_commune_is_its_dossiers(province, db):
    response = province.get(OVERVIEW, {"unit": PHUOC_VINH})
    assert response.headers["Location"] == reverse("unit_dossiers", args=[PHUOC_VINH])


def test_a_district_supervisor_begins_at_the_district(district_supervisor, dossiers):
    response = district_supervisor.client().get(OVERVIEW)
    assert response.context["unit"].code == QUANG_DIEN
    assert response.context["above"] is None
    assert response.context["whole"] == Counts()


def test_last_years_dossier_counts_only_while_it_is_open(dossiers, clock):
    clock.move_to("2027-01-04T09:00+07:00")
    _rows, whole = table(Unit.objects.get(code="46"), timezone.now())
    assert whole == Counts(received=0, open=3, overdue=3, done=1, unscanned=1)


def test_what_lies_at_the_districts_own_desk_has_a_row(clerk, dossiers):
    dossier = dossiers["open"]
    dossier.unit = Unit.objects.get(code=HUE)
    dossier.save(update_fields=["unit"])
    rows, whole = table(dossier.unit, timezone.now())
    assert {row.unit.code: row.counts.open for row in rows if row.counts.open} == {HUE: 1, PHUOC_VINH: 1}
    assert whole.open == 2


def test_a_unit_that_has_ended_is_shown_while_there_is_something_to_count(dossiers):
    Unit.objects.filter(code__in=[PHUOC_VINH, "19789"]).update(valid_to="2026-06-30")
    rows, _whole = table(Unit.objects.get(code=HUE), timezone.now())
    shown = {row.unit.code for row in rows}
    assert PHUOC_VINH in shown
    assert "19789" not in shown


def test_who_watches_over_two_districts_can_choose(district_supervisor, dossiers):
    Grant.objects.create(
        user=district_supervisor.user, unit=Unit.objects.get(code=A_LUOI), role=Role.SUPERVISOR
    )
    client = played("giamsat.quangdien").client()
    assert f'href="?unit={A_LUOI}"' in client.get(OVERVIEW).content.decode()
    assert counts(client.get(OVERVIEW, {"unit": A_LUOI}))[A_NGO].open == 1


@pytest.mark.parametrize("unit", ["46", HUE])
def test_as_many_queries_whatever_the_number_of_units(dossiers, outsider, django_assert_num_queries, unit):
    root = Unit.objects.get(code=unit)
    with django_assert_num_queries(3):
        table(root, timezone.now())
    copies(dossiers["open"], 20)
    received(outsider)
    with django_assert_num_queries(3):
        table(root, timezone.now())


def test_the_page_costs_the_same_for_a_province_as_for_a_district(province, dossiers):
    assert queries(province, OVERVIEW) == queries(province, f"{OVERVIEW}?unit={HUE}") <= 10
