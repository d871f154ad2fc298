"""One number for all that a version says: in the journal it vouches for what was published."""

import hashlib
import json
from dataclasses import asdict

from motcua.catalog.content import Content
from motcua.files.models import StoredFile
from motcua.people.models import Field


def digest(content: Content) -> str:
    """SHA-256 of the content with its field's name and its files' own digests, so that it can be told elsewhere too."""
    papers = [asdict(paper) for paper in content.papers]
    ids = {paper[name] for paper in papers for name in ("template_id", "sample_id")}
    sums = dict(StoredFile.objects.filter(pk__in=ids - {None}).values_list("pk", "sha256")) if ids else {}
    for paper in papers:
        for name in ("template_id", "sample_id"):
            paper[name] = sums.get(paper[name])
    field = Field.objects.filter(pk=content.facts["field_id"]).values_list("name", flat=True).first()
    told = {
        "facts": dict(content.facts) | {"field_id": field},
        "papers": papers,
        "fees": [asdict(fee) for fee in content.fees],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
