"""`inbox`: what an officer was told about dossiers (R20, R22, R26)."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.notices.models import Message
from motcua.rules.workflow import Action
from tests.cast import Played
from tests.desk.conftest import NOW, Office, read
from tests.notices.conftest import stored, told
from tests.oversight.conftest import queries

INBOX = reverse("inbox")


def proposed(office: Office, dossier: Dossier | None = None) -> Message:
    """The specialist asks the leader for a second supplement."""
    dossier = stored(dossier or office.dossier("processing"))
    (message,) = told(dossier, Action.PROPOSE_SUPPLEMENT, by=office.specialist.officer, at=NOW)
    return message


def test_the_leader_reads_what_waits_for_him(office: Office) -> None:
    message = proposed(office)
    page = read(office.leader.client().get(INBOX))
    assert page.h1 == "Tin nội bộ"
    (row,) = page.rows
    assert message.subject in row.text
    assert "chưa đọc" in row.text
    assert reverse("dossier", args=[message.dossier.code]) in page.links


def test_one_or_all_are_marked_as_read(office: Office) -> None:
    first, second, third = (proposed(office) for _ in range(3))
    browser = office.leader.client()
    assert browser.post(INBOX, {"message": str(second.pk)}).status_code == 302
    assert list(Message.objects.exclude(read_at=None)) == [second]
    assert "1 tin nội bộ chưa đọc" not in read(browser.get(reverse("home"))).text
    assert "2 tin nội bộ chưa đọc" in read(browser.get(reverse("home"))).text
    browser.post(INBOX, {"all": "1"})
    assert not Message.objects.filter(read_at=None).exists()
    page = read(browser.get(INBOX))
    assert [row.text.count("chưa đọc") for row in page.rows] == [0, 0, 0]
    assert [first.subject in page.rows[2].text, third.subject in page.rows[0].text] == [True, True]


def test_nobody_reads_or_marks_anothers(office: Office, outsider: Played) -> None:
    message = proposed(office)
    for one in (office.clerk, office.specialist, outsider):
        assert read(one.client().get(INBOX)).rows == []
        one.client().post(INBOX, {"message": str(message.pk)})
        one.client().post(INBOX, {"all": "1"})
    message.refresh_from_db()
    assert message.read_at is None


def test_what_nobody_wrote_is_left_alone(office: Office) -> None:
    proposed(office)
    for value in ("x", "", "9" * 40, "-1"):
        assert office.leader.client().post(INBOX, {"message": value}).status_code == 302
    assert Message.objects.get().read_at is None


def test_as_many_queries_for_one_as_for_many(office: Office) -> None:
    browser = office.leader.client()
    proposed(office)
    few = queries(browser, INBOX)
    for _ in range(5):
        proposed(office)
    assert queries(browser, INBOX) == few <= 9


def test_pages_by_key(office: Office) -> None:
    message = proposed(office)
    rows = []
    for number in range(60):
        row = Message.objects.get(pk=message.pk)
        row.pk, row.recipient = None, f"officer:{1000 + number}"
        row.sent_at = NOW - timedelta(days=1)
        rows.append(row)
    Message.objects.bulk_create(rows)
    browser: Client = office.leader.client()
    first = read(browser.get(INBOX))
    assert len(first.rows) == 50
    assert len(read(browser.get(INBOX + first.link("next"))).rows) == 11
