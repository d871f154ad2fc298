"""The touch screen at a desk (NĐ 61/2018 Đ.13.2.b): the unit's procedures and the way of a dossier, and nothing else.

Large targets, no link that leads out, no log-in, no form to download; what was left open goes back to the start.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.dossiers.standing import standing
from motcua.notices.announced import shown_to_citizens
from motcua.papers.marks import qr
from motcua.people.models import Unit
from motcua.portal import guessing, lists, places, publication, tracking
from motcua.portal.answering import page, same_for_all
from motcua.portal.forms import TrackForm
from motcua.portal.story import story
from motcua.portal.views.track import issued_form, not_stored, unlisted
from motcua.ui import client

SECONDS_LEFT_ALONE = 90
"""After so long without a touch a page goes back to the start; the start is loaded anew as often, for what is new."""


@same_for_all
def kiosk(request: HttpRequest, unit: str) -> HttpResponseBase:
    """The start: what is announced, life events and fields to touch, the two boxes."""
    found = places.public_unit(unit)
    now = timezone.now()
    versions = publication.listed(found)
    context = _frame(found) | {
        "desk": publication.desk_of(found, timezone.localdate(now)),
        "announced": shown_to_citizens(found, now),
        "events": publication.events(versions),
        "groups": publication.fields(versions),
        "qr": _qr("unit_public", found.code),
    }
    return page(request, "portal/kiosk.html", context)


@same_for_all
def kiosk_procedures(request: HttpRequest, unit: str) -> HttpResponseBase:
    """A list to touch; a dossier's code typed into the same box goes on to the dossier."""
    found = places.public_unit(unit)
    if code := lists.dossier_code(request.GET.get("q", "")):
        return redirect(f"{reverse('kiosk_track', args=[found.code])}?code={code}")
    asked = request.GET.dict() | {"tat-ca": "1"}
    asked.pop(places.PARAMETER, None)
    return page(
        request, "portal/kiosk_procedures.html", _frame(found) | {"listed": lists.listed(asked, found)}
    )


@same_for_all
def kiosk_procedure(request: HttpRequest, unit: str, code: str) -> HttpResponseBase:
    """One procedure in large letters, and the QR code with which a telephone takes it along."""
    found = places.public_unit(unit)
    told = publication.told(code, None, found)
    code = told.version.procedure.code
    query = f"?{places.PARAMETER}={found.code}"
    return page(
        request,
        "portal/kiosk_procedure.html",
        _frame(found) | {"told": told, "qr": _qr("procedure_public", code, query=query)},
    )


@login_not_required
@require_safe
@not_stored
def kiosk_track(request: HttpRequest, unit: str) -> HttpResponseBase:
    """As `track`, in the same words and with the same bounds for who tries codes."""
    found = places.public_unit(unit)
    address, now = client.address(request), timezone.now()
    typed = request.GET.get("code", "")
    if guessing.wait(address, now):
        return _answer(request, found, 429, refused=_("Xin chờ ít phút rồi thử lại."))
    if not typed.strip():
        return _answer(request, found, 200, form=TrackForm())
    issued = issued_form(typed)
    progress = tracking.progress(issued) if issued else None
    if progress is None:
        guessing.miss(address, now)
        words = _("Không có hồ sơ nào mang mã này. So lại từng chữ số với giấy tiếp nhận, hoặc hỏi tại quầy.")
        return _answer(request, found, 404, refused=words, form=TrackForm({"code": typed}))
    return _answer(
        request,
        found,
        200,
        progress=progress,
        left=progress.left(now),
        first_left=progress.first_left(now),
        steps=progress.steps(),
        story=story(progress.pk, progress.appointment_at),
        standing=standing(progress.pk),
    )


def _answer(request: HttpRequest, unit: Unit, status: int, **context: object) -> HttpResponseBase:
    return unlisted(render(request, "portal/kiosk_track.html", _frame(unit) | context, status=status))


def _frame(unit: Unit) -> dict[str, object]:
    return {"unit": unit, "seconds": SECONDS_LEFT_ALONE}


def _qr(name: str, *args: str, query: str = "") -> SafeString:
    """A picture of an address of ours; made of numbers only, so it is safe as it is."""
    return mark_safe(qr(f"{settings.PUBLIC_URL}{reverse(name, args=args)}{query}").decode())
