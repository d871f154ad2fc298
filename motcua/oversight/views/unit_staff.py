"""A unit's officers: who holds what, who comes, and the passwords that are still to be given out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motcua.oversight.access import officer_of
from motcua.oversight.staff_forms import AppointForm
from motcua.oversight.units import frame, keeping, reading, unit_read
from motcua.people import appointments, authority, passwords, training
from motcua.people.appointments import Account
from motcua.people.errors import StaffRefused
from motcua.people.models import Grant, Unit, User
from motcua.people.queries import not_over

FORMER = "da-nghi"
_UNUSABLE = "!"
"""With what the stored password of an account begins for which none was given yet."""


@dataclass(frozen=True, slots=True)
class Row:
    user: User
    grants: Sequence[Grant]
    is_trained: bool
    is_waiting: bool
    """No password was given out yet."""


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit_staff(request: HttpRequest, unit: str) -> HttpResponse:
    """Everybody with a role here, or who had one; and the form for somebody who comes. A unit's staff is short."""
    place, today = unit_read(officer_of(request), unit), timezone.localdate()
    form = AppointForm(
        request.POST if request.method == "POST" else None,
        roles=authority.grantable(officer_of(request), place),
        initial={"valid_from": today},
    )
    if form.is_valid() and (answer := _appointed(request, place, form)) is not None:
        return answer
    former = request.GET.get("muc", "") == FORMER
    rows = _rows(place, former=former)
    context = frame(request, place) | {
        "form": form,
        "rows": rows,
        "today": today,
        "former": former,
        "trained": sum(row.is_trained for row in rows),
        "waiting": sum(row.is_waiting for row in rows),
        "groups": [
            {"label": _("Đang làm việc"), "url": "?", "current": not former},
            {"label": _("Đã nghỉ, chuyển đi"), "url": f"?muc={FORMER}", "current": former},
        ],
    }
    return render(request, "oversight/unit_staff.html", context, status=422 if form.errors else 200)


def _rows(place: Unit, *, former: bool) -> list[Row]:
    """Three queries: roles with their officers, fields, courses."""
    today = timezone.localdate()
    grants: dict[int, list[Grant]] = {}
    users: dict[int, User] = {}
    found = Grant.objects.filter(unit=place).select_related("user").prefetch_related("fields").order_by("pk")
    here = set(found.filter(not_over(today), user__is_active=True).values_list("user", flat=True))
    for grant in found:
        if (grant.user_id in here) is former or not (
            former or grant.valid_to is None or grant.valid_to >= today
        ):
            continue
        users[grant.user_id] = grant.user
        grants.setdefault(grant.user_id, []).append(grant)
    trained = training.know_the_software(users)
    rows = [
        Row(user, grants[pk], pk in trained, user.password.startswith(_UNUSABLE))
        for pk, user in users.items()
    ]
    return sorted(rows, key=lambda row: (row.user.full_name, row.user.pk))


def _appointed(request: HttpRequest, place: Unit, form: AppointForm) -> HttpResponse | None:
    """The account's password, to be seen once, or the list again; None: refused, and the form says why."""
    facts = form.cleaned_data
    account = Account(facts["username"], facts["full_name"], facts["title"])
    try:
        user, secret = appointments.appoint(
            officer_of(request), place, account, form.appointment, timezone.now()
        )
    except StaffRefused as refusal:
        form.refused(refusal)
        return None
    if secret:
        return shown_once(request, place, [(user, secret)])
    messages.success(request, _("Đã trao vai trò cho tài khoản %(name)s.") % {"name": user.username})
    return redirect("unit_staff", place.code)


def shown_once(request: HttpRequest, place: Unit, rows: Sequence[tuple[User, str]]) -> HttpResponse:
    """Passwords on a page of their own, which nobody keeps: not in a session, not in a cookie, not on a disk."""
    return render(request, "oversight/passwords.html", {"unit": place, "rows": rows})


@keeping
@require_POST
def staff_passwords(request: HttpRequest, unit: str) -> HttpResponse:
    """A password for each of those who have none yet, and are the officer's to keep."""
    officer, place = officer_of(request), unit_read(officer_of(request), unit)
    waiting = [row.user for row in _rows(place, former=False) if row.is_waiting and row.user.is_active]
    given = [
        (user, passwords.give(officer, user.pk, place, timezone.now()))
        for user in waiting
        if authority.may_keep(officer, user.pk)
    ]
    if given:
        return shown_once(request, place, given)
    messages.info(request, _("Mọi tài khoản của đơn vị đã có mật khẩu."))
    return redirect("unit_staff", place.code)
