"""What a procedure's sheet for the notice board says of a unit, out of what is published (R50)."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from motcua.catalog import told
from motcua.catalog.models import Offering, ProcedureVersion
from motcua.papers.actions.heading import committee
from motcua.papers.sheet import SheetData, render_sheets
from motcua.people.models import Unit, UnitLevel
from motcua.people.opening import regular_hours
from motcua.ui.formats import vn_date


def sheet(version: ProcedureVersion, unit: Unit) -> bytes:
    """One procedure as it hangs in a unit; what was set lately is not set again. Needs a `catalog.published.whole` version."""
    return _kept(_told([version], unit), _latest([version]))


def sheets(versions: Sequence[ProcedureVersion], unit: Unit) -> bytes:
    """The same for many: one PDF with a page each, in their order."""
    return render_sheets(_told(versions, unit), _latest(versions))


@lru_cache(maxsize=64)
def _kept(said: tuple[SheetData, ...], issued: datetime) -> bytes:
    """The same words make the same paper: nothing else decides what is on it."""
    return render_sheets(said, issued)


def _latest(versions: Sequence[ProcedureVersion]) -> datetime:
    """The date in the file: when the last of them was published, so that it does not change by itself."""
    return max(version.published_at for version in versions if version.published_at)


def _told(versions: Sequence[ProcedureVersion], unit: Unit) -> tuple[SheetData, ...]:
    """Two queries."""
    counters = dict(Offering.objects.filter(unit=unit).values_list("procedure", "counter"))
    hours = tuple(regular_hours(unit, timezone.localdate()))
    return tuple(_sheet(version, unit, hours, counters.get(version.procedure_id)) for version in versions)


def _sheet(version: ProcedureVersion, unit: Unit, hours: tuple[str, ...], counter: int | None) -> SheetData:
    is_local = unit.level != UnitLevel.PROVINCE
    return SheetData(
        superior=committee(unit.parent) if unit.parent else "",
        agency=committee(unit),
        name=version.name,
        code=version.procedure.code,
        field=version.field.name,
        url=_url(version, unit if is_local else None),
        audience=version.audience,
        papers=tuple(
            (paper.name, "" if paper.is_note else told.paper_note(paper)) for paper in version.papers.all()
        ),
        steps=tuple(told.lines(version.steps_text)),
        limit=version.limit_label if version.limit else "",
        limit_note=version.limit_note,
        fees=_fees(version),
        result=_result(version),
        online=version.get_online_level_display() if version.online_level else "",
        legal_basis=tuple(told.lines(version.legal_basis)),
        desk=_desk(unit, hours, counter) if is_local else ("Ở xã, phường, thị trấn nơi bạn ở",),
        complaints=tuple(_phone(one) for one in (unit, unit.parent) if one),
        published=_published(version),
        is_torn=told.is_cut(version),
        simulated=version.procedure.is_simulated,
    )


def _url(version: ProcedureVersion, unit: Unit | None) -> str:
    path = reverse("procedure_public", args=[version.procedure.code])
    return f"{settings.PUBLIC_URL}{path}" + (f"?don-vi={unit.code}" if unit else "")


def _fees(version: ProcedureVersion) -> tuple[str, ...]:
    if words := told.fee_state_words(version):
        return (words,) if version.fee_state else ()
    return tuple(
        _fee_line(fee.label, told.price_of(fee), [e.label for e in fee.exemptions.all()])
        for fee in version.fees.all()
    )


def _fee_line(label: str, price: str, exemptions: list[str]) -> str:
    return f"{label}: {price}" + (f". {'; '.join(exemptions)}" if exemptions else "")


def _result(version: ProcedureVersion) -> str:
    if not version.result_validity:
        return version.result_name
    return f"{version.result_name}; hiệu lực: {version.result_validity}"


def _desk(unit: Unit, hours: tuple[str, ...], counter: int | None) -> tuple[str, ...]:
    where = f"Bộ phận Tiếp nhận và Trả kết quả, {committee(unit)}"
    if counter:
        where += f", quầy số {counter}"
    at = f"Địa chỉ: {unit.address or 'chưa công bố'}. Điện thoại: {unit.phone or 'chưa công bố'}."
    return (where, at, *hours)


def _phone(unit: Unit) -> str:
    return f"{committee(unit)}: {unit.phone or 'số điện thoại chưa công bố'}"


def _published(version: ProcedureVersion) -> str:
    by = f"Quyết định {version.decision_number}" if version.decision_number else "Quyết định: chưa công bố"
    if version.decision_date:
        by += f" ngày {vn_date(version.decision_date)}"
    since: date | None = version.valid_from
    return f"{by}; phiên bản {version.number}" + (f", có hiệu lực từ {vn_date(since)}" if since else "")
