"""R20: a role, a field or an account ends at an administrator's word, and no dossier is left with nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.dossiers import endings
from motcua.dossiers.actions import Act
from motcua.dossiers.departures import LeftBehind
from motcua.people.errors import StaffRefused
from motcua.people.models import Field, Grant, Role, User
from tests.cast import Played, played, received


@pytest.fixture
def act(administrator: Played) -> Act:
    return Act(administrator.officer, timezone.now())


def grant_of(who: Played) -> Grant:
    return Grant.objects.get(user=who.user, role__in=[Role.CLERK, Role.SPECIALIST, Role.LEADER])


def test_a_specialist_with_a_dossier_stays_until_it_is_handed_over(
    act: Act, clerk: Played, specialist: Played
) -> None:
    dossier = received(clerk)
    grant, today = grant_of(specialist), timezone.localdate()
    for end in (
        lambda: endings.end_role(act, grant.pk, today),
        lambda: endings.close_account(act, specialist.user.pk),
    ):
        with pytest.raises(LeftBehind) as refused:
            end()
        assert refused.value.codes == [dossier.code]
    assert User.objects.get(pk=specialist.user.pk).is_active
    assert Grant.objects.get(pk=grant.pk).valid_to is None


def test_what_is_assigned_already_stays_with_who_gives_the_field_up(
    act: Act, clerk: Played, specialist: Played
) -> None:
    dossier, grant = received(clerk), grant_of(specialist)
    culture = Field.objects.get(name="Văn hóa - Xã hội")
    endings.change_fields(act, grant.pk, frozenset({culture.pk}))
    dossier.refresh_from_db()
    assert (dossier.assignee, grant.fields.get()) == (specialist.user, culture)


def test_the_only_clerk_stays_while_something_lies_at_reception(act: Act, clerk: Played) -> None:
    dossier = received(clerk, forward=False)
    with pytest.raises(LeftBehind) as refused:
        endings.end_role(act, grant_of(clerk).pk, timezone.localdate() + timedelta(days=3))
    assert refused.value.codes == [dossier.code]
    assert Grant.objects.get(user=clerk.user).valid_to is None


def test_with_another_in_the_role_it_ends(act: Act, clerk: Played, other_specialist: Played) -> None:
    received(clerk, forward=False)
    grant = grant_of(clerk)
    Grant.objects.create(user=other_specialist.user, unit=grant.unit, role=Role.CLERK)
    last = timezone.localdate() + timedelta(days=3)
    endings.end_role(act, grant.pk, last)
    assert Grant.objects.get(pk=grant.pk).valid_to == last
    assert played(clerk.user.username).officer.has(Role.CLERK)


def test_what_nobody_could_do_before_keeps_nobody(act: Act, clerk: Played, leader: Played) -> None:
    """A unit without a leader can still change its clerks."""
    received(clerk)
    Grant.objects.filter(user=leader.user).update(valid_to="2020-01-01")
    endings.end_role(act, grant_of(clerk).pk, timezone.localdate())


def test_a_field_whose_dossiers_wait_in_the_pool_keeps_somebody(
    act: Act, clerk: Played, specialist: Played, other_specialist: Played
) -> None:
    """Two hold the field, so the dossier waits for whoever takes it; one may drop the field, not both."""
    culture, justice = grant_of(other_specialist), grant_of(specialist)
    field = justice.fields.get()
    own = frozenset(culture.fields.values_list("pk", flat=True))
    culture.fields.add(field)
    dossier = received(clerk)
    assert dossier.assignee is None
    endings.change_fields(act, culture.pk, own)
    assert set(culture.fields.values_list("pk", flat=True)) == own
    with pytest.raises(LeftBehind):
        endings.change_fields(act, justice.pk, own)
    assert justice.fields.get() == field


def test_an_account_without_work_closes_with_all_its_roles(act: Act, specialist: Played) -> None:
    endings.close_account(act, specialist.user.pk)
    assert not User.objects.get(pk=specialist.user.pk).is_active
    assert Grant.objects.get(user=specialist.user).valid_to == timezone.localdate()


def test_who_may_not_end_it(leader: Played, clerk: Played) -> None:
    with pytest.raises(StaffRefused):
        endings.end_role(Act(leader.officer, timezone.now()), grant_of(clerk).pk, timezone.localdate())
    with pytest.raises(StaffRefused):
        endings.close_account(Act(leader.officer, timezone.now()), clerk.user.pk)
    with pytest.raises(StaffRefused, match="không còn"):
        endings.end_role(Act(leader.officer, timezone.now()), 0, timezone.localdate())
