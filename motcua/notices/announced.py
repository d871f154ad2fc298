"""Reading announcements: what is shown where and when, and what a unit has written."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.notices.models import Announcement, Audience
from motcua.people.models import Unit

MOST_SHOWN = 5
"""On one page; the latest to begin first."""


def shown_to_citizens(unit: Unit, now: datetime) -> list[Announcement]:
    """On a unit's page and kiosk: its own and those of the units above it. One query."""
    return _shown(unit.path, (Audience.PORTAL, Audience.BOTH), now)


def shown_to_officers(unit_path: str, now: datetime) -> list[Announcement]:
    """On the desk's first page. One query."""
    return _shown(unit_path, (Audience.DESK, Audience.BOTH), now)


def written_by(unit_id: int) -> QuerySet[Announcement]:
    """All of a unit, to be ordered by id, newest first."""
    return Announcement.objects.filter(unit=unit_id).select_related("author", "withdrawn_by")


def _shown(path: str, audiences: tuple[Audience, ...], now: datetime) -> list[Announcement]:
    today = timezone.localdate(now)
    running = Q(first_day__lte=today, last_day__gte=today, withdrawn_at=None)
    codes = path.rstrip(".").split(".")
    found = Announcement.objects.filter(running, unit__code__in=codes, audience__in=audiences)
    return list(found.select_related("unit").order_by("-first_day", "-pk")[:MOST_SHOWN])
