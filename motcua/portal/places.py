"""Which commune a citizen means: out of the address, out of a cookie that has a unit's code and nothing else, by name."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.people.models import Unit, UnitLevel
from motcua.people.queries import in_force
from motcua.rules.text import unaccent

COOKIE = "don_vi"
COOKIE_SECONDS = 365 * 24 * 3600
PARAMETER = "don-vi"
SERVING = (UnitLevel.COMMUNE, UnitLevel.DISTRICT, UnitLevel.PROVINCE)
"""Units with a desk for citizens; agencies are reached through it."""


def unit_in(request: HttpRequest) -> Unit | None:
    """The unit that the address names; None: it names none. Raises Http404 for one that is not there."""
    code = request.GET.get(PARAMETER, "").strip()
    return public_unit(code) if code else None


def carried(request: HttpRequest, unit: Unit | None) -> str:
    """What every link of a page carries on, as a query: the commune, or that none is wanted."""
    return f"{PARAMETER}={unit.code if unit else ''}" if PARAMETER in request.GET else ""


def public_unit(code: str) -> Unit:
    """A unit that citizens may look at, with the one above it. Raises Http404."""
    units = Unit.objects.filter(code=code, level__in=SERVING).select_related("parent__parent")
    found = units.first() if code.isalnum() and code.isascii() else None  # no data base is asked for nonsense
    if found is None:
        raise Http404(_("Không có đơn vị này."))
    return found


def remembered(request: HttpRequest) -> Unit | None:
    """The commune that this browser chose, while it exists."""
    code = request.COOKIES.get(COOKIE, "")
    if not code.isdecimal():
        return None
    return _open_units().filter(code=code, level__in=SERVING).select_related("parent").first()


def remember(answer: HttpResponseBase, unit: Unit) -> None:
    answer.set_cookie(
        COOKIE,
        unit.code,
        max_age=COOKIE_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def units_called(words: str) -> list[Unit]:
    """Communes and districts called so, accents aside, by name; else those with every word in their name or district."""
    plain = unaccent(words)
    served = _open_units().filter(level__in=SERVING[:2]).select_related("parent")
    units = list(served.order_by("name", "code"))
    called = [unit for unit in units if f" {plain} " in f" {unaccent(unit.name)} "]
    return called or [unit for unit in units if _has(unit, plain.split())]


def _open_units() -> QuerySet[Unit]:
    """Units that exist today; one that is to end next month still serves."""
    return Unit.objects.filter(in_force(timezone.localdate()))


def _has(unit: Unit, meant: list[str]) -> bool:
    called = f"{unaccent(unit.name)} {unaccent(unit.parent.name) if unit.parent else ''}".split()
    return all(word in called for word in meant)


def succeeded_by(unit: Unit) -> list[Unit]:
    """Who goes on with the work of a unit that has ended."""
    if unit.valid_to is None:
        return []
    return [row.successor for row in unit.successions.select_related("successor").order_by("successor__name")]
