"""Verification, a wrong result, a lost paper on the dossier's page (R21, R32)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, LostPaper, Verification
from motcua.files import actions as files
from motcua.results import actions as results
from motcua.results import faults
from motcua.results.actions import ResultFacts
from motcua.results.faults import Recall
from motcua.results.models import RecalledResult, Result
from motcua.rules.workflow import State
from tests.cast import Played
from tests.desk.conftest import NOW, PDF, Office, read
from tests.desk.reading import Page

SEEN = {
    "at": "16/11/2026",
    "clock": "9h30",
    "place": "12 Chi Lăng",
    "people": "Bà Thử, ông Tổ",
    "content": "Đúng như tờ khai",
}


def shown(client: Client, dossier: Dossier, query: str = "") -> Page:
    return read(client.get(reverse("dossier", args=[dossier.code]) + query))


def typed(act: str, **values: Any) -> dict[str, Any]:
    return {f"{act}-{name}": value for name, value in values.items()}


# -- verification -------------------------------------------------------------------------------
def test_a_verification_is_written_and_shown(office: Office) -> None:
    """R21."""
    dossier, client = office.dossier("processing"), office.specialist.client()
    form = shown(client, dossier).form(reverse("verify", args=[dossier.code]))
    assert client.post(form.action, form.filled(**typed("verify", **SEEN))).status_code == 302
    assert Verification.objects.get().at == NOW - timedelta(minutes=30)
    page = shown(client, dossier)
    [card] = [
        box for box in page.all("section", class_="card") if "Xác minh" in [h.text for h in box.all("h2")]
    ]
    for words in (
        "09:30, 16/11/2026",
        "12 Chi Lăng",
        "Bà Thử, ông Tổ",
        "Đúng như tờ khai",
        "Nguyễn Văn Minh",
    ):
        assert words in card.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"at": "17/11/2026"}, "at"),
        ({"at": "15/11/2026"}, "at"),
        ({"at": "16/11/0016"}, "at"),
        ({"at": ""}, "at"),
        ({"clock": "9 giờ"}, "clock"),
        ({"people": ""}, "people"),
    ],
)
def test_a_mistake_of_a_verification_stands_at_its_field(
    office: Office, wrong: dict[str, str], field: str
) -> None:
    """R21: not in the future, not before the reception."""
    dossier, client = office.dossier("processing"), office.specialist.client()
    form = shown(client, dossier).form(reverse("verify", args=[dossier.code]))
    page = read(client.post(form.action, form.filled(**typed("verify", **(SEEN | wrong)))), 422)
    assert set(page.errors) == {f"id_verify-{field}"}
    kept = page.form(form.action).values
    assert kept["verify-content"] == ["Đúng như tờ khai"]
    assert not Verification.objects.exists()


# -- a wrong result -----------------------------------------------------------------------------
def test_recalled_corrected_and_handed_over_again(office: Office, counter: Client) -> None:
    """R32."""
    dossier, leader = office.dossier("returned"), office.leader.client()
    form = shown(leader, dossier).form(reverse("recall", args=[dossier.code]))
    answer = leader.post(form.action, form.filled(recall__words="Sai tên", recall__came_back="on"))
    assert answer.status_code == 302
    page = shown(leader, dossier)
    for words in (
        "Đang sửa kết quả sai",
        "Đã thu hồi",
        "12/KQ-UBND",
        "Sai tên",
        "Người dân đã nộp lại bản sai",
    ):
        assert words in page.text
    listed = read(leader.get(reverse("approvals")))
    assert f"{reverse('dossier', args=[dossier.code])}#reissue" in listed.links
    assert "Kết quả sai, chờ cấp lại" in read(leader.get(reverse("home"))).text
    form = page.form(reverse("reissue", args=[dossier.code]))
    assert leader.post(form.action, form.filled(reissue__number="13/KQ-UBND")).status_code == 302
    assert "#hand-over" in " ".join(read(counter.get(reverse("ready"))).links)
    form = shown(counter, dossier).form(reverse("hand_over", args=[dossier.code]))
    assert counter.post(form.action, form.filled()).status_code == 302
    assert Dossier.objects.get().state == State.RETURNED
    page = shown(counter, dossier)
    assert page.text.count("Người nhận kết quả") == 2
    assert "13/KQ-UBND" in page.text


def test_the_file_of_a_recalled_result_is_read_at_the_desk_and_marked(
    office: Office, counter: Client
) -> None:
    """R32: no longer the result, still on record."""
    dossier = office.dossier("return")
    stored = files.store(SimpleUploadedFile("kq.pdf", PDF), uploaded_by_id=office.clerk.user.pk)
    results.record(office.clerk.act(NOW), dossier.pk, ResultFacts(file=stored))
    faults.recall(office.leader.act(NOW), dossier.pk, Recall("Sai"))
    page = shown(counter, dossier)
    address = reverse("file", args=[dossier.code, stored.pk])
    assert page.links.count(address) == 1
    assert "đã thu hồi, không còn giá trị" in page.text
    assert counter.get(address).status_code == 200
    assert not Result.objects.exists()


def test_nothing_is_offered_to_recall_before_there_is_a_result(office: Office) -> None:
    leader = office.leader.client()
    for stage in ("approval", "return"):
        dossier = office.dossier(stage)
        assert reverse("recall", args=[dossier.code]) not in shown(leader, dossier).actions()


def test_a_correction_keeps_its_file_while_it_is_mended(office: Office) -> None:
    dossier, leader = office.dossier("done"), office.leader.client()
    faults.recall(office.leader.act(NOW), dossier.pk, Recall("Sai"))
    form = shown(leader, dossier).form(reverse("reissue", args=[dossier.code]))
    wrong = form.filled(reissue__signed_on="20/11/2026") | {
        "reissue-upload": SimpleUploadedFile("đúng.pdf", PDF)
    }
    page = read(leader.post(form.action, wrong), 422)
    assert set(page.errors) == {"id_reissue-signed_on"}
    mended = page.form(form.action)
    assert leader.post(mended.action, mended.filled(reissue__signed_on="16/11/2026")).status_code == 302
    assert Result.objects.get().file.name == "đúng.pdf"
    assert RecalledResult.objects.count() == 1


# -- a lost paper -------------------------------------------------------------------------------
def test_a_lost_paper_is_recorded_behind_one_link(office: Office, counter: Client) -> None:
    """R32."""
    dossier = office.dossier("processing")
    address = reverse("record_loss", args=[dossier.code])
    page = shown(counter, dossier)
    assert address not in page.actions()
    [link] = [link for link in page.links if "viec=mat-giay-to" in link]
    form = read(counter.get(link.partition("#")[0])).form(address)
    who = str(office.specialist.user.pk)
    given = typed("record_loss", what="Sổ hộ khẩu", answers=who, remedy="Xin cấp lại")
    assert counter.post(form.action, form.filled(**given)).status_code == 302
    assert LostPaper.objects.get().answers == office.specialist.user
    page = shown(counter, dossier)
    for words in ("Giấy tờ bị mất", "Sổ hộ khẩu", "Nguyễn Văn Minh", "Xin cấp lại"):
        assert words in page.text


def test_who_answers_for_it_must_be_said(office: Office, counter: Client, outsider: Played) -> None:
    dossier = office.dossier("processing")
    address = reverse("record_loss", args=[dossier.code])
    for who in ("", str(outsider.user.pk), "x"):
        given = typed("record_loss", what="Sổ hộ khẩu", answers=who, remedy="Xin cấp lại")
        page = read(counter.post(address, given), 422)
        assert set(page.errors) == {"id_record_loss-answers"}
        assert page.form(address).values["record_loss-remedy"] == ["Xin cấp lại"]
    assert not LostPaper.objects.exists()


def test_faults_cost_the_page_a_fixed_number_of_queries(
    office: Office, django_assert_max_num_queries
) -> None:
    """Four kinds of things on record, one query each, however many of each."""
    dossier, client = office.dossier("processing"), office.specialist.client()
    for _ in range(3):
        actions.verify(office.specialist.act(NOW), dossier.pk, actions.Facts(NOW, "Tổ 3", "Hai bên", "Đúng"))
        loss = actions.Loss("Sổ", office.clerk.user.pk, "Cấp lại")
        actions.record_loss(office.clerk.act(NOW), dossier.pk, loss)
    with django_assert_max_num_queries(30):
        client.get(reverse("dossier", args=[dossier.code]))
