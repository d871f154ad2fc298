"""The officer's own table: what waits, and the way to it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from motcua.catalog import taking_over
from motcua.desk.access import officer_of
from motcua.dossiers import apologies, queries, scans
from motcua.dossiers.choices import STEPS
from motcua.dossiers.models import Dossier
from motcua.notices import queries as notices
from motcua.notices.announced import shown_to_officers
from motcua.people import absences, counters
from motcua.people.models import Role
from motcua.people.officer import Officer
from motcua.rules.numbering import CodeMalformed, normalise_code
from motcua.rules.text import unaccent

MOST_FOUND = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Counts of the desk; who only watches goes to what is watched."""
    officer = officer_of(request)
    seat = officer.desk
    if seat is None:
        if officer.oversees is None and not officer.has(Role.UNIT_ADMIN):
            raise PermissionDenied
        return redirect("staff" if officer.oversees is None else "overview")
    now = timezone.now()
    nearest = queries.work(officer, seat.unit_id, queries.everything(), now).order_by("step_due_at", "id")
    context = {
        "now": now,
        "roles": {role.value for role in officer.roles_in(seat.unit_id)},
        "counts": queries.desk_counts(seat.unit_id, now) | queries.interlinked_counts(seat.unit_id),
        "absences": absences.of_unit(seat.unit_id, now, of=officer.user_id)
        .filter(starts__lte=now)
        .select_related("officer"),
        "me": officer.user_id,
        "stood_in_for": officer.stands_in_for(seat.unit_id),
        "letters": apologies.count_to_sign(seat.unit_id, officer.user_id, now),
        "to_scan": scans.how_many(seat.unit_id),
        "announced": shown_to_officers(seat.unit_path, now),
        "STEPS": STEPS,
        "unread": notices.unread(officer.user_id),
        "to_call": notices.calls(seat.unit_id).count() if Role.CLERK in officer.roles_in(seat.unit_id) else 0,
        "seats": counters.seats(seat.unit_id, now),
        "to_confirm": _to_confirm(officer, seat.unit_id),
        "nearest": nearest.select_related("version", "assignee")[:8],
    }
    return render(request, "desk/home.html", context)


def _to_confirm(officer: Officer, unit_id: int) -> int:
    """Changes of the catalogue that wait for the unit's administrator; asked for that officer only."""
    return taking_over.pending(unit_id).count() if Role.UNIT_ADMIN in officer.roles_in(unit_id) else 0


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """From a code, typed or read by a barcode reader, to the dossier; from words, to a short list.

    Asked by POST, because a person's name must not stand in an address, a history or a log.
    """
    words = request.POST.get("q", "").strip()
    try:
        exact = Dossier.objects.filter(
            queries.visible_to(officer_of(request)), code=normalise_code(words)
        ).first()
    except CodeMalformed:
        exact = None
    if exact is not None:
        return redirect("dossier", code=exact.code)
    seen = Dossier.objects.filter(queries.visible_to(officer_of(request)))
    found = queries.with_words(seen, words) if unaccent(words) else seen.none()
    rows = list(found.select_related("version").order_by("-received_at", "-id")[: MOST_FOUND + 1])
    context = {
        "rows": rows[:MOST_FOUND],
        "is_cut": len(rows) > MOST_FOUND,
        "search_query": words,
        "now": timezone.now(),
    }
    return render(request, "desk/find.html", context)
