"""How often an address may be wrong about a code before it has to wait.

A code is no secret: its form is law and its numbers follow one another. What a right code shows is therefore no
secret either (R51); the limit keeps machines from trying them all. It is counted in the data base, because the
next request may meet another process.
"""

import math
from datetime import date, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.utils import timezone
from django.utils.crypto import salted_hmac

from motcua.portal.models import Miss

WINDOW = timedelta(minutes=10)
MOST_MISSES = 10
"""As many may fall into the window; the next one closes the door until enough of them are older."""
KEPT = timedelta(days=1)


def wait(address: str, now: datetime) -> int:
    """Seconds until this address may look up a code again, right or wrong; 0: it may now."""
    # The digest changes at midnight, the window does not: both days of the window count.
    digests = {_digest(address, timezone.localdate(moment)) for moment in (now - WINDOW, now)}
    recent = Miss.objects.filter(address_digest__in=digests, at__gt=now - WINDOW)
    latest = list(recent.order_by("-at").values_list("at", flat=True)[: MOST_MISSES + 1])
    if len(latest) <= MOST_MISSES:
        return 0
    return max(1, math.ceil((latest[-1] + WINDOW - now).total_seconds()))


def miss(address: str, now: datetime) -> None:
    """Remember a wrong code, and forget those of yesterday."""
    Miss.objects.filter(at__lt=now - KEPT).delete()
    Miss.objects.create(address_digest=_digest(address, timezone.localdate(now)), at=now)


def _digest(address: str, day: date) -> str:
    """Without the key nobody can find the address again, and with it only until the rows are deleted."""
    return salted_hmac("motcua.portal.miss", f"{day} {_client(address)}", algorithm="sha256").hexdigest()


def _client(address: str) -> str:
    """Who stands behind an address: one household has 2⁶⁴ of IPv6, and shares one of IPv4."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or int(found) >> 64)
