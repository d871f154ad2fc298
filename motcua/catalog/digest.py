"""One number for all that a version says: in the journal it vouches for what was published."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from motcua.catalog.content import Content, content_of, with_content
from motcua.catalog.models import ProcedureVersion
from motcua.files.models import StoredFile
from motcua.journal.models import Entry
from motcua.people.actions import PUBLIC_CHAIN

KINDS = ("catalog.published", "catalog.limit_set", "catalog.fees_set", "catalog.loaded")
"""Entries that a version came with; each holds `digests`: version → digest."""
_FILES = ("template_id", "sample_id")


def digests(versions: Iterable[ProcedureVersion]) -> dict[str, str]:
    """SHA-256 of what each says, by its key; forms count with their own digests. Four queries, however many."""
    contents = {str(version.pk): content_of(version) for version in with_content(versions)}
    sums = _sums(contents.values())
    return {key: digest(content, sums) for key, content in contents.items()}


def digest(content: Content, sums: Mapping[int, str]) -> str:
    papers: list[dict[str, Any]] = [asdict(paper) for paper in content.papers]
    for paper in papers:
        for name in _FILES:
            paper[name] = sums.get(paper[name])
    told = {"facts": dict(content.facts), "papers": papers, "fees": [asdict(fee) for fee in content.fees]}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _sums(contents: Iterable[Content]) -> dict[int, str]:
    ids = {getattr(paper, name) for content in contents for paper in content.papers for name in _FILES}
    known = [pk for pk in ids if pk is not None]
    return dict(StoredFile.objects.filter(pk__in=known).values_list("pk", "sha256")) if known else {}


def disagreements(chain: str) -> Iterator[str]:
    """Versions that say something else than when they were published, or are gone; only the province's chain has them."""
    if chain != PUBLIC_CHAIN:
        return
    for entry in Entry.objects.filter(chain=chain, kind__in=KINDS).order_by("number").iterator():
        told: dict[str, str] = entry.read_facts().get("digests", {})
        now = digests(ProcedureVersion.objects.filter(pk__in=told))
        for key, was in told.items():
            if now.get(key) != was:
                yield f"version {key} (entry {entry.number})"
