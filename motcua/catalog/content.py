"""What a procedure version says, apart from which version it is: what is edited, compared, exported and loaded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import prefetch_related_objects

from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.load_fees import save_fees, saved_fees
from motcua.catalog.models import PaperKind, PaperRequirement, ProcedureVersion
from motcua.rules.text import unaccent

FACTS: Mapping[str, Any] = {
    "name": "",
    "field_id": None,
    "level": "",
    "audience": "",
    "steps_text": "",
    "legal_basis": "",
    "result_name": "",
    "result_validity": "",
    "online_level": "",
    "limit_text": "",
    "limit": "",
    "limit_confirmed": False,
    "limit_note": "",
    "fee_text": "",
    "fee_state": "",
    "fee_note": "",
    "fee_decision": "",
    "supplement_pauses": False,
    "supplement_notice_days": 3,
    "is_interlinked": None,
    "source": "",
    "as_of": "",
}
"""The columns of a version that say something, and what they are where nothing is said."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the list, as models.PaperRequirement."""

    name: str
    kind: str = PaperKind.ORIGINAL.value
    number: int = 1
    to_show: bool = False
    is_note: bool = False
    online_allowed: bool = True
    template_id: int | None = None
    sample_id: int | None = None


PAPER_COLUMNS = tuple(Paper.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Content:
    """All that a version says. Fees count only where they are listed (`fee_state`)."""

    facts: Mapping[str, Any] = field(default_factory=lambda: dict(FACTS))
    papers: tuple[Paper, ...] = ()
    fees: tuple[FeeText, ...] = ()

    def saying(self, **facts: Any) -> "Content":
        """The same, but for these facts."""
        return replace(self, facts={**self.facts, **facts})


def content_of(version: ProcedureVersion) -> Content:
    """What a version says; two or three queries, none for what was read with it (`with_content`)."""
    return Content(
        {name: getattr(version, name) for name in FACTS},
        tuple(
            Paper(**{name: getattr(row, name) for name in PAPER_COLUMNS})
            for row in sorted(version.papers.all(), key=lambda row: row.position)
        ),
        saved_fees(version),
    )


def with_content(versions: Iterable[ProcedureVersion]) -> list[ProcedureVersion]:
    """Versions with papers and fees read in three queries, however many they are."""
    rows = list(versions)
    prefetch_related_objects(rows, "papers", "fees__exemptions")
    return rows


def write(version: ProcedureVersion, content: Content) -> None:
    """Make a version that is not published say this; what it said before is gone."""
    for name, value in content.facts.items():
        setattr(version, name, value)
    version.name_search = unaccent(version.name)
    is_new = version.pk is None
    version.save()
    if not is_new:
        version.papers.all().delete()
        version.fees.all().delete()
    PaperRequirement.objects.bulk_create(
        PaperRequirement(
            version=version,
            position=position,
            **{name: getattr(paper, name) for name in PAPER_COLUMNS},
        )
        for position, paper in enumerate(content.papers, start=1)
    )
    if version.fee_state == FeeState.LISTED:
        save_fees(version, content.fees)
    version._prefetched_objects_cache = {}  # type: ignore[attr-defined]  # noqa: SLF001
