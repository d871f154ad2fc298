"""Each paper is issued once for each thing it tells of, kept, and told in the unit's chain (R40)."""

from datetime import timedelta

import pytest

from motcua.cash import actions as cash
from motcua.cash.models import Payment
from motcua.config import wiring
from motcua.dossiers import actions as dossiers
from motcua.dossiers.choices import LateReason, Outcome
from motcua.dossiers.models import Apology, Dossier, Supplement, TurnedAway
from motcua.files import actions as files
from motcua.files.models import StoredFile
from motcua.journal import actions as journal
from motcua.journal import worker
from motcua.journal.models import Entry
from motcua.journal.queries import first_break
from motcua.papers import actions as papers
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.errors import NotYet
from motcua.papers.models import IssuedPaper, PaperForm
from tests.cash.till import pay, with_copies
from tests.cast import MONDAY, Played
from tests.dossiers.lives import HOUR, Desk
from tests.papers.conftest import supplement_of, turned_away_of
from tests.papers.reading import Printed


def words(stored: StoredFile) -> str:
    return Printed(files.read(stored)).text()


def told(stored: StoredFile) -> Entry:
    """The one entry that tells of a paper."""
    paper = IssuedPaper.objects.get(file=stored)
    (entry,) = Entry.objects.filter(kind="paper.issued", subject=f"paper:{paper.pk}")
    assert entry.chain == paper.unit.code == "19798"
    facts = entry.read_facts()
    assert facts == {
        "dossier": paper.dossier_id,
        "form": paper.form,
        "about": paper.about,
        "sha256": stored.sha256,
    }
    return entry


def apology_of(dossier: Dossier, by: Played, **facts: object) -> Apology:
    given = {
        "cause": Apology.Cause.LATE,
        "unit": dossier.unit,
        "reason": LateReason.VERIFICATION,
        "text": "Chờ công an xác nhận.",
        "drafted_at": MONDAY + HOUR,
        "sign_by": MONDAY + 2 * HOUR,
        "old_due_at": dossier.due_at,
        "new_due_at": dossier.due_at + timedelta(days=5),
        "signed_by": by.user,
        "signed_at": MONDAY + 2 * HOUR,
    }
    return Apology.objects.create(dossier=dossier, **(given | facts))


def entry_of(dossier: Dossier, kind: str) -> Entry:
    return Entry.objects.filter(subject=f"dossier:{dossier.pk}", kind=kind).latest("number")


# -- Mẫu 02 --------------------------------------------------------------------------------------
def test_a_supplement_is_issued_once_and_a_second_is_another_paper(desk: Desk) -> None:
    """R14, R40"""
    dossier = desk.at_processing()
    first = supplement_of(dossier, desk.specialist)
    stored = papers.supplement(first)
    said = words(stored)
    for needed in (f"{dossier.code}/HDHS", "Chưa ký tên", "Để xác định người giám hộ.", "DỮ LIỆU MÔ PHỎNG"):
        assert needed in said
    assert "Lần thứ" not in said
    Supplement.objects.filter(pk=first.pk).update(answered_at=MONDAY + HOUR, reason="Khác")
    assert papers.supplement(Supplement.objects.get()) == stored
    told(stored)
    second = supplement_of(
        dossier, desk.specialist, 2, permitted_by=desk.leader.user, permission="Luật mới yêu cầu."
    )
    said = words(papers.supplement(second))
    assert "(Lần thứ 2)" in said
    assert f"{dossier.code}.2/HDHS" in said
    assert "bổ sung lần 2 được Nguyễn Văn Hùng cho phép: Luật mới yêu cầu." in said
    assert IssuedPaper.objects.filter(dossier=dossier, form=PaperForm.SUPPLEMENT).count() == 2
    assert first_break("19798") is None


def test_what_is_only_proposed_gives_no_paper(desk: Desk) -> None:
    proposed = supplement_of(desk.at_processing(), desk.specialist, asked_at=None)
    with pytest.raises(NotYet):
        papers.supplement(proposed)
    assert not IssuedPaper.objects.filter(form=PaperForm.SUPPLEMENT).exists()


@pytest.mark.parametrize("kind", ["dossier.ask_supplement", "dossier.permit_supplement"])
def test_the_wiring_issues_all_that_was_asked(desk: Desk, kind: str) -> None:
    """R03: also when the reaction comes so late that a second was asked in the meantime."""
    dossier = desk.at_processing()
    supplement_of(dossier, desk.specialist, answered_at=MONDAY + HOUR)
    supplement_of(dossier, desk.specialist, 2)
    entry = Entry(kind=kind, subject=f"dossier:{dossier.pk}")
    for _ in range(2):
        wiring.make_supplements(entry)
    assert IssuedPaper.objects.filter(form=PaperForm.SUPPLEMENT).count() == 2


