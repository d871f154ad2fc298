"""The leader's authorisations to answer on the spot (R05)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.results.models import Authorisation
from tests.cast import COPIES, GUARDIANSHIP, MONDAY, version
from tests.desk.conftest import Office, read
from tests.desk.reading import Page

ADDRESS = reverse("authorisations")


@pytest.fixture
def leader(office: Office) -> Client:
    return office.leader.client()


def sent(leader: Client, office: Office, **changes: Any):
    given = {
        "officer": office.clerk.user.pk,
        "procedure": version(COPIES).pk,
        "decision": "05/UQ-UBND",
        "valid_to": "31/12/2026",
    }
    form = read(leader.get(ADDRESS)).form()
    return leader.post(ADDRESS, form.filled(**(given | changes)))


def test_given_shown_and_withdrawn(leader: Client, office: Office) -> None:
    """R05."""
    assert sent(leader, office).status_code == 302
    page = read(leader.get(ADDRESS))
    for words in (version(COPIES).name, "Trần Thị Lan", "05/UQ-UBND", "31/12/2026"):
        assert words in page.text
    form = page.form(reverse("authorisation_withdraw"))
    assert leader.post(form.action, form.values).status_code == 302
    assert not Authorisation.objects.filter(withdrawn_at=None).exists()
    assert read(leader.get(ADDRESS)).rows == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("officer", ""),
        ("procedure", "x"),
        ("decision", ""),
        ("valid_to", "31/13/2026"),
        ("valid_to", "01/01/2026"),
    ],
)
def test_a_mistake_stands_at_its_field(leader: Client, office: Office, field: str, value: str) -> None:
    page = read(sent(leader, office, **{field: value}), 422)
    assert set(page.errors) == {f"id_{field}"}
    assert page.form().values["decision"] == ["" if field == "decision" else "05/UQ-UBND"]


def test_only_procedures_of_one_day_can_be_chosen(leader: Client, office: Office) -> None:
    page: Page = read(leader.get(ADDRESS))
    offered = {option.attrs["value"] for option in page.all("option")}
    assert str(version(COPIES).pk) in offered
    assert str(version(GUARDIANSHIP).pk) not in offered


def test_the_list_costs_the_same_for_many(
    leader: Client, office: Office, django_assert_max_num_queries
) -> None:
    sent(leader, office)
    one = Authorisation.objects.get()
    Authorisation.objects.bulk_create(
        Authorisation(
            unit=one.unit,
            officer=office.specialist.user,
            procedure=procedure,
            decision="x",
            valid_to=MONDAY.date() + timedelta(days=n),
            given_by=one.given_by,
            given_at=one.given_at,
        )
        for n, procedure in enumerate(type(one.procedure).objects.exclude(pk=one.procedure_id)[:60])
    )
    with django_assert_max_num_queries(11):
        page = read(leader.get(ADDRESS))
    assert len(page.rows) == 50
    assert len(read(leader.get(ADDRESS + page.link("next"))).rows) == 11
