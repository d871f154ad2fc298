"""The search over the published catalogue: names, codes, fields, life events and their other words (rules.finding)."""

from dataclasses import dataclass
from functools import lru_cache

from motcua.catalog.models import LifeEvent, ProcedureVersion
from motcua.catalog.published import mark
from motcua.catalog.queries import current
from motcua.rules import finding
from motcua.rules.text import unaccent


@dataclass(frozen=True, slots=True)
class Index:
    """What can be found, and every syllable that stands in it."""

    entries: tuple[finding.Entry, ...]
    vocabulary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    versions: list[int]
    """Best first."""
    suggestion: str
    """Words spelt another way that would find something; empty when something was found."""


def find(words: str) -> Found:
    """Three queries to see that the catalogue is still the one that was indexed."""
    index = _index(mark())
    plain = unaccent(words)
    found = finding.ranked(index.entries, plain)
    if found:
        return Found(found, "")
    other = finding.nearest(plain, index.vocabulary)
    return Found([], other if other and finding.ranked(index.entries, other) else "")


@lru_cache(maxsize=2)
def _index(_mark: str) -> Index:
    """Kept as long as nothing is published: its key changes with what it was made from."""
    events: dict[int, list[str]] = {}
    for event in LifeEvent.objects.prefetch_related("procedures"):
        for procedure in event.procedures.all():
            events.setdefault(procedure.pk, []).extend(_phrases(event))
    versions = current().order_by("name_search", "pk")
    entries = tuple(_entry(version, events.get(version.procedure_id, [])) for version in versions)
    texts = (text for entry in entries for text in (entry.name, *entry.others))
    return Index(entries, tuple(sorted({word for text in texts for word in text.split()})))


def _phrases(event: LifeEvent) -> list[str]:
    return [unaccent(phrase) for phrase in (*event.name.split(","), *event.words.split(","))]


def _entry(version: ProcedureVersion, events: list[str]) -> finding.Entry:
    field = version.field
    fields = [unaccent(field.name)] + ([unaccent(field.group.name)] if field.group else [])
    return finding.Entry(
        version.pk, version.name_search, version.procedure.code.lower(), tuple(fields + events)
    )
