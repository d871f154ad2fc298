"""The search over the published catalogue: names, codes, fields, life events and their other words (rules.finding)."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from motcua.catalog.models import LifeEvent, Procedure, ProcedureVersion
from motcua.catalog.published import mark
from motcua.catalog.queries import current
from motcua.rules import finding
from motcua.rules.finding import spelt

LAST = 99
"""A field's name says less of a procedure than a life event's words."""


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
    plain = spelt(words)
    found = finding.ranked(index.entries, plain)
    if found:
        return Found(found, "")
    other = finding.nearest(plain, index.vocabulary)
    return Found([], other if other and finding.ranked(index.entries, other) else "")


@lru_cache(maxsize=2)
def _index(_mark: str) -> Index:
    """Kept as long as nothing is published: its key changes with what it was made from."""
    events: dict[int, list[tuple[str, int]]] = {}
    links = Procedure.life_events.through.objects.select_related("lifeevent").order_by("pk")
    places: Counter[int] = Counter()
    for link in links:
        event = link.lifeevent
        phrases = [(phrase, places[event.pk]) for phrase in _phrases(event)]
        events.setdefault(link.procedure_id, []).extend(phrases)
        places[event.pk] += 1
    versions = current().order_by("name_search", "pk")
    entries = tuple(_entry(version, events.get(version.procedure_id, [])) for version in versions)
    texts = [entry.name for entry in entries] + [phrase for entry in entries for phrase, _ in entry.others]
    return Index(entries, tuple(sorted({word for text in texts for word in text.split()})))


def _phrases(event: LifeEvent) -> list[str]:
    return [spelt(phrase) for phrase in (*event.name.split(","), *event.words.split(","))]


def _entry(version: ProcedureVersion, events: list[tuple[str, int]]) -> finding.Entry:
    fields = filter(None, (version.field, version.field.group))
    others = [(spelt(field.name), LAST) for field in fields] + events
    return finding.Entry(version.pk, spelt(version.name), version.procedure.code.lower(), tuple(others))
