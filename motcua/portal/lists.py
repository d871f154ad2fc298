"""What a list of procedures shows, as its address asks: by words, by field, by life event, of one commune."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.catalog.models import LifeEvent, ProcedureVersion
from motcua.people.models import Field, Unit
from motcua.portal import finding, places, publication
from motcua.rules.numbering import CodeMalformed, normalise_code
from motcua.ui.paging import SIZE, Page, page, whole

MOST_WORDS = 100
"""Letters of what is typed that count."""
_ASKED = ("linh-vuc", "su-kien", "tat-ca")


@dataclass(frozen=True, slots=True)
class Listed:
    """The procedures that are shown, and how to go on from there."""

    words: str
    heading: str
    """The field or life event; empty: none was asked for."""
    versions: list[ProcedureVersion] | None
    """None: nothing was asked for yet."""
    page: Page[ProcedureVersion] | None
    total: int
    """How many there are altogether."""
    suggestion: str = ""
    """Words spelt another way that find something."""
    is_cut: bool = False


def listed(query: Mapping[str, str], unit: Unit | None) -> Listed:
    """A constant number of queries, however long the catalogue is."""
    everything = publication.listed(unit)
    narrowed, heading = _narrowed(query, everything)
    words = query.get("q", "").strip()[:MOST_WORDS]
    total = everything.count()
    if words:
        return _with_words(narrowed, words, heading, total)
    if not (heading or "tat-ca" in query or "after" in query or "before" in query):
        return Listed("", "", None, None, total)
    asked = {name: query[name] for name in (places.PARAMETER, *_ASKED) if name in query}
    cut = page(narrowed, query, ("name_search", "id"), kept=asked)
    return Listed("", heading, list(cut.rows), cut, total)


def dossier_code(words: str) -> str:
    """The code of a dossier typed into the search for procedures; empty for anything else."""
    try:
        return normalise_code(words)
    except CodeMalformed:
        return ""


def _with_words(versions: QuerySet[ProcedureVersion], words: str, heading: str, total: int) -> Listed:
    found = finding.find(words)
    rows = {row.pk: row for row in versions.filter(pk__in=found.versions)}
    best = [rows[pk] for pk in found.versions if pk in rows]
    return Listed(words, heading, best[:SIZE], None, total, found.suggestion, len(best) > SIZE)


def _narrowed(
    query: Mapping[str, str], versions: QuerySet[ProcedureVersion]
) -> tuple[QuerySet[ProcedureVersion], str]:
    """The list cut down to a field or a life event, and its name; what nobody knows cuts nothing."""
    field, event = whole(query.get("linh-vuc", "")), whole(query.get("su-kien", ""))
    if field and (found := Field.objects.filter(pk=field).first()):
        return publication.in_field(versions, field), found.name
    if event and (lived := LifeEvent.objects.filter(pk=event).first()):
        return publication.of_event(versions, event), lived.name
    return versions, ""
