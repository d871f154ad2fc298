"""A procedure of the catalogue as the province's pages load it: by its code, with its versions."""

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.content import with_content
from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.dossiers.models import Dossier


@dataclass(frozen=True, slots=True)
class Known:
    """A procedure with all its versions, the newest first; `now`: the one in force today."""

    procedure: Procedure
    versions: list[ProcedureVersion]
    draft: ProcedureVersion | None
    now: ProcedureVersion | None

    @property
    def newest(self) -> ProcedureVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def title(self) -> str:
        shown = self.now or self.newest or self.draft
        return shown.name if shown else self.procedure.code

    def numbered(self, number: int) -> ProcedureVersion:
        """404 for one that there is not."""
        found = next((version for version in self.versions if version.number == number), None)
        if found is None:
            raise Http404
        return found


def procedure_called(code: str) -> Known:
    """Four queries at most. 404 for a code that nobody has."""
    procedure = Procedure.objects.filter(code=code).first()
    if procedure is None:
        raise Http404
    rows = procedure.versions.select_related("field", "published_by", "procedure")
    versions = list(rows.order_by(F("number").desc(nulls_first=True)))
    draft = next((version for version in versions if version.is_draft), None)
    published = [version for version in versions if not version.is_draft]
    now = current().filter(procedure=procedure).values_list("pk", flat=True).first()
    return Known(procedure, published, draft, next((v for v in published if v.pk == now), None))


def draft_called(code: str) -> tuple[Known, ProcedureVersion]:
    """The same with its draft read whole; 404 where there is none."""
    known = procedure_called(code)
    if known.draft is None:
        raise Http404
    with_content([known.draft])
    return known, known.draft


def standing(version: ProcedureVersion, now: ProcedureVersion | None) -> tuple[str, str]:
    """(words, tone) of a version today, `now` being the one in force: two share the day on which one follows the other."""
    today = timezone.localdate()
    if version.is_draft:
        return _("Bản nháp"), "info"
    if version.valid_from is not None and version.valid_from > today:
        return _("Chờ có hiệu lực"), "wait"
    is_over = now is None or version.pk != now.pk
    if version.repeal_decision:
        return (_("Đã bãi bỏ"), "bad") if is_over else (_("Sắp bãi bỏ"), "wait")
    return (_("Hết hiệu lực"), "neutral") if is_over else (_("Đang có hiệu lực"), "ok")


def reach(procedure: Procedure) -> dict[str, int]:
    """How many units have it, and how many dossiers run on what is published now and keep it."""
    running = Dossier.objects.filter(version__procedure=procedure, finished_at=None)
    return {"units": procedure.offerings.count(), "running": running.count()}
