"""How units, dossiers and people are named on papers."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.models import Dossier
from motcua.papers.common import Issuer, Request
from motcua.people.models import Unit, UnitLevel, User
from motcua.people.succession import acting

RATING_SITE: Final = ""
"""Where a citizen rates the service (TT01 Đ.12.2). Empty until there is such a page: no paper names a dead address."""


def tracking_url(code: str) -> str:
    """What the QR code opens."""
    return f"{settings.PUBLIC_URL}{reverse('track', args=[code])}"


def tracking_site() -> str:
    """The short address that a person types."""
    return settings.PUBLIC_URL.partition("://")[2]


def committee(unit: Unit) -> str:
    """Who answers for a unit: its people's committee; an agency answers for itself."""
    if unit.level == UnitLevel.AGENCY:
        return unit.name
    return f"UBND {unit.name[0].lower()}{unit.name[1:]}"


def place_of(unit: Unit) -> str:
    """The name without its kind: "Phường Phú Hậu" makes papers out at "Phú Hậu"; an agency where its parent sits."""
    if unit.level == UnitLevel.AGENCY and unit.parent:
        return place_of(unit.parent)
    for kind in ("Thành phố ", "Thị trấn ", "Thị xã ", "Phường ", "Huyện ", "Tỉnh ", "Xã "):
        if unit.name.startswith(kind):
            return unit.name.removeprefix(kind)
    return unit.name


def desk_of(unit: Unit) -> str:
    return f"Bộ phận Tiếp nhận và Trả kết quả, {committee(unit)}"


def who_answers(unit: Unit, at: datetime) -> Unit:
    """In whose name a paper is made out at a moment: the unit's, or who had its work by then (merged communes)."""
    return acting(unit, timezone.localdate(at))


def delivery(dossier: Dossier, at: datetime) -> str:
    """Where the result is collected, as known at a moment: at which desk, or by which way."""
    if dossier.return_method == ReturnMethod.DESK:
        return desk_of(who_answers(dossier.unit, at))
    return str(dossier.get_return_method_display())


def issuer(unit: Unit, *, simulated: bool) -> Issuer:
    return Issuer(
        superior=committee(unit.parent) if unit.parent else "",
        agency=committee(unit),
        place=place_of(unit),
        site=tracking_site(),
        hotline=unit.phone,
        rating_site=RATING_SITE,
        simulated=simulated,
    )


def request_of(dossier: Dossier) -> Request:
    """Whose dossier it is, as written on the day of reception."""
    return Request(
        code=dossier.code,
        tracking_url=tracking_url(dossier.code),
        applicant=dossier.applicant_name,
        address=dossier.applicant_address,
        phone=dossier.phone,
        email=dossier.email,
        procedure=dossier.version.name,
        procedure_code=dossier.version.procedure.code,
    )


def phone_of(officer: User | None, unit: Unit) -> str:
    """Under which number somebody is reached: the officer's own, else the unit's."""
    return (officer.phone if officer else "") or unit.phone
