"""Every opening of a dossier is written down, and `readers` shows it to those who answer for it (R27)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Consultation, Dossier
from motcua.files import actions as files
from motcua.journal.models import Reading, Relation
from motcua.people.models import Grant, Role, Unit
from tests.cast import MONDAY, Played, played
from tests.desk.conftest import NOW, PDF, Office, read

MINUTE = timedelta(minutes=1)


def paths(dossier: Dossier, *names: str) -> list[str]:
    return [reverse(name, args=[dossier.code]) for name in names]


def noted() -> list[tuple[str, str, str]]:
    """Officer, page, and what the unit has to do with it."""
    names = {one.user.pk: one.user.username.partition(".")[0] for one in map(played, CAST)}
    rows = Reading.objects.order_by("id").values_list("officer_id", "kind", "relation")
    return [(names[officer], kind, relation) for officer, kind, relation in rows]


CAST = ("tiepnhan.phuocvinh", "tuphap.phuocvinh", "lanhdao.phuocvinh", "tiepnhan.ango", "giamsat.tinh")


def test_opening_the_page_is_written_down_with_one_insert(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    (address,) = paths(dossier, "dossier")
    counter.get(address)
    with CaptureQueriesContext(connection) as asked:
        counter.get(address)
    writes = [query["sql"] for query in asked if not query["sql"].startswith("SELECT")]
    assert [sql.split("journal_reading")[0].count("INSERT") for sql in writes] == [1]
    row = Reading.objects.get()
    assert (row.subject, row.kind, row.at) == (f"dossier:{dossier.pk}", "dossier", NOW)
    assert (row.officer_id, row.unit_id) == (office.clerk.user.pk, dossier.unit_id)
    assert row.relation == Relation.HOLDS


def test_a_paper_and_a_file_are_readings_too(office: Office, counter: Client, clock) -> None:
    dossier = office.dossier("processing")
    stored = files.store(SimpleUploadedFile("a.pdf", PDF), uploaded_by_id=office.clerk.user.pk)
    actions.attach(office.clerk.act(NOW), dossier.pk, stored)
    for address in (*paths(dossier, "receipt"), reverse("file", args=[dossier.code, stored.pk])):
        counter.get(address)
        clock.shift(10 * MINUTE)
    assert [kind for _who, kind, _relation in noted()] == ["receipt", "file"]


def test_the_same_officer_within_ten_minutes_is_one_line(office: Office, counter: Client, clock) -> None:
    one, other = office.dossier("processing"), office.dossier("processing")
    for _ in range(3):
        for dossier in (one, other):
            counter.get(*paths(dossier, "dossier"))
        office.leader.client().get(*paths(one, "dossier"))
        clock.shift(3 * MINUTE)
    assert Reading.objects.count() == 3
    clock.shift(2 * MINUTE)
    counter.get(*paths(one, "dossier"))
    assert Reading.objects.count() == 4


def test_lists_and_refusals_are_no_readings(office: Office, outsider: Played, counter: Client) -> None:
    dossier = office.dossier("processing")
    for name in ("home", "register"):
        counter.get(reverse(name))
    counter.post(reverse("find"), {"q": "Nguyễn"})
    assert outsider.client().get(*paths(dossier, "dossier")).status_code == 404
    assert counter.get(*paths(dossier, "readers")).status_code == 403
    assert not Reading.objects.exists()


def test_a_supervisor_is_written_down_as_well(office: Office, supervisor: Played) -> None:
    dossier = office.dossier("processing")
    supervisor.client().get(*paths(dossier, "readers"))
    assert noted() == [("giamsat", "readers", "watches")]
    assert Reading.objects.get().unit_id == Unit.objects.get(code="46").pk


def test_a_unit_that_neither_received_nor_holds_it_stands_out(
    office: Office, outsider: Played, leader: Played
) -> None:
    dossier = office.dossier("processing")
    asked = {"question": "?", "asked_at": MONDAY, "due_at": NOW, "from_unit": dossier.unit}
    Consultation.objects.create(dossier=dossier, number=1, to_unit=Unit.objects.get(code="20068"), **asked)
    assert outsider.client().get(*paths(dossier, "dossier")).status_code == 200
    assert Reading.objects.get().relation == Relation.TOOK_PART
    page = read(leader.client().get(*paths(dossier, "readers")))
    leaders, outsiders = page.rows
    assert "Xã A Ngo" in outsiders.text
    assert "Ngoài đơn vị thụ lý" in outsiders.text
    assert outsiders.attrs["class"] == "is-overdue"
    assert "Đang thụ lý" in leaders.text
    assert "class" not in leaders.attrs


def test_a_receiving_unit_that_no_longer_holds_it_does_not_stand_out(office: Office, counter: Client) -> None:
    dossier = office.dossier("processing")
    Dossier.objects.filter(pk=dossier.pk).update(holder_unit=Unit.objects.get(code="474"))
    counter.get(*paths(dossier, "dossier"))
    assert Reading.objects.get().relation == Relation.RECEIVED


def test_who_sits_at_a_desk_and_watches_reads_by_the_nearest_tie(office: Office, clerk: Played) -> None:
    Grant.objects.create(user=clerk.user, unit=Unit.objects.get(code="46"), role=Role.SUPERVISOR)
    both = played("tiepnhan.phuocvinh").client()
    both.get(*paths(office.dossier("processing"), "dossier"))
    assert Reading.objects.get().relation == Relation.HOLDS


def test_the_page_names_who_when_and_what_latest_first(office: Office, counter: Client, clock) -> None:
    dossier = office.dossier("processing")
    counter.get(*paths(dossier, "dossier"))
    clock.shift(MINUTE)
    client = office.leader.client()
    page = read(client.get(*paths(dossier, "readers")))
    newest, first = [row.text for row in page.rows]
    assert "Nguyễn Văn Hùng" in newest
    for words in ("Trần Thị Lan", "Phường Phước Vĩnh", "Trang hồ sơ", "10:00, 16/11/2026"):
        assert words in first
    assert paths(dossier, "readers")[0] in read(client.get(*paths(dossier, "dossier"))).links
    assert paths(dossier, "readers")[0] not in read(counter.get(*paths(dossier, "dossier"))).links


def test_pages_by_key_and_costs_the_same(office: Office, leader: Played) -> None:
    dossier, client = office.dossier("processing"), leader.client()
    (address,) = paths(dossier, "readers")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    facts = {"unit_id": dossier.unit_id, "relation": "holds", "kind": "dossier", "at": NOW}
    Reading.objects.bulk_create(
        Reading(officer_id=leader.user.pk, subject=f"dossier:{dossier.pk}", slot=n, **facts)
        for n in range(60)
    )
    with CaptureQueriesContext(connection) as many:
        page = read(client.get(address))
    assert len(few) == len(many) <= 12
    assert len(page.rows) == 50
    assert len(read(client.get(address + page.link("next"))).rows) == 11


def test_a_reading_cannot_be_changed_or_deleted(office: Office, counter: Client) -> None:
    counter.get(*paths(office.dossier("processing"), "dossier"))
    row = Reading.objects.get()
    for act in (row.delete, row.save, lambda: Reading.objects.update(officer_id=1)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT OR REPLACE INTO journal_reading SELECT * FROM journal_reading")
    assert Reading.objects.get() == row
