"""A supplement that comes online (R14, NĐ 61/2018 Đ.17.2): file by file, then as a whole; the desk accepts it or says why not.

Guardianship is due in three working days; asked for on Tuesday 17/11/2026.
"""

from datetime import datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from motcua.catalog.models import PaperRequirement
from motcua.dossiers import actions
from motcua.dossiers.actions import watch_supplements
from motcua.dossiers.clock import aware
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Attachment, Dossier, Supplement
from motcua.files.actions import store
from motcua.files.models import StoredFile
from motcua.rules.workflow import Action, State
from tests.cast import version
from tests.dossiers.lives import HOUR, Desk, entries_of, stored
from tests.dossiers.test_supplement import DAY, TUESDAY, asked, brought, papers, whole
from tests.journal.tampering import disarm

FRIDAY_EVENING = aware(datetime(2026, 11, 20, 20))
MONDAY_AFTER = aware(datetime(2026, 11, 23, 9))


def scan(text: str = "x") -> StoredFile:
    return store(ContentFile(f"%PDF-1.4 {text}".encode(), name="giay.pdf"), uploaded_by_id=None)


def sent(desk: Desk, at: datetime = FRIDAY_EVENING) -> Dossier:
    dossier = asked(desk)
    actions.keep_upload(dossier.pk, papers(version())[0], scan())
    return actions.submit_supplement(dossier.pk, at)


def test_a_file_is_a_draft_until_all_is_sent(desk: Desk) -> None:
    dossier = asked(desk)
    moves = dossier.moves.count()
    first = actions.keep_upload(dossier.pk, papers(version())[0], scan("one")).upload
    second = actions.keep_upload(dossier.pk, papers(version())[0], scan("two")).upload
    assert first
    assert second
    assert (dossier.moves.count(), stored(dossier).revision) == (moves, dossier.revision)
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    assert default_storage.exists(second.place)


def test_sent_it_waits_for_the_desk_and_the_clock_still_stands(desk: Desk) -> None:
    dossier = sent(desk)
    now, row = stored(dossier), Supplement.objects.get(dossier=dossier)
    assert (now.state, row.submitted_at, row.answered_at) == (State.WAITING, FRIDAY_EVENING, None)
    told = entries_of(dossier)[-1]
    assert (told.kind, told.actor_id) == (f"dossier.{Action.SUBMIT_SUPPLEMENT}", None)
    assert told.read_facts()["files"][0][0] == papers(version())[0]
    assert Attachment.objects.filter(dossier=dossier).count() == 1
    whole()


def test_accepted_the_limit_counts_from_when_it_was_sent(desk: Desk) -> None:
    """R14: complete on Friday evening, looked at on Monday; the 24th is a day off: due on Thursday, not on Friday."""
    dossier = sent(desk)
    actions.resume(desk.clerk.act(MONDAY_AFTER), dossier.pk, brought())
    now = stored(dossier)
    assert (now.state, now.counted_from) == (State.PROCESSING, FRIDAY_EVENING)
    assert now.due_at == aware(datetime(2026, 11, 26, 17))
    paper = now.papers.get(requirement=papers(version())[0])
    assert paper.scan is not None
    whole()


def test_the_desk_cannot_let_it_lapse_by_not_looking(desk: Desk) -> None:
    dossier = sent(desk)
    watch_supplements(TUESDAY + 60 * DAY)
    watch_supplements(TUESDAY + 90 * DAY)
    assert stored(dossier).state == State.WAITING


def test_what_is_not_right_goes_back_with_a_reason_and_time_to_send_again(desk: Desk) -> None:
    """The same request: it does not count as a second one, and its files stay with the dossier."""
    dossier = sent(desk)
    late = TUESDAY + 29 * DAY
    with pytest.raises(Incomplete):
        actions.reject_submission(desk.clerk.act(late), dossier.pk, words=" ")
    actions.reject_submission(desk.clerk.act(late), dossier.pk, words="Ảnh mờ.")
    now, row = stored(dossier), Supplement.objects.get(dossier=dossier)
    assert (now.state, now.supplements, row.submitted_at) == (State.WAITING, 1, None)
    assert row.lapses_at == now.step_due_at
    assert row.lapses_at >= late + timedelta(days=5)
    kept = Attachment.objects.get(dossier=dossier).file
    actions.keep_upload(dossier.pk, papers(version())[0], scan("better"))
    assert StoredFile.objects.filter(pk=kept.pk).exists()
    actions.submit_supplement(dossier.pk, late + HOUR)
    actions.resume(desk.clerk.act(late + 2 * HOUR), dossier.pk, brought())
    assert stored(dossier).counted_from == late + HOUR
    whole()


def test_incomplete_or_twice_is_refused(desk: Desk) -> None:
    dossier = asked(desk)
    with pytest.raises(Incomplete, match="Còn thiếu tệp"):
        actions.submit_supplement(dossier.pk, FRIDAY_EVENING)
    with pytest.raises(NotAllowed, match="không nằm trong yêu cầu"):
        actions.keep_upload(dossier.pk, papers(version())[1], scan())
    actions.keep_upload(dossier.pk, papers(version())[0], scan())
    actions.submit_supplement(dossier.pk, FRIDAY_EVENING)
    for act in (
        lambda: actions.submit_supplement(dossier.pk, FRIDAY_EVENING),
        lambda: actions.keep_upload(dossier.pk, papers(version())[0], scan()),
    ):
        with pytest.raises(NotAllowed, match="đã được gửi"):
            act()


def test_nothing_is_taken_that_is_not_waited_for(desk: Desk) -> None:
    dossier = desk.at_processing()
    with pytest.raises(NotAllowed, match="không còn chờ bổ sung"):
        actions.keep_upload(dossier.pk, papers(version())[0], scan())
    with pytest.raises(NotAllowed, match="không còn chờ bổ sung"):
        actions.submit_supplement(dossier.pk, FRIDAY_EVENING)


def test_nothing_was_sent_so_nothing_is_rejected(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="chưa gửi gì"):
        actions.reject_submission(desk.clerk.act(FRIDAY_EVENING), asked(desk).pk, words="Mờ.")


def test_a_paper_of_which_only_the_original_counts_is_brought(desk: Desk) -> None:
    disarm("catalog_paperrequirement")
    PaperRequirement.objects.filter(pk=papers(version())[0]).update(online_allowed=False)
    with pytest.raises(NotAllowed, match="bản giấy"):
        actions.keep_upload(asked(desk).pk, papers(version())[0], scan())
