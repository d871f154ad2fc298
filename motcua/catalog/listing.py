"""The whole catalogue for who runs it: every procedure in whatever state, found by words, field and state."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.rules.text import unaccent


@dataclass(frozen=True, slots=True)
class Standing:
    """A state that a procedure can be in; one can be in several, as in force and with a draft."""

    name: str
    label: Promise
    tone: str
    rule: Q


IN_FORCE = Standing("hieu-luc", _("Đang có hiệu lực"), "ok", Q(is_current=True))
PENDING = Standing("cho", _("Chờ có hiệu lực"), "wait", Q(is_pending=True))
DRAFT = Standing("nhap", _("Có bản nháp"), "info", Q(has_draft=True))
REPEALED = Standing(
    "bai-bo", _("Hết hiệu lực"), "bad", Q(is_current=False, is_pending=False, was_published=True)
)
NO_LIMIT = Standing("thieu-thoi-han", _("Chưa có thời hạn"), "wait", Q(lacks_limit=True))
STANDINGS = (IN_FORCE, PENDING, DRAFT, REPEALED, NO_LIMIT)


def procedures(day: date) -> QuerySet[Procedure]:
    """All procedures, with what `STANDINGS` ask for."""
    own = ProcedureVersion.objects.filter(procedure=OuterRef("pk"))
    now = current(day).filter(procedure=OuterRef("pk"))
    return Procedure.objects.annotate(
        is_current=Exists(now),
        is_pending=Exists(own.filter(published_at__isnull=False, valid_from__gt=day)),
        has_draft=Exists(own.filter(published_at=None)),
        was_published=Exists(own.filter(published_at__isnull=False)),
        lacks_limit=Exists(now.filter(limit="")),
    )


def narrowed(found: QuerySet[Procedure], words: str, field_id: int | None) -> QuerySet[Procedure]:
    """Those of a field (or of those under it) whose code or name has every word, accents aside."""
    for word in unaccent(words).split():
        named = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), name_search__contains=word)
        found = found.filter(Q(code__icontains=word) | Exists(named))
    if field_id is not None:
        of_field = ProcedureVersion.objects.filter(
            Q(field=field_id) | Q(field__group=field_id), procedure=OuterRef("pk")
        )
        found = found.filter(Exists(of_field))
    return found


def counts(found: QuerySet[Procedure]) -> dict[str, int]:
    """How many stand so, by name; `""`: all."""
    columns = {f"n{place}": Count("pk", filter=each.rule) for place, each in enumerate(STANDINGS)}
    row = found.aggregate(n=Count("pk"), **columns)
    return {"": row["n"]} | {each.name: row[f"n{place}"] for place, each in enumerate(STANDINGS)}


def standings(procedure: Procedure) -> list[Standing]:
    """In which states a row of `procedures` is."""
    return [
        each
        for each in STANDINGS
        if all(getattr(procedure, name) == value for name, value in each.rule.children)  # type: ignore[misc]
    ]


def versions_of(rows: list[Procedure], day: date) -> dict[int, ProcedureVersion]:
    """The version to name each by: that of today, else the last published, else the draft; in two queries."""
    ids = [row.pk for row in rows]
    found: dict[int, ProcedureVersion] = {}
    others = ProcedureVersion.objects.filter(procedure__in=ids).select_related("field")
    for version in others.order_by("procedure", F("number").asc(nulls_first=True)):
        found[version.procedure_id] = version
    found |= {version.procedure_id: version for version in current(day).filter(procedure__in=ids)}
    return found
