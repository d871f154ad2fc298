"""The catalogue as it is published to everybody: its mark, one procedure whole, and the versions before (R50)."""

import hashlib
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from motcua.catalog.models import Fee, LifeEvent, PaperRequirement, Procedure, ProcedureVersion
from motcua.catalog.queries import current


def mark(day: date | None = None) -> str:
    """A short text that changes when anything of the catalogue in force does. Three queries.

    Published versions never change, so the keys and names of those in force stand for all of them.
    """
    versions = current(day).order_by("pk").values_list("pk", "published_at", "name_search")
    events = LifeEvent.objects.order_by("pk").values_list("pk", "name", "words", "position")
    links = Procedure.life_events.through.objects.order_by("procedure_id", "lifeevent_id")
    digest = hashlib.sha256()
    for rows in (versions, events, links.values_list("procedure_id", "lifeevent_id")):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()[:16]


def whole(versions: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    """With papers and their files, fees and exemptions, in order: four queries more, however many versions."""
    papers = PaperRequirement.objects.select_related("template", "sample").order_by("position")
    fees = Fee.objects.order_by("position").prefetch_related("exemptions")
    return versions.select_related("procedure", "field__group").prefetch_related(
        Prefetch("papers", papers), Prefetch("fees", fees)
    )


def published_versions(code: str) -> QuerySet[ProcedureVersion]:
    """All that was ever published of a procedure, newest first."""
    found = ProcedureVersion.objects.filter(procedure__code__iexact=code, number__isnull=False)
    return found.order_by("-number")


def in_force_among(versions: list[ProcedureVersion], day: date | None = None) -> ProcedureVersion | None:
    """Which of a procedure's versions holds on a day, as `queries.current` says; `versions` newest first."""
    day = day or timezone.localdate()
    begun = [one for one in versions if one.valid_from is None or one.valid_from <= day]
    newest = begun[0] if begun else None
    return newest if newest and (newest.valid_to is None or newest.valid_to >= day) else None
