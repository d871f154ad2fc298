"""Guessing codes: after more than ten wrong ones in ten minutes an address waits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from motcua.portal import guessing
from motcua.portal.guessing import MOST_MISSES, miss, wait
from motcua.portal.models import Miss

FIND = reverse("track_find")
HERE, THERE = "203.0.113.7", "203.0.113.8"


def guess(client, times: int, **request) -> int:
    """The status of the last of so many wrong codes."""
    codes = [client.get(FIND, {"code": f"x{number}"}, **request).status_code for number in range(times)]
    return int(codes[-1])


def test_ten_mistakes_are_human(client, db):
    assert guess(client, MOST_MISSES) == 422
    assert client.get(FIND, {"code": "x"}).status_code == 422


def test_then_the_address_waits_even_with_a_right_code(client, dossier_at, clock):
    code = dossier_at("processing").code
    guess(client, MOST_MISSES)
    clock.shift(timedelta(minutes=4))
    guess(client, 1)
    for path in (reverse("track", args=[code]), f"{FIND}?code={code}"):
        response = client.get(path)
        assert response.status_code == 429
        assert response["Retry-After"] == "360"
        assert "no-store" in response["Cache-Control"]
        assert "sau 6 phút" in response.content.decode()
    assert Miss.objects.count() == MOST_MISSES + 1  # waiting is not lengthened by asking
    clock.shift(timedelta(minutes=6))
    assert client.get(reverse("track", args=[code])).status_code == 200


def test_wrong_codes_in_the_address_count_too(client, db):
    for number in range(MOST_MISSES + 1):
        path = reverse("track", args=[f"000.19.01.H57-200102-{number + 1:04d}"])
        assert client.get(path).status_code == 404
    assert client.get(path).status_code == 429


def test_another_address_is_not_punished(client, dossier_at):
    code = dossier_at("processing").code
    guess(client, MOST_MISSES + 2, REMOTE_ADDR=HERE)
    path = reverse("track", args=[code])
    assert client.get(path, REMOTE_ADDR=HERE).status_code == 429
    assert client.get(path, REMOTE_ADDR=THERE).status_code == 200


def test_a_header_that_anyone_can_write_changes_nothing(client, db):
    for number in range(MOST_MISSES + 2):
        response = client.get(FIND, {"code": "x"}, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert response.status_code == 429


def test_behind_a_trusted_proxy_the_client_counts(client, db, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(MOST_MISSES + 2):
        response = client.get(FIND, {"code": "x"}, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert response.status_code == 422


def test_no_address_is_kept(db):
    now = timezone.now()
    miss(HERE, now)
    miss(HERE, now + timedelta(days=1) - timedelta(minutes=1))
    today, tomorrow = Miss.objects.order_by("at").values_list("address_digest", flat=True)
    assert HERE not in today
    assert len(today) == 64
    assert today != tomorrow  # nobody can be followed from one day to the next


def test_midnight_forgives_nothing(db):
    before = timezone.now().replace(hour=16, minute=58, second=0)  # 23:58 in Huế
    for _ in range(MOST_MISSES + 1):
        miss(HERE, before)
    assert wait(HERE, before + timedelta(minutes=5)) == 300


def test_what_is_old_is_deleted(db):
    now = timezone.now()
    miss(HERE, now - guessing.KEPT - timedelta(seconds=1))
    miss(THERE, now)
    assert Miss.objects.count() == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),  # one household has a /64
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("", "unknown", False),
    ],
)
def test_who_stands_behind_an_address(db, one, other, same):
    now = timezone.now()
    for _ in range(MOST_MISSES + 1):
        miss(one, now)
    assert bool(wait(other, now)) is same
