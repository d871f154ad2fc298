"""The pages of dossiers between agencies (R22-R24): what came, what is elsewhere, what is asked and answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.actions import Question
from motcua.dossiers.models import Consultation, Dossier, Leg
from motcua.people.models import Unit
from tests.cast import MONDAY, played, received
from tests.desk.conftest import NOW, Office, copies, read
from tests.dossiers.test_interlinked import INSURANCE
from tests.dossiers.test_supplement import WHY, wanted

PAGE = "/lien-thong/"


@pytest.fixture
def insurance(db) -> Client:
    return played("baohiem.hue").client()


def sent(office: Office) -> Dossier:
    dossier = received(office.clerk, INSURANCE, MONDAY)
    actions.forward(office.specialist.act(MONDAY), dossier.pk)
    return actions.approve(office.leader.act(MONDAY + timedelta(minutes=5)), dossier.pk)


def asked(office: Office, dossier: Dossier) -> None:
    question = Question(Unit.objects.get(code="474-CA").pk, "Có tiền án không?", 2)
    actions.consult(office.specialist.act(NOW), dossier.pk, question)


def test_what_was_sent_shows_on_both_sides_until_it_is_acknowledged(
    office: Office, insurance: Client
) -> None:
    """R24: sent, not yet acknowledged since …"""
    dossier = sent(office)
    elsewhere = read(office.clerk.client().get(PAGE + "?muc=noi-khac"))
    assert dossier.code in elsewhere.text
    assert "Bảo hiểm xã hội thành phố Huế" in elsewhere.text
    assert "chưa xác nhận" in elsewhere.text
    assert "Đang ở nơi khác" in read(office.clerk.client().get(reverse("home"))).text
    assert "Mới chuyển đến" in read(insurance.get(reverse("home"))).text
    arrived = read(insurance.get(PAGE))
    assert arrived.codes == [dossier.code]
    answer = insurance.post(PAGE, {"dossier": [str(dossier.pk)]}, follow=True)
    assert "Đã xác nhận 1 hồ sơ." in read(answer).text
    assert Leg.objects.get(dossier=dossier, closed_at=None).acknowledged_at == NOW
    assert "chưa xác nhận" not in read(office.clerk.client().get(PAGE + "?muc=noi-khac")).text


def test_acknowledged_a_second_ago_by_another_is_said(office: Office, insurance: Client) -> None:
    dossier = sent(office)
    insurance.post(PAGE, {"dossier": [str(dossier.pk)]})
    answer = insurance.post(PAGE, {"dossier": [str(dossier.pk), "999999999", "x"]}, follow=True)
    assert f"{dossier.code}: Hồ sơ này không chờ xác nhận." in read(answer).text
    assert "Chưa chọn hồ sơ nào" in read(insurance.post(PAGE, {}, follow=True)).text


def test_the_dossiers_page_shows_the_way(office: Office, insurance: Client) -> None:
    dossier = sent(office)
    address = reverse("dossier", args=[dossier.code])
    page = read(office.clerk.client().get(address))
    assert "Đường đi qua các cơ quan" in page.text
    assert "Hạn của đơn vị tiếp nhận" in page.text
    assert reverse("acknowledge", args=[dossier.code]) not in page.actions()
    there = read(insurance.get(address))
    assert reverse("acknowledge", args=[dossier.code]) in there.actions()
    insurance.post(reverse("acknowledge", args=[dossier.code]), {"revision": str(dossier.revision)})
    assert reverse("acknowledge", args=[dossier.code]) not in read(insurance.get(address)).actions()


def test_the_agency_finds_its_work_in_its_own_list(office: Office, insurance: Client) -> None:
    """R23: each has its own."""
    dossier = sent(office)
    assert read(insurance.get(reverse("work") + "?muc=chuyen")).codes == [dossier.code]
    assert read(office.clerk.client().get(reverse("work") + "?muc=tat-ca")).codes == []


def test_a_question_is_asked_and_answered_on_the_dossiers_page(office: Office) -> None:
    """R22."""
    dossier = office.dossier("processing")
    unit = Unit.objects.get(code="474-CA")
    facts = {
        "revision": str(dossier.revision),
        "consult-to_unit": str(unit.pk),
        "consult-working_days": "0",
        "consult-words": "Có tiền án không?",
    }
    client = office.specialist.client()
    wrong = read(client.post(reverse("consult", args=[dossier.code]), facts), 422)
    assert "Ít nhất 1 ngày." in wrong.text
    assert "Có tiền án không?" in wrong.text
    client.post(reverse("consult", args=[dossier.code]), facts | {"consult-working_days": "2"})
    assert Consultation.objects.get(dossier=dossier).to_unit == unit
    assert dossier.code in read(client.get(PAGE + "?muc=da-hoi")).text
    police = played("conganhuyen.hue").client()
    assert dossier.code in read(police.get(PAGE + "?muc=can-tra-loi")).text
    revision = Dossier.objects.get(pk=dossier.pk).revision
    reply = {"revision": str(revision), "answer-number": "1", "answer-words": ""}
    empty = read(police.post(reverse("answer", args=[dossier.code]), reply), 422)
    assert "Câu trả lời còn trống." in empty.text
    police.post(reverse("answer", args=[dossier.code]), reply | {"answer-words": "Không có."})
    assert "Không có." in read(client.get(reverse("dossier", args=[dossier.code]))).text


def test_it_can_answer_while_the_dossier_waits_for_the_citizen(office: Office) -> None:
    """R22: its own deadline runs on."""
    dossier = office.dossier("processing")
    asked(office, dossier)
    actions.ask_supplement(office.specialist.act(NOW), dossier.pk, wanted(), reason=WHY)
    police, page = played("conganhuyen.hue").client(), reverse("dossier", args=[dossier.code])
    form = read(police.get(page)).form(reverse("answer", args=[dossier.code]))
    police.post(form.action, form.filled(answer__words="Không có."))
    assert Consultation.objects.get(dossier=dossier).answer == "Không có."


def test_the_asked_agency_has_no_other_form(office: Office) -> None:
    """R27."""
    dossier = office.dossier("processing")
    asked(office, dossier)
    page = read(played("conganhuyen.hue").client().get(reverse("dossier", args=[dossier.code])))
    mine = {action for action in page.actions() if dossier.code in action}
    assert mine == {reverse("answer", args=[dossier.code])}


@pytest.mark.parametrize("tab", ["den", "noi-khac", "can-tra-loi", "da-hoi"])
def test_a_long_list_costs_as_many_queries(office: Office, insurance: Client, tab: str) -> None:
    dossier = sent(office)
    questioned = office.dossier("processing")
    asked(office, questioned)
    client = {"den": insurance, "can-tra-loi": played("conganhuyen.hue").client()}.get(
        tab, office.clerk.client()
    )
    client.get(f"{PAGE}?muc={tab}")
    with CaptureQueriesContext(connection) as few:
        assert len(read(client.get(f"{PAGE}?muc={tab}")).rows) == 1
    copies(dossier, 60)
    for row in Dossier.objects.exclude(pk__in=[dossier.pk, questioned.pk]):
        one = Leg.objects.get(dossier=dossier, closed_at=None)
        one.pk, one.dossier = None, row
        one.save()
        other = Consultation.objects.get(dossier=questioned)
        other.pk, other.dossier = None, row
        other.save()
    with CaptureQueriesContext(connection) as many:
        page = read(client.get(f"{PAGE}?muc={tab}"))
    assert len(page.rows) == 50
    assert page.link("next")
    assert len(many) == len(few)
