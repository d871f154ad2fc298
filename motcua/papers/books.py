"""The year's register of a unit, from its dossiers, or as it was when it was closed (R41)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone, translation

from motcua.dossiers import queries
from motcua.dossiers.choices import PUNCTUALITY
from motcua.dossiers.models import Dossier
from motcua.files import actions as files
from motcua.papers import closing
from motcua.papers.actions.heading import committee, place_of
from motcua.papers.register import RegisterData, RegisterRow, render_register_pdf, render_register_xlsx
from motcua.people.models import Unit

Make = Callable[[Unit, int], bytes]


def register_pdf(unit: Unit, year: int) -> bytes:
    """Mẫu số 06 on A4; of a closed book the very bytes of then. Raises RegisterTooLong past `register.MOST_ROWS`."""
    closed = closing.closed_book(unit.pk, year)
    if closed is not None:
        return files.read(closed.file)
    with translation.override("vi"):
        return render_register_pdf(register_data(unit, year, timezone.now()))


def register_xlsx(unit: Unit, year: int) -> bytes:
    """The book as a sheet; of a closed one as it stands now, and each row that changed since says so."""
    with translation.override("vi"):
        data = register_data(unit, year, timezone.now())
        closed = closing.closed_book(unit.pk, year)
        if closed is not None:
            changed = closing.differences(closed, data.rows)
            data = replace(
                data,
                rows=_marked(data.rows, changed.words()),
                closed_on=timezone.localdate(closed.closed_at),
                changed=len(changed),
            )
        return render_register_xlsx(data)


def _marked(rows: Sequence[RegisterRow], changed: dict[int, str]) -> list[RegisterRow]:
    return [replace(row, note=changed[row.number]) if row.number in changed else row for row in rows]


def register_data(unit: Unit, year: int, at: datetime) -> RegisterData:
    """The open book as it stands."""
    return RegisterData(
        year=year,
        superior=committee(unit.parent) if unit.parent else "",
        agency=committee(unit),
        place=place_of(unit),
        rows=register_rows(unit.pk, year),
        printed_at=at.replace(second=0, microsecond=0),
        simulated=queries.register(unit.pk, year).filter(is_simulated=True).exists(),
    )


def register_rows(unit_id: int, year: int) -> list[RegisterRow]:
    rows = (
        queries.register(unit_id, year)
        .select_related("version")
        .prefetch_related("hand_overs")
        .order_by("register_number")
    )
    return [_row(dossier) for dossier in rows.iterator(chunk_size=2000)]


def _row(dossier: Dossier) -> RegisterRow:
    taken = max(dossier.hand_overs.all(), key=lambda given: given.at, default=None)
    return RegisterRow(
        number=dossier.register_number,
        code=dossier.code,
        procedure=dossier.version.name,
        sets=dossier.sets,
        applicant=dossier.applicant_name,
        address=dossier.applicant_address,
        phone=dossier.phone,
        received_at=dossier.received_at,
        due_at=dossier.due_at,
        returned_at=dossier.returned_at,
        delivery=str(taken.get_method_display()) if taken else "",
        received_by=taken.to_name if taken else "",
        outcome=str(PUNCTUALITY[dossier.punctuality].label) if dossier.punctuality else "",
    )