@pytest.mark.parametrize(
    ("kind", "form", "number"),
    [
        (TurnedAway.Kind.INCOMPLETE, PaperForm.SUPPLEMENT, "05/HDHS"),
        (TurnedAway.Kind.REFUSED, PaperForm.REFUSAL, "05/TCHS"),
    ],
)
def test_who_is_turned_away_takes_the_reason_home(
    desk: Desk, kind: TurnedAway.Kind, form: PaperForm, number: str, django_capture_on_commit_callbacks
) -> None:
    """R03: by the worker, from the entry that the desk writes; without a dossier."""
    row = turned_away_of(kind, desk.clerk, is_simulated=True)
    journal.record(
        chain=row.unit.code,
        kind="reception.turned_away",
        subject=f"turned_away:{row.pk}",
        facts={"kind": row.kind},
        actor_id=desk.clerk.user.pk,
        at=MONDAY,
    )
    assert worker.drain() == 1
    paper = IssuedPaper.objects.get()
    assert (paper.form, paper.dossier, paper.about) == (form, None, f"turned_away:{row.pk}")
    assert papers.turned_away(row) == paper.file
    told(paper.file)
    said = words(paper.file)
    for needed in (f"Số: {number}", row.reason, "Nguyễn Thị Thử", "DỮ LIỆU MÔ PHỎNG"):
        assert needed in said
    assert ("Không mang theo" in said) == (kind == TurnedAway.Kind.INCOMPLETE)
    assert "Mã hồ sơ" not in said


# -- Mẫu 03 --------------------------------------------------------------------------------------
def refused(desk: Desk) -> Dossier:
    dossier = desk.at_return()
    act = desk.clerk.act(MONDAY + 3 * HOUR)
    return dossiers.finish(act, dossier.pk, words="Không đủ điều kiện giám hộ.", outcome=Outcome.REFUSED)


def test_a_refusal_after_examination(desk: Desk) -> None:
    """R25: with its reason, the examiner to ask and the leader who decided."""
    dossier = refused(desk)
    worker.drain()
    paper = IssuedPaper.objects.get(form=PaperForm.REFUSAL)
    said = words(paper.file)
    for needed in (
        f"Số: {dossier.code}/TCHS",
        "không giải quyết hồ sơ này",
        "Không đủ điều kiện giám hộ.",
        "liên hệ với Nguyễn Văn Minh",
        "Người quyết định: Nguyễn Văn Hùng",
    ):
        assert needed in said
    wiring.make_refusal(entry_of(dossier, "dossier.finish"))
    assert IssuedPaper.objects.get(form=PaperForm.REFUSAL) == paper
    told(paper.file)


def test_a_dossier_that_was_granted_has_no_refusal(desk: Desk) -> None:
    dossier = desk.done()
    wiring.make_refusal(entry_of(dossier, "dossier.finish"))
    with pytest.raises(NotYet):
        papers.refusal(dossier)
    assert not IssuedPaper.objects.filter(form=PaperForm.REFUSAL).exists()


# -- Mẫu 04 --------------------------------------------------------------------------------------
def test_an_apology_when_it_is_signed_and_one_for_each_fault(desk: Desk) -> None:
    """R26, R32"""
    dossier = desk.at_processing()
    draft = apology_of(dossier, desk.leader, signed_at=None, signed_by=None)
    entry = Entry(kind="dossier.reappoint", subject=f"dossier:{dossier.pk}")
    wiring.make_apologies(entry)
    with pytest.raises(NotYet):
        papers.apology(draft)
    assert not IssuedPaper.objects.filter(form=PaperForm.APOLOGY).exists()
    Apology.objects.update(signed_at=MONDAY + 2 * HOUR, signed_by=desk.leader.user)
    lost = {"cause": Apology.Cause.LOST_PAPER, "new_due_at": None, "text": "Thất lạc khi chuyển phòng."}
    apology_of(dossier, desk.leader, signed_at=MONDAY + 3 * HOUR, **lost)
    for _ in range(2):
        wiring.make_apologies(entry)
    late, other = IssuedPaper.objects.filter(form=PaperForm.APOLOGY).order_by("pk")
    said = words(late.file)
    for needed in (
        "Phải xác minh, thẩm tra thêm. Chờ công an xác nhận.",
        "17 giờ 00 phút, ngày 19/11/2026",
        "hẹn trả kết quả vào: 17 giờ 00 phút, ngày 24/11/2026",
        "Nguyễn Văn Hùng",
        f"{dossier.code}/PXL",
    ):
        assert needed in said
    said = words(other.file)
    assert "làm mất, thất lạc hoặc hư hỏng giấy tờ" in said
    assert "Số lượng hồ sơ nhiều" not in said
    assert "HẸN LẠI" not in said
    assert f"{dossier.code}.2/PXL" in said
    for paper in (late, other):
        told(paper.file)


