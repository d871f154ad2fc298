"""The year's register of a unit, from its dossiers (R41)."""

from collections.abc import Callable

from django.utils import timezone, translation

from motcua.dossiers import queries
from motcua.dossiers.choices import PUNCTUALITY
from motcua.dossiers.models import Dossier
from motcua.papers.actions import committee, place_of
from motcua.papers.register import RegisterData, RegisterRow, render_register_pdf, render_register_xlsx
from motcua.people.models import Unit

Make = Callable[[Unit, int], bytes]


def register_pdf(unit: Unit, year: int) -> bytes:
    """Mẫu số 06 on A4. Raises RegisterTooLong past `register.MOST_ROWS`."""
    with translation.override("vi"):
        return render_register_pdf(_data(unit, year))


def register_xlsx(unit: Unit, year: int) -> bytes:
    with translation.override("vi"):
        return render_register_xlsx(_data(unit, year))


def _data(unit: Unit, year: int) -> RegisterData:
    register = queries.register(unit.pk, year).select_related("version").prefetch_related("hand_overs")
    rows = register.order_by("register_number")
    printed = [_row(dossier) for dossier in rows.iterator(chunk_size=2000)]
    return RegisterData(
        year=year,
        superior=committee(unit.parent) if unit.parent else "",
        agency=committee(unit),
        place=place_of(unit),
        rows=printed,
        printed_at=timezone.now().replace(second=0, microsecond=0),
        simulated=queries.register(unit.pk, year).filter(is_simulated=True).exists(),
    )


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
