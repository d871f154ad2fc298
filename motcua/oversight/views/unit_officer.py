"""One officer of a unit: roles and fields, account and password, courses. Whatever changes is in the unit's journal."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import endings
from motcua.dossiers.actions import Act
from motcua.dossiers.departures import LeftBehind
from motcua.journal.errors import Refused
from motcua.oversight.access import officer_of, whole_number
from motcua.oversight.staff_forms import CourseForm, DescribeForm, EndForm, FieldsForm, GrantForm
from motcua.oversight.units import frame, reading, unit_read
from motcua.oversight.views.unit_staff import shown_once
from motcua.people import accounts, appointments, authority, passwords, training
from motcua.people.models import Grant, Role, Unit, User
from motcua.ui.fields import put

Answer = HttpResponse | None


@reading
@require_http_methods(["GET", "HEAD", "POST"])
def unit_officer(request: HttpRequest, unit: str, officer: int) -> HttpResponse:
    """An officer who has, will have or had a role in the unit; another is not there."""
    place = unit_read(officer_of(request), unit)
    user = User.objects.filter(pk=officer, grants__unit=place).distinct().first()
    if user is None:
        raise Http404
    desk = _Desk(request, place, user)
    if request.method == "POST":
        answer = desk.act()
        if answer is not None:
            return answer
    context = frame(request, place) | desk.shown()
    return render(request, "oversight/unit_officer.html", context, status=422 if desk.is_wrong else 200)


class _Desk:
    """What can be done with an officer's roles and account, and the forms for it: one is bound, the one that was sent."""

    def __init__(self, request: HttpRequest, place: Unit, user: User) -> None:
        self._request, self._place, self._user = request, place, user
        self._by, self._at = officer_of(request), timezone.now()
        self._sent = request.POST.get("act", "") if request.method == "POST" else ""
        self._grant_id = whole_number(request.POST.get("grant", ""), 0)
        self._left: list[str] = []
        today = timezone.localdate(self._at)
        self.grant = GrantForm(
            self._data("grant"), roles=authority.grantable(self._by, place), initial={"valid_from": today}
        )
        self.describe = DescribeForm(
            self._data("describe"),
            with_name=authority.is_provinces(self._by, place),
            initial={"full_name": user.full_name, "title": user.title, "phone": user.phone},
            auto_id="id_of_%s",
        )
        self.course = CourseForm(self._data("course"), auto_id="id_course_%s")
        self.end = EndForm(self._data("end"), auto_id=f"id_end{self._grant_id}_%s")
        self.fields = FieldsForm(self._data("fields"), auto_id=f"id_fields{self._grant_id}_%s")

    def _data(self, act: str) -> Any:
        return self._request.POST if self._sent == act else None

    @property
    def is_wrong(self) -> bool:
        return self._sent != "" and bool(self._wrong())

    def _wrong(self) -> list[forms.Form]:
        return [
            form for form in (self.grant, self.describe, self.course, self.end, self.fields) if form.errors
        ]

    def act(self) -> Answer:
        """Do what was sent; None: the page again, with what is wrong."""
        acts: dict[str, Callable[[], Answer]] = {
            "grant": self._granted,
            "describe": self._described,
            "course": self._learnt,
            "uncourse": self._unlearnt,
            "end": self._ended,
            "fields": self._changed,
            "password": self._secret,
            "close": self._closed,
            "reopen": self._reopened,
        }
        if self._sent not in acts:
            raise Http404
        return acts[self._sent]()

    def _tried(self, form: forms.Form, do: Callable[[], object], done: str) -> Answer:
        """With a form: its refusals come back in it."""
        if not form.is_valid():
            return None
        try:
            do()
        except LeftBehind as refusal:
            self._left = refusal.codes
            form.add_error(None, str(refusal))
        except Refused as refusal:
            refused = getattr(form, "refused", None)
            (refused or (lambda told: put(form, told)))(refusal)
        else:
            return self._again(done)
        return None

    def _pressed(self, do: Callable[[], object], done: str) -> Answer:
        """With a button alone: a refusal stands above the page."""
        try:
            do()
        except LeftBehind as refusal:
            self._left = refusal.codes
            messages.error(self._request, str(refusal))
            return None
        except Refused as refusal:
            messages.error(self._request, str(refusal))
            return self._again("")
        return self._again(done)

    def _again(self, done: str) -> HttpResponse:
        if done:
            messages.success(self._request, done)
        return redirect("unit_officer", self._place.code, self._user.pk)

    def _granted(self) -> Answer:
        def do() -> None:
            what = self.grant.appointment
            appointments.grant_role(self._by, self._user.pk, self._place, what, self._at)

        return self._tried(self.grant, do, _("Đã trao vai trò."))

    def _described(self) -> Answer:
        def do() -> None:
            facts = self.describe.cleaned_data
            appointments.describe_officer(self._by, self._user.pk, self._place, facts, self._at)

        return self._tried(self.describe, do, _("Đã lưu."))

    def _learnt(self) -> Answer:
        def do() -> None:
            training.record(self._by, self._place, self._user.pk, self.course.course, self._at)

        return self._tried(self.course, do, _("Đã ghi khóa học."))

    def _unlearnt(self) -> Answer:
        which = whole_number(self._request.POST.get("course", ""), 0)
        return self._pressed(
            lambda: training.withdraw(self._by, self._place, self._user.pk, which, self._at),
            _("Đã bỏ khóa học khỏi danh sách."),
        )

    def _ended(self) -> Answer:
        def do() -> None:
            endings.end_role(self._act, self._own(), self.end.cleaned_data["last_day"])

        return self._tried(self.end, do, _("Đã ghi ngày kết thúc của vai trò."))

    def _changed(self) -> Answer:
        def do() -> None:
            ids = frozenset(self.fields.cleaned_data["fields_of_work"])
            endings.change_fields(self._act, self._own(), ids)

        return self._tried(self.fields, do, _("Đã đổi lĩnh vực."))

    def _own(self) -> int:
        """The grant that was sent, if it is this officer's in this unit."""
        if not Grant.objects.filter(pk=self._grant_id, user=self._user, unit=self._place).exists():
            raise Http404
        return self._grant_id

    def _secret(self) -> Answer:
        def do() -> None:
            given.append(passwords.give(self._by, self._user.pk, self._place, self._at))

        given: list[str] = []
        answer = self._pressed(do, "")
        return shown_once(self._request, self._place, [(self._user, given[0])]) if given else answer

    def _reopened(self) -> Answer:
        def do() -> None:
            given.append(accounts.reopen(self._by, self._user.pk, self._at))

        given: list[str] = []
        answer = self._pressed(do, "")
        return shown_once(self._request, self._place, [(self._user, given[0])]) if given else answer

    def _closed(self) -> Answer:
        return self._pressed(
            lambda: endings.close_account(self._act, self._user.pk),
            _("Đã kết thúc mọi vai trò và đóng tài khoản."),
        )

    @property
    def _act(self) -> Act:
        return Act(self._by, self._at)

    def shown(self) -> dict[str, Any]:
        """What the page has: roles with their forms, those elsewhere by name only, courses."""
        today = timezone.localdate(self._at)
        rows = list(self._user.grants.select_related("unit").prefetch_related("fields").order_by("-pk"))
        here = [grant for grant in rows if grant.unit_id == self._place.pk]
        return {
            "officer": self._user,
            "today": today,
            "rows": [self._row(grant) for grant in here],
            "elsewhere": [g for g in rows if g.unit_id != self._place.pk and _is_running(g)],
            "grant": self.grant,
            "describe": self.describe,
            "course": self.course,
            "courses": self._user.trainings.order_by("-ends", "-pk"),
            "left_behind": self._left,
            "wrong": self._wrong(),
            "keeps": authority.may_keep(self._by, self._user.pk),
            "leads": Role.LEADER in self._by.roles_in(self._place.pk),
            "is_self": self._user.pk == self._by.user_id,
            "has_password": self._user.has_usable_password(),
        }

    def _row(self, grant: Grant) -> dict[str, Any]:
        """A role with the forms that end it or change its fields; bound where that was sent."""
        sent = grant.pk == self._grant_id
        may = authority.may_grant(self._by, grant.role, self._place) and self._user.pk != self._by.user_id
        may = may and _is_running(grant)
        end = self.end if sent and self._sent == "end" else _end_form(grant)
        fields = self.fields if sent and self._sent == "fields" else _fields_form(grant)
        return {
            "grant": grant,
            "is_over": not _is_running(grant),
            "end": end if may else None,
            "fields": fields if may and grant.role == Role.SPECIALIST else None,
            "is_open": bool(end.errors or fields.errors),
        }


def _is_running(grant: Grant) -> bool:
    return grant.valid_to is None or grant.valid_to >= timezone.localdate()


def _end_form(grant: Grant) -> EndForm:
    known = {"grant": grant.pk, "last_day": grant.valid_to or timezone.localdate()}
    return EndForm(initial=known, auto_id=f"id_end{grant.pk}_%s")


def _fields_form(grant: Grant) -> FieldsForm:
    known = {"grant": grant.pk, "fields_of_work": [field.pk for field in grant.fields.all()]}
    return FieldsForm(initial=known, auto_id=f"id_fields{grant.pk}_%s")
