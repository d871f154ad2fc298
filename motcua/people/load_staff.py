"""`motcua load-staff` and the page `staff_import`: the accounts and roles of many units at once, from one file.

All rows are judged before anything is written; what is wrong is told by row. The same file again changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.people import appointments, authority, passwords, staff_file
from motcua.people.appointments import Account, is_same_name
from motcua.people.errors import StaffRefused
from motcua.people.models import Field, Grant, Role, Unit, UnitIdentifier, User
from motcua.people.officer import NOBODY, Officer
from motcua.people.queries import not_over
from motcua.rules.text import unaccent

MOST = {"full_name": 80, "title": 80}
_TOLD = 10
"""Mistakes that one line of the command tells."""


@dataclass(frozen=True, slots=True)
class Mistake:
    row: int
    words: str


class BadStaffFile(StaffRefused):
    """What is wrong in which rows; nothing was written."""

    def __init__(self, name: str, mistakes: Sequence[Mistake]) -> None:
        told = " ".join(f"Dòng {one.row}: {one.words}" for one in mistakes[:_TOLD])
        more = f" … và {len(mistakes) - _TOLD} dòng nữa." if len(mistakes) > _TOLD else ""
        super().__init__(f"{name}: {told}{more}")
        self.mistakes = list(mistakes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that can be: who has which role where."""

    row: int
    unit: Unit
    account: Account
    role: Role
    field_ids: frozenset[int]


@dataclass(slots=True)
class Loaded:
    """What a file did; `same`: rows that were already so."""

    accounts: int = 0
    roles: int = 0
    retitled: int = 0
    same: int = 0
    passwords: list[tuple[User, str]] = field(default_factory=list)


def load_staff(
    name: str,
    file: BinaryIO,
    officer: Officer | None,
    at: datetime,
    *,
    with_passwords: bool = False,
) -> Loaded:
    """Accounts, roles and fields as the file says; nothing is taken from anybody. `officer` None: the command line.

    New accounts have no password, unless `with_passwords`: each unit's administrator gives them out.
    Raises BadStaffFile, StaffRefused.
    """
    rows = staff_file.read(name, file)
    with transaction.atomic():
        known = _Known(rows, officer)
        wanted = known.judged(rows)
        if known.mistakes:
            raise BadStaffFile(name, sorted(known.mistakes, key=lambda one: one.row))
        return _Writing(known, officer, at, with_passwords=with_passwords).write(wanted)


class _Known:
    """What rows are held against, read at once: units, accounts, fields and roles."""

    def __init__(self, rows: Iterable[tuple[int, staff_file.Cells]], officer: Officer | None) -> None:
        self._officer = officer
        self.mistakes: list[Mistake] = []
        names = {cells["username"].lower() for _number, cells in rows}
        self.users = {user.username: user for user in User.objects.filter(username__in=names)}
        self.units = {unit.code: unit for unit in Unit.objects.filter(valid_to=None)}
        for unit_id, identifier in UnitIdentifier.objects.values_list("unit__code", "identifier"):
            if unit_id in self.units:
                self.units[identifier] = self.units[unit_id]
        self._fields = {unaccent(one.name): one.pk for one in Field.objects.filter(group=None)}
        self._field_names = ", ".join(sorted(Field.objects.filter(group=None).values_list("name", flat=True)))
        self._roles = {unaccent(str(role.label)): role for role in Role} | {role.value: role for role in Role}
        self._seen: dict[tuple[str, str, str], int] = {}
        self._names: dict[str, tuple[str, int]] = {}

    def judged(self, rows: Iterable[tuple[int, staff_file.Cells]]) -> list[Wanted]:
        return [wanted for number, cells in rows if (wanted := self._judge(number, cells)) is not None]

    def _judge(self, row: int, cells: staff_file.Cells) -> Wanted | None:
        before = len(self.mistakes)
        unit = self.units.get(cells["unit"]) or self.units.get(cells["unit"].upper())
        if unit is None:
            self._wrong(row, _("không có đơn vị mang mã “%(code)s”.") % {"code": cells["unit"]})
        username = cells["username"].lower()
        self._judge_person(row, username, cells)
        role = self._roles.get(unaccent(cells["role"]))
        if role is None:
            known = ", ".join(str(one.label) for one in Role)
            self._wrong(
                row, _("vai trò “%(role)s” phải là: %(known)s.") % {"role": cells["role"], "known": known}
            )
        elif unit is not None and self._officer is not None:
            user = self.users.get(username)
            try:
                authority.check_grants(self._officer, role, unit, user.pk if user else None)
            except StaffRefused as refusal:
                self._wrong(row, str(refusal))
        fields = self._judge_fields(row, role, cells["fields"])
        if unit is not None and role is not None:
            key = (unit.code, username, role.value)
            if key in self._seen:
                self._wrong(row, _("trùng với dòng %(n)d.") % {"n": self._seen[key]})
            self._seen.setdefault(key, row)
        if len(self.mistakes) > before or unit is None or role is None:
            return None
        return Wanted(row, unit, Account(username, cells["full_name"], cells["title"]), role, fields)

    def _judge_person(self, row: int, username: str, cells: staff_file.Cells) -> None:
        if wrong := appointments.wrong_username(username):
            self._wrong(row, wrong)
        if not cells["full_name"]:
            self._wrong(row, _("thiếu họ và tên."))
        for column, most in MOST.items():
            if len(cells[column]) > most:
                name = staff_file.HEADINGS[column]
                self._wrong(row, _("%(column)s dài hơn %(n)d chữ.") % {"column": name, "n": most})
        user = self.users.get(username)
        if user is not None and not is_same_name(user.full_name, cells["full_name"]):
            self._wrong(row, _("tên đăng nhập “%(name)s” đã là của một người tên khác.") % {"name": username})
        if user is not None and self._may_not_retitle(user, cells["title"]):
            self._wrong(row, _("chức danh của “%(name)s” do quản trị cấp trên sửa.") % {"name": username})
        if user is not None and not user.is_active:
            self._wrong(row, _("tài khoản “%(name)s” đã đóng; mở lại trước.") % {"name": username})
        name, first = self._names.setdefault(username, (cells["full_name"], row))
        if not is_same_name(name, cells["full_name"]):
            self._wrong(row, _("khác họ tên ở dòng %(n)d của cùng tên đăng nhập.") % {"n": first})

    def _may_not_retitle(self, user: User, title: str) -> bool:
        other = bool(title) and user.title != title
        return other and self._officer is not None and not authority.may_keep(self._officer, user.pk)

    def _judge_fields(self, row: int, role: Role | None, text: str) -> frozenset[int]:
        found = set()
        for part in text.replace("|", ";").replace(",", ";").split(";"):
            if not part.strip():
                continue
            pk = self._fields.get(unaccent(part))
            if pk is None:
                words = {"field": part.strip(), "known": self._field_names}
                self._wrong(row, _("lĩnh vực “%(field)s” phải là: %(known)s.") % words)
            else:
                found.add(pk)
        if role is Role.SPECIALIST and not text.strip(" ;|,"):
            self._wrong(
                row, _("công chức chuyên môn cần lĩnh vực: %(known)s.") % {"known": self._field_names}
            )
        if role is not None and role is not Role.SPECIALIST and found:
            self._wrong(row, _("chỉ công chức chuyên môn mới có lĩnh vực."))
        return frozenset(found)

    def _wrong(self, row: int, words: str) -> None:
        self.mistakes.append(Mistake(row, words))


