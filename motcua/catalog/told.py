"""How a published version is told to citizens, the same on the page, on the sheet of the notice board and as data."""

from django.utils.translation import gettext as _

from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import Fee, PaperRequirement, ProcedureVersion

CUT = "…"
"""Where our source ends in the middle of a sentence (catalog/data/README.md)."""


def how_many(paper: PaperRequirement) -> str:
    """01 bản chính; empty where no number is published."""
    if not paper.number:
        return ""
    return _("%(n)02d %(kind)s") % {"n": paper.number, "kind": paper.get_kind_display().lower()}


def how_given(paper: PaperRequirement) -> str:
    """Handed in, or shown and taken home again."""
    return _("xuất trình") if paper.to_show else _("nộp")


def paper_note(paper: PaperRequirement) -> str:
    """01 bản chính, nộp."""
    return ", ".join(part for part in (how_many(paper), how_given(paper)) if part)


def price_of(fee: Fee) -> str:
    return fee.price_label if fee.price is not None else _("chưa công bố mức thu")


def fee_state_words(version: ProcedureVersion) -> str:
    """What is to be said of fees as a whole; empty when they are listed one by one."""
    return {
        FeeState.FREE: _("Không thu phí, lệ phí"),
        FeeState.LISTED: "",
        FeeState.UNREAD: version.fee_text,
    }.get(FeeState(version.fee_state), _("chưa công bố"))


def lines(text: str) -> list[str]:
    """A published text of one thing a line, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_cut(version: ProcedureVersion) -> bool:
    """Whether our source left out the end of a paper's name; needs prefetched papers."""
    return any(paper.name.rstrip().endswith(CUT) for paper in version.papers.all())
