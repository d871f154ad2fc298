"""What came on paper is digitised, or said to be impossible here with a reason (NĐ 61/2018 Đ.17.1, R07)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.choices import Channel
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Attachment, Dossier, ReceivedPaper
from motcua.files.models import StoredFile
from motcua.rules.workflow import Action


@dataclass(frozen=True, slots=True)
class Scan:
    """The digital copy of one received paper, or why there can be none."""

    paper_id: int
    file: StoredFile | None = None
    unscannable: str = ""


@transaction.atomic
def scan(act: Act, dossier_id: int, scans: Sequence[Scan]) -> Dossier:
    """Put scans to the papers of a dossier, as many as there are, in one act; `unscanned` follows.

    A paper scanned before gets the new copy; the old one stays with the dossier as an attachment of this act.
    Raises Incomplete (nothing given, a paper of another dossier), NotAllowed, Stale.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.SCAN)
    papers = {paper.pk: paper for paper in dossier.papers.select_related("requirement", "scan")}
    if not scans:
        raise Incomplete(_("Chưa chọn bản quét nào, cũng chưa ghi lý do không quét được."), field="scans")
    if any(one.paper_id not in papers or not (one.file or one.unscannable.strip()) for one in scans):
        raise Incomplete(_("Có bản quét không thuộc giấy tờ nào của hồ sơ này."), field="scans")
    replaced = [papers[one.paper_id].scan for one in scans]
    for one in scans:
        _put(papers[one.paper_id], one)
    step = dossier.step
    move = write(
        act,
        dossier,
        Action.SCAN,
        from_step=step,
        to_step=step,
        words="\n".join(_told(papers[one.paper_id]) for one in scans),
        facts={"scans": [_fact(papers[one.paper_id]) for one in scans]},
        unscanned=owed(dossier.channel, list(papers.values())),
    )
    Attachment.objects.bulk_create(
        Attachment(dossier=dossier, file=old, move=move) for old in replaced if old is not None
    )
    return dossier


def _put(paper: ReceivedPaper, one: Scan) -> None:
    paper.scan = one.file
    paper.unscannable = "" if one.file else one.unscannable.strip()[:200]
    paper.save(update_fields=["scan", "unscannable"])


def _told(paper: ReceivedPaper) -> str:
    name = paper.requirement.name
    if paper.scan_id:
        return name
    return _("%(paper)s: không quét được, %(reason)s") % {"paper": name, "reason": paper.unscannable}


def _fact(paper: ReceivedPaper) -> list[int | str]:
    return [paper.requirement_id, paper.scan.sha256 if paper.scan else ""]


def owed(channel: str, papers: Sequence[ReceivedPaper]) -> int:
    """How many papers are still to be digitised: those handed in on paper, not those shown and taken home again."""
    if channel == Channel.ONLINE:
        return 0
    return sum(not (paper.scan_id or paper.unscannable or paper.requirement.to_show) for paper in papers)