def test_an_apology_for_a_result_that_is_there_already_names_no_date(desk: Desk) -> None:
    """R26"""
    dossier = desk.done()
    signed = apology_of(dossier, desk.leader, new_due_at=None, signed_at=MONDAY + 5 * HOUR)
    said = words(papers.apology(signed))
    assert "đã có nhưng chậm" in said
    assert "hẹn trả kết quả vào" not in said


# -- the receipt and the fee ----------------------------------------------------------------------
def test_a_receipt_shows_the_date_of_the_stage_at_the_commune(desk: Desk) -> None:
    """R24"""
    dossier = desk.at_processing()
    dossier.local_due_at = MONDAY + 26 * HOUR
    said = words(papers.receipt(dossier))
    assert "Giai đoạn tại UBND phường Phước Vĩnh xong trước: 11 giờ 00 phút, ngày 17/11/2026" in said


def test_after_a_supplement_the_new_date_is_on_a_new_receipt(desk: Desk) -> None:
    """R14: the first stays as it was; the last is the one in force."""
    dossier = desk.at_processing()
    first = papers.receipt(dossier)
    asked = supplement_of(dossier, desk.specialist)
    with pytest.raises(NotYet):
        papers.receipt_again(asked)
    wiring.make_receipt_again(Entry(subject=f"dossier:{dossier.pk}"))
    assert papers.receipt_in_force(dossier) == first
    back, due = MONDAY + timedelta(days=3), MONDAY + timedelta(days=8)
    Supplement.objects.filter(pk=asked.pk).update(answered_at=back)
    Dossier.objects.filter(pk=dossier.pk).update(due_at=due)
    for _ in range(2):
        wiring.make_receipt_again(Entry(subject=f"dossier:{dossier.pk}"))
    again = papers.receipt_in_force(dossier)
    assert again != first == papers.receipt(dossier)
    said = words(again)
    assert "(Sau khi bổ sung hồ sơ; thay giấy hẹn ngày 16/11/2026)" in said
    assert "4. Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 19/11/2026" in said
    assert "kết quả giải quyết hồ sơ: 09 giờ 00 phút, ngày 24/11/2026" in said
    assert IssuedPaper.objects.filter(form=PaperForm.RECEIPT).count() == 2
    told(again)


def test_each_payment_has_one_receipt(desk: Desk) -> None:
    """R33: to the byte the same, a voided one too; the amount in words; none for an exemption."""
    payment = pay(desk, with_copies(desk))
    first = papers.fee(payment)
    assert "Bốn nghìn đồng" in words(first)
    assert payment.receipt in words(first)
    cash.void(desk.clerk.act(MONDAY + timedelta(hours=2)), payment.pk, reason="Thu nhầm.")
    assert papers.fee(Payment.objects.get(pk=payment.pk)) == first
    again = pay(desk, payment.dossier, at=MONDAY + timedelta(hours=3))
    assert papers.fee(again) != first
    told(first)
    with pytest.raises(ValueError, match="exemption"):
        papers.fee(Payment(number=None))


def test_papers_are_in_vietnamese_whatever_the_page_speaks(desk: Desk, settings) -> None:
    settings.LANGUAGE_CODE = "en"
    signed = apology_of(desk.at_processing(), desk.leader)
    assert "Phải xác minh" in words(papers.apology(signed))


def test_of_two_who_issue_at_once_one_is_the_paper(desk: Desk) -> None:
    """R40: the other finds it, and leaves nothing behind."""
    dossier = desk.at_processing()
    quicker: list[StoredFile] = []

    def draw_slowly() -> bytes:
        quicker.append(papers.receipt(dossier))
        return b"%PDF-1.7 the slower one"

    assert issued(PaperForm.RECEIPT, of_dossier(dossier), draw_slowly) == quicker[0]
    assert IssuedPaper.objects.count() == StoredFile.objects.count() == 1
    assert Entry.objects.filter(kind="paper.issued").count() == 1
