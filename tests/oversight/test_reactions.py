"""`reactions` and `reaction_retry`: background work that did not get done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.journal import worker
from motcua.journal.models import Reaction
from tests.cast import received
from tests.oversight.conftest import queries

REACTIONS = reverse("reactions")


@pytest.fixture
def failed(clerk) -> Reaction:
    """The receipt of a dossier that could not be made."""
    received(clerk)
    reaction = Reaction.objects.get(handler="papers.receipt")
    reaction.attempts, reaction.failed_at, reaction.last_error = 8, timezone.now(), "TypstError"
    reaction.save()
    return reaction


def test_shows_what_was_given_up(office, failed):
    response = office.get(REACTIONS)
    assert [row.pk for row in response.context["rows"]] == [failed.pk]
    page = response.content.decode()
    for words in (
        failed.handler,
        "dossier.receive",
        failed.entry.subject,
        "8 lần",
        "TypstError",
        "14:00, 16/11/2026",
    ):
        assert words in page
    assert "Không có việc nào chờ quá 5 phút" in page


def test_says_that_the_worker_may_not_be_running(office, clerk, clock):
    received(clerk)
    clock.shift(timedelta(minutes=6))
    response = office.get(REACTIONS)
    assert response.context["owed"] == Reaction.objects.filter(done_at=None).count() > 0
    assert "Tiến trình nền có thể không chạy" in response.content.decode()


def test_a_quiet_day(office):
    assert "Không có việc nào bị bỏ dở" in office.get(REACTIONS).content.decode()


def test_retried_it_is_owed_again(office, failed):
    response = office.post(reverse("reaction_retry", args=[failed.pk]), follow=True)
    assert response.redirect_chain == [(REACTIONS, 302)]
    assert not response.context["rows"]
    failed.refresh_from_db()
    assert (failed.failed_at, failed.attempts) == (None, 0)
    Reaction.objects.exclude(pk=failed.pk).update(done_at=timezone.now())
    assert worker.lease(timezone.now()) == failed


@pytest.mark.parametrize("number", [0, 10**9, 10**30])
def test_what_is_not_there_is_left_alone(office, failed, number):
    assert office.post(reverse("reaction_retry", args=[number])).status_code == 302
    failed.refresh_from_db()
    assert failed.failed_at


def test_as_many_queries_for_one_as_for_many(office, clerk, failed):
    before = queries(office, REACTIONS)
    for _ in range(3):
        received(clerk)
    Reaction.objects.update(failed_at=timezone.now())
    assert queries(office, REACTIONS) == before <= 8
