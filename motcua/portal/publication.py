"""What is published of procedures and desks, put together for a page: the citizen's, the kiosk's and the sheet's (R50)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog import told as words
from motcua.catalog.models import (
    Change,
    ChangeKind,
    Fee,
    LifeEvent,
    Offering,
    PaperRequirement,
    Procedure,
    ProcedureVersion,
)
from motcua.catalog.published import in_force_among, published_versions, whole
from motcua.catalog.queries import current, offered
from motcua.people.models import Field, Unit
from motcua.people.opening import OpenDay, opening

DAYS_TOLD = 90
MOST_CHANGES = 8
"""How long, and how many, changes of the catalogue stand on the page."""


class Standing(StrEnum):
    """How a version stands today."""

    CURRENT = "current"
    COMING = "coming"
    REPLACED = "replaced"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a procedure is handed in: the unit, its hours from today on, and whether it takes this one in at all."""

    unit: Unit
    days: list[OpenDay]
    takes: bool = True
    not_arising: str = ""
    """Why it does not arise there, in the unit's words."""
    counter: int | None = None

    @property
    def has_ended(self) -> bool:
        """The unit exists no more: whoever comes with an old sheet or link is sent on."""
        return bool(self.unit.valid_to and self.days and self.unit.valid_to < self.days[0].day)

    @property
    def today(self) -> OpenDay | None:
        return self.days[0] if self.days else None


@dataclass(frozen=True, slots=True)
class Told:
    """One version with all that is said around it."""

    version: ProcedureVersion
    standing: Standing
    now: ProcedureVersion | None
    """The one in force; None: the procedure has none."""
    coming: ProcedureVersion | None
    """The next one, if it is published already."""
    others: list[ProcedureVersion]
    desk: Desk | None

    @property
    def over(self) -> str:
        """What stands above the name: code, field, and the level at which it is done."""
        version = self.version
        return " · ".join(filter(None, (version.procedure.code, version.field.name, version.level)))

    @property
    def papers(self) -> list[tuple[PaperRequirement, str]]:
        return [(paper, words.paper_note(paper)) for paper in self.version.papers.all()]

    @property
    def fees(self) -> list[tuple[Fee, str]]:
        return [(fee, words.price_of(fee)) for fee in self.version.fees.all()]

    @property
    def fee_words(self) -> str:
        return words.fee_state_words(self.version)

    @property
    def steps(self) -> list[str]:
        return words.lines(self.version.steps_text)

    @property
    def legal_basis(self) -> list[str]:
        return words.lines(self.version.legal_basis)

    @property
    def is_cut(self) -> bool:
        return words.is_cut(self.version)


def told(code: str, number: int | None, unit: Unit | None) -> Told:
    """A procedure's version: of this number, or the one in force, or else the last. Raises Http404."""
    versions = list(published_versions(code)) if code.isprintable() else []
    today = timezone.localdate()
    now = in_force_among(versions, today)
    wanted = next((one for one in versions if one.number == number), None) if number else now
    wanted = wanted or (versions[0] if versions and not number else None)
    if wanted is None:
        raise Http404(_("Không có thủ tục này."))
    return Told(
        version=whole(ProcedureVersion.objects.filter(pk=wanted.pk)).get(),
        standing=_standing(wanted, now, today),
        now=now,
        coming=next((one for one in reversed(versions) if one.valid_from and one.valid_from > today), None),
        others=[one for one in versions if one.pk != wanted.pk],
        desk=desk_of(unit, today, wanted.procedure_id) if unit else None,
    )


def _standing(version: ProcedureVersion, now: ProcedureVersion | None, today: date) -> Standing:
    if now is not None and version.pk == now.pk:
        return Standing.CURRENT
    if version.valid_from and version.valid_from > today:
        return Standing.COMING
    return Standing.REPLACED if now else Standing.REPEALED


def desk_of(unit: Unit, today: date, procedure_id: int | None = None) -> Desk:
    """The unit's desk, and what it says of one procedure."""
    days = opening(unit, today)
    if procedure_id is None:
        return Desk(unit, days)
    offer = Offering.objects.filter(unit=unit, procedure=procedure_id).first()
    if offer is None:
        return Desk(unit, days, takes=False)
    return Desk(unit, days, not offer.not_arising, offer.not_arising, offer.counter)


def listed(unit: Unit | None) -> QuerySet[ProcedureVersion]:
    """What a unit takes in, or the whole catalogue in force."""
    return offered(unit.pk) if unit else current()


def events(versions: QuerySet[ProcedureVersion]) -> list[LifeEvent]:
    """Life events with how many of these procedures they bring (`n`), none without any. One query."""
    counted = Count("procedures", filter=Q(procedures__in=versions.values("procedure")))
    found = LifeEvent.objects.annotate(n=counted).filter(n__gt=0)
    return list(found.order_by("position", "pk"))


@dataclass(frozen=True, slots=True)
class Group:
    """One of the desk's fields, with how many of these procedures, and the ministries' fields in it."""

    field: Field
    n: int
    fields: list[tuple[Field, int]]


def fields(versions: QuerySet[ProcedureVersion]) -> list[Group]:
    """The desk's fields that have any of these procedures. Two queries."""
    rows = versions.values("field").annotate(n=Count("pk")).order_by()
    counts = {row["field"]: row["n"] for row in rows}
    groups: dict[int, list[tuple[Field, int]]] = {}
    heads: dict[int, Field] = {}
    for field in Field.objects.filter(pk__in=counts).select_related("group").order_by("name"):
        head = field.group or field
        heads[head.pk] = head
        groups.setdefault(head.pk, []).append((field, counts[field.pk]))
    ordered = sorted(heads.values(), key=lambda head: head.name)
    return [Group(head, sum(n for _field, n in groups[head.pk]), groups[head.pk]) for head in ordered]


def in_field(versions: QuerySet[ProcedureVersion], field_id: int) -> QuerySet[ProcedureVersion]:
    return versions.filter(Q(field=field_id) | Q(field__group=field_id))


def of_event(versions: QuerySet[ProcedureVersion], event_id: int) -> QuerySet[ProcedureVersion]:
    link = Procedure.life_events.through.objects.filter(lifeevent=event_id, procedure=OuterRef("procedure"))
    return versions.filter(Exists(link))


def changes(versions: QuerySet[ProcedureVersion]) -> list[Change]:
    """What was published, replaced or repealed of these procedures lately, newest first (NĐ 61/2018 Đ.12.6). One query.

    Repealed ones too: who comes with last year's papers must hear of it.
    """
    told = (ChangeKind.PUBLISHED, ChangeKind.REPLACED, ChangeKind.REPEALED)
    lately = timezone.now() - timedelta(days=DAYS_TOLD)
    found = Change.objects.filter(kind__in=told, at__gte=lately, version__number__isnull=False)
    of_these = Q(procedure__in=versions.values("procedure")) | Q(kind=ChangeKind.REPEALED)
    return list(found.filter(of_these).select_related("procedure", "version").order_by("-pk")[:MOST_CHANGES])
