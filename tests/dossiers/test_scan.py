"""What came on paper is digitised; what is still to be shows as a debt (Đ.17.1, R07)."""

from dataclasses import replace

import pytest

from motcua.dossiers import actions, scans
from motcua.dossiers.actions import PaperTick, Scan
from motcua.dossiers.choices import Channel
from motcua.dossiers.errors import Incomplete, NotAllowed, Stale
from motcua.dossiers.models import Attachment, Dossier, ReceivedPaper
from motcua.dossiers.queries import disagreements
from motcua.files import actions as files
from motcua.files.models import StoredFile
from tests.cast import MONDAY, Played, received, version
from tests.dossiers.lives import HOUR, Desk, entries_of, stored, trace

LATER = MONDAY + 6 * HOUR


def copy(name: str = "quét.pdf") -> StoredFile:
    return files.keep(
        f"%PDF-1.7 {name}".encode(), name=name, content_type="application/pdf", uploaded_by_id=None
    )


def handed_in() -> tuple[PaperTick, ...]:
    """Two that are given up at the counter; the procedure's first ones are only shown."""
    listed = version().papers.filter(is_note=False, to_show=False).order_by("position")[:2]
    return tuple(PaperTick(paper.pk, paper.kind, 1) for paper in listed)


def papers(dossier: Dossier) -> list[ReceivedPaper]:
    return list(dossier.papers.order_by("requirement__position"))


def test_what_is_handed_in_on_paper_is_owed(desk: Desk) -> None:
    """R07."""
    assert stored(desk.at_processing(papers=handed_in())).unscanned == 2
    assert stored(desk.at_processing(channel=Channel.POST, papers=handed_in())).unscanned == 2


def test_what_comes_online_and_what_is_only_shown_is_not(desk: Desk) -> None:
    """R07."""
    assert stored(desk.at_processing(channel=Channel.ONLINE, papers=handed_in())).unscanned == 0
    shown = version().papers.filter(is_note=False, to_show=True)[0]
    ticks = (*handed_in(), PaperTick(shown.pk, shown.kind, 1))
    assert stored(desk.at_processing(papers=ticks)).unscanned == 2


def test_what_is_scanned_at_the_counter_at_once_is_no_debt(desk: Desk) -> None:
    """R07: in the act of reception, with the digest in its entry."""
    (first, second), file = handed_in(), copy()
    dossier = desk.at_processing(papers=(replace(first, scan=file), second))
    assert stored(dossier).unscanned == 1
    assert papers(dossier)[0].scan == file
    assert entries_of(dossier)[0].read_facts()["scans"] == [[first.requirement_id, file.sha256]]


@pytest.mark.parametrize(
    "point", ["at_reception", "at_processing", "at_approval", "at_return", "done", "returned"]
)
def test_the_debt_is_paid_whenever_somebody_has_time(desk: Desk, point: str) -> None:
    """R07: also when the citizen has the result already."""
    dossier = getattr(desk, point)(papers=handed_in())
    one, other = papers(dossier)
    file = copy()
    actions.scan(desk.clerk.act(LATER), dossier.pk, [Scan(one.pk, file), Scan(other.pk, None, "Khổ lớn")])
    assert stored(dossier).unscanned == 0
    one, other = papers(dossier)
    assert (one.scan, one.unscannable, other.scan, other.unscannable) == (file, "", None, "Khổ lớn")
    told = entries_of(dossier)[-1].read_facts()
    assert (told["unscanned"], told["scans"]) == (
        0,
        [[one.requirement_id, file.sha256], [other.requirement_id, ""]],
    )
    assert list(disagreements("19798")) == []


def test_one_of_two_leaves_one(desk: Desk) -> None:
    dossier = desk.at_processing(papers=handed_in())
    actions.scan(desk.specialist.act(LATER), dossier.pk, [Scan(papers(dossier)[0].pk, copy())])
    assert stored(dossier).unscanned == 1


def test_a_better_scan_takes_the_place_and_the_old_one_stays_with_the_dossier(desk: Desk) -> None:
    """R27: nothing that was once on record goes away."""
    dossier = desk.at_processing(papers=handed_in())
    paper, old, new = papers(dossier)[0], copy("mờ.pdf"), copy("rõ.pdf")
    for file in (old, new):
        actions.scan(desk.clerk.act(LATER), dossier.pk, [Scan(paper.pk, file)])
    assert papers(dossier)[0].scan == new
    assert [item.file for item in Attachment.objects.filter(dossier=dossier)] == [old]
    assert stored(dossier).unscanned == 1


def test_nothing_is_nothing_and_another_dossiers_paper_is_not_this_ones(desk: Desk) -> None:
    dossier, other = desk.at_processing(papers=handed_in()), desk.at_processing(papers=handed_in())
    paper = papers(dossier)[0]
    before = trace(dossier)
    for wrong in ([], [Scan(papers(other)[0].pk, copy())], [Scan(paper.pk, None, "  ")]):
        with pytest.raises(Incomplete):
            actions.scan(desk.clerk.act(LATER), dossier.pk, wrong)
    assert trace(dossier) == before


def test_of_two_who_scan_at_once_the_second_is_told(desk: Desk) -> None:
    dossier = desk.at_processing(papers=handed_in())
    paper, seen = papers(dossier)[0], dossier.revision
    actions.scan(desk.clerk.act(LATER, seen), dossier.pk, [Scan(paper.pk, copy())])
    with pytest.raises(Stale, match="số hóa"):
        actions.scan(desk.specialist.act(LATER, seen), dossier.pk, [Scan(paper.pk, copy())])


def test_the_leader_does_not_scan(desk: Desk) -> None:
    dossier = desk.at_approval(papers=handed_in())
    with pytest.raises(NotAllowed):
        actions.scan(desk.leader.act(LATER), dossier.pk, [Scan(papers(dossier)[0].pk, copy())])


def test_a_debt_struck_out_by_hand_shows(desk: Desk) -> None:
    """R27, R07."""
    Dossier.objects.filter(pk=desk.at_processing(papers=handed_in()).pk).update(unscanned=0)
    [line] = disagreements("19798")
    assert "unscanned" in line


def test_the_debt_by_officer_and_oldest_first(
    desk: Desk, outsider: Played, django_assert_num_queries
) -> None:
    """R07: by dossier, officer and unit; the outsider's commune owes its own."""
    older, newer = desk.returned(papers=handed_in()), desk.at_processing(papers=handed_in())
    received(outsider, papers=handed_in())
    assert [row.pk for row in scans.to_scan(desk.unit_id).order_by("id")] == [older.pk, newer.pk]
    with django_assert_num_queries(1):
        [debt] = scans.debts(desk.unit_id)
    assert debt == (desk.clerk.user.pk, "Trần Thị Lan", 2, 4)
    assert list(scans.to_scan(desk.unit_id, desk.leader.user.pk)) == []
    assert scans.to_scan(desk.unit_id, desk.clerk.user.pk)[0].received_by == "Trần Thị Lan"
    assert scans.how_many(desk.unit_id) == 2
