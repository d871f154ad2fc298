"""Who came, and what was said about it, never stands in the journal: a lawful erasure need not touch the chain."""

from datetime import date

from motcua.dossiers import actions
from motcua.dossiers.actions import Applicant
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal import worker
from motcua.journal.models import Entry, Reaction
from motcua.papers.models import IssuedPaper
from motcua.results import actions as results
from motcua.results.actions import Collected, ResultFacts
from motcua.rules.text import unaccent
from tests.cast import MONDAY, received
from tests.dossiers.lives import HOUR, Desk

SAID = (
    "Tôn Nữ Xuân Thảo",
    "046199777666",
    "7 kiệt 42 Phan Bội Châu",
    "0905777666",
    "xuan.thao@hue.vn",
    "Trần Văn Hộ",
    "Bà bị điếc",
    "Thiếu chữ ký của mẹ",
    "Đã gọi cho con trai",
    "giay-khai-sinh-thao",
    "889/QĐ-UBND",
    "Nguyễn Văn Ký",
    "Lê Thị Nhận",
    "046188555444",
    "Giấy chứng sinh bản chính",
)


def life(desk: Desk) -> None:
    """A dossier's whole life, in which everything is said that can be."""
    scan = files.keep(
        b"%PDF-1.7", name=f"{SAID[9]}.pdf", content_type="application/pdf", uploaded_by_id=desk.clerk.user.pk
    )
    dossier = received(
        desk.clerk, applicant=Applicant(*SAID[:5]), submitter_name=SAID[5], note=SAID[6], forward=False
    )
    specialist, leader, clerk = (who.act(MONDAY + HOUR) for who in (desk.specialist, desk.leader, desk.clerk))
    actions.forward(clerk, dossier.pk, words=SAID[7])
    actions.forward(specialist, dossier.pk, words=SAID[8])
    actions.send_back(leader, dossier.pk, words=SAID[7])
    actions.attach(specialist, dossier.pk, scan, words=SAID[8])
    actions.note(specialist, dossier.pk, words=SAID[8])
    results.record(specialist, dossier.pk, ResultFacts(scan, SAID[10], date(2026, 11, 16), SAID[11]))
    actions.forward(specialist, dossier.pk)
    results.approve(leader, dossier.pk, words=SAID[8])
    results.hand_over(clerk, dossier.pk, Collected(SAID[12], SAID[13], is_proxy=True, originals=SAID[14]))


def test_no_entry_of_a_whole_life_tells_who_or_what(desk: Desk) -> None:
    """R27."""
    life(desk)
    worker.drain()
    assert IssuedPaper.objects.count() == 2  # the receipt, and the control slip of the closed dossier
    assert StoredFile.objects.count() == 3
    entries = Entry.objects.all()
    assert {entry.kind for entry in entries} >= {"dossier.receive", "dossier.hand_over", "paper.issued"}
    told = " ".join(f"{entry.kind} {entry.subject} {entry.facts}" for entry in entries)
    assert "000.19.01.H57-261116-0001" in told
    plain = unaccent(told)
    assert [words for words in SAID if words in told or unaccent(words) in plain] == []
    assert not Reaction.objects.filter(done_at=None).exists()
