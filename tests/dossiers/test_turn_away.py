"""Before anything is received (R03): what is missing, or why not. Nothing of it is a dossier."""

from typing import Any

import pytest

from motcua.catalog.errors import NotReady
from motcua.catalog.models import Offering
from motcua.dossiers import actions
from motcua.dossiers.actions import Applicant, Refusal, Wanted
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier, TurnedAway
from motcua.journal.models import Entry
from tests.cast import MONDAY, Played, version
from tests.dossiers.lives import Desk
from tests.dossiers.test_supplement import wanted

Kind = TurnedAway.Kind


def turned_away(who: Played, unit_id: int, **facts: Any) -> TurnedAway:
    given = {
        "version_id": version().pk,
        "kind": Kind.INCOMPLETE,
        "applicant": Applicant("Nguyễn Thị Thử", phone="0905000999"),
        "reason": "Chưa đủ giấy tờ.",
        "missing": wanted("Chưa nộp.", "Bản photo, cần bản chính."),
        "is_simulated": True,
    }
    return actions.turn_away(who.act(MONDAY), unit_id, Refusal(**(given | facts)))


def test_what_is_missing_is_said_in_full_and_nothing_is_received(desk: Desk) -> None:
    """R03, R02."""
    row = turned_away(desk.clerk, desk.unit_id)
    assert (row.kind, row.number, row.year) == (Kind.INCOMPLETE, 1, 2026)
    assert list(row.missing.values_list("reason", flat=True)) == ["Chưa nộp.", "Bản photo, cần bản chính."]
    assert not Dossier.objects.exists()
    entry = Entry.objects.get(subject=f"turned_away:{row.pk}")
    assert (entry.kind, entry.chain, entry.actor_id) == (
        "reception.turned_away",
        "19798",
        desk.clerk.user.pk,
    )
    assert "Thử" not in entry.facts
    assert "0905" not in entry.facts


def test_a_refusal_needs_no_list_and_has_the_next_number(desk: Desk) -> None:
    turned_away(desk.clerk, desk.unit_id)
    row = turned_away(
        desk.clerk, desk.unit_id, kind=Kind.REFUSED, missing=(), reason="Không thuộc thẩm quyền."
    )
    assert (row.kind, row.number) == (Kind.REFUSED, 2)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"applicant": Applicant("  ")}, "full_name"),
        ({"reason": " "}, "reason"),
        ({"missing": ()}, "papers"),
        ({"missing": (Wanted(999_999_999, "Thiếu."),)}, "papers"),
    ],
)
def test_it_says_what_it_lacks(desk: Desk, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Incomplete) as refusal:
        turned_away(desk.clerk, desk.unit_id, **facts)
    assert refusal.value.field == field
    assert not TurnedAway.objects.exists()


def test_only_a_clerk_of_the_unit_does_it_and_only_for_its_own_list(desk: Desk, outsider: Played) -> None:
    for who in (desk.specialist, outsider):
        with pytest.raises(NotAllowed):
            turned_away(who, desk.unit_id)
    Offering.objects.filter(unit=desk.unit_id, procedure=version().procedure).delete()
    with pytest.raises(NotReady):
        turned_away(desk.clerk, desk.unit_id)
