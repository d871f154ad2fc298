"""Closing a year's register: by the leader, once the year is over (R41, TT 01/2018 Đ.10.2.a)."""

import secrets
from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.files import actions as files
from motcua.journal import actions as journal
from motcua.papers import books
from motcua.papers.actions.issue import in_vietnamese
from motcua.papers.bulk import together
from motcua.papers.closing import Standing, closed_book, digests, is_over, standing, whole
from motcua.papers.errors import BookRefused
from motcua.papers.models import ClosedBook
from motcua.papers.register import RegisterData, render_register_pdf, volumes
from motcua.people.models import Role, Unit
from motcua.people.officer import Officer


def close_book(officer: Officer, unit: Unit, year: int, at: datetime) -> ClosedBook:
    """Close the book of a year: its PDF is kept, its rows are digested, the journal tells of both.

    The PDF is set before the transaction begins (it takes seconds and would hold up the desk); if the book moved
    meanwhile, nothing is closed. Raises BookRefused.
    """
    _check(officer, unit, year, at)
    before = standing(unit.pk, year)
    if not before.count:
        raise BookRefused(_("Sổ năm %(year)d không có hồ sơ nào.") % {"year": year})
    data = replace(
        books.register_data(unit, year, at), closed_on=timezone.localdate(at), head=officer.full_name
    )
    pdf = in_vietnamese(lambda: _bound(data))
    try:
        return _keep(officer, unit, at, data, pdf, before)
    except IntegrityError:  # another was quicker; his is the closing
        raise BookRefused(_already(year)) from None


def _check(officer: Officer, unit: Unit, year: int, at: datetime) -> None:
    if Role.LEADER not in officer.roles_in(unit.pk):
        raise BookRefused(_("Chỉ lãnh đạo đơn vị mới khóa được sổ."))
    if not is_over(unit, year, timezone.localdate(at)):
        raise BookRefused(_("Năm %(year)d chưa hết nên chưa khóa sổ được.") % {"year": year})
    if closed_book(unit.pk, year) is not None:
        raise BookRefused(_already(year))


def _already(year: int) -> str:
    return _("Sổ năm %(year)d đã khóa rồi.") % {"year": year}


def _bound(data: RegisterData) -> bytes:
    """One PDF, of as many volumes as the form can hold; numbers run on from one to the next (Đ.10.2.c)."""
    parts = [render_register_pdf(volume) for volume in volumes(data)]
    return parts[0] if len(parts) == 1 else together(parts)


@transaction.atomic
def _keep(
    officer: Officer, unit: Unit, at: datetime, data: RegisterData, pdf: bytes, before: Standing
) -> ClosedBook:
    if standing(unit.pk, data.year) != before:
        raise BookRefused(_("Sổ vừa có thay đổi trong lúc khóa. Bấm khóa sổ lần nữa."))
    salt = secrets.token_hex(16)
    rows = digests(salt, data.rows)
    name = f"so-theo-doi-{unit.code}-{data.year}-da-khoa.pdf"
    book = ClosedBook.objects.create(
        unit=unit,
        year=data.year,
        closed_by_id=officer.user_id,
        closed_at=at,
        **asdict(before),
        salt=salt,
        rows=rows,
        sha256=whole(rows),
        file=files.keep(
            pdf, name=name, content_type="application/pdf", uploaded_by_id=officer.user_id or None
        ),
    )
    journal.record(
        chain=unit.code,
        kind="register.closed",
        subject=f"closed_book:{book.pk}",
        facts={
            "year": data.year,
            "count": book.count,
            "last_number": book.last_number,
            "sha256": book.sha256,
            "pdf": book.file.sha256,
        },
        actor_id=officer.user_id,
        at=at,
    )
    return book