class _Writing:
    """Rows that were judged become accounts and roles."""

    def __init__(self, known: _Known, officer: Officer | None, at: datetime, *, with_passwords: bool) -> None:
        self._users, self._officer, self._at = known.users, officer, at
        self._with_passwords = with_passwords
        self.loaded = Loaded()

    def write(self, wanted: Sequence[Wanted]) -> Loaded:
        grants = self._grants(wanted)
        # Chains are locked in the order of their codes: two files at once never wait for each other in a circle.
        for one in sorted(wanted, key=lambda one: (one.unit.code, one.row)):
            user = self._user(one)
            grant = grants.get((user.pk, one.unit.pk, one.role.value))
            has = {each.pk for each in grant.fields.all()} if grant else set()
            if grant is not None and one.field_ids <= has:
                self.loaded.same += 1
                continue
            self._grant(one, user, grant)
            self.loaded.roles += 1
        return self.loaded

    def _grants(self, wanted: Sequence[Wanted]) -> dict[tuple[int, int, str], Grant]:
        users = [user.pk for one in wanted if (user := self._users.get(one.account.username))]
        rows = Grant.objects.filter(not_over(timezone.localdate(self._at)), user__in=users)
        return {(row.user_id, row.unit_id, row.role): row for row in rows.prefetch_related("fields")}

    def _user(self, one: Wanted) -> User:
        user = self._users.get(one.account.username)
        if user is None:
            user = appointments.open_account(self._by, one.unit, one.account, self._at)
            self._users[user.username] = user
            self.loaded.accounts += 1
            if self._with_passwords:
                self.loaded.passwords.append((user, passwords.set_temporary(user)))
        elif one.account.title and user.title != one.account.title:
            user.title = one.account.title
            user.save(update_fields=["title"])
            facts: dict[str, object] = {"changed": ["title"]}
            appointments.tell(self._by, "officer.described", one.unit, user.pk, facts, self._at)
            self.loaded.retitled += 1
        return user

    def _grant(self, one: Wanted, user: User, grant: Grant | None) -> None:
        if grant is None:
            grant = Grant.objects.create(
                user=user, unit=one.unit, role=one.role, valid_from=timezone.localdate(self._at)
            )
        grant.fields.add(*one.field_ids)
        facts = {"role": one.role, "fields": sorted(one.field_ids), "from": grant.valid_from}
        appointments.tell(self._by, "officer.granted", one.unit, user.pk, facts, self._at)

    @property
    def _by(self) -> Officer:
        return self._officer or NOBODY
