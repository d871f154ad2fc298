"""The acts on a dossier's page: done and said, or refused in place with all that was typed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.people.models import Grant, Role
from motcua.results.models import HandOver, Result
from motcua.rules.workflow import State, StepKind
from tests.cast import Played
from tests.desk.conftest import NOW, PDF, Office, read
from tests.desk.reading import Form, Page, Values

WHO = {
    "forward": ("specialist", "processing"),
    "send_back": ("leader", "approval"),
    "approve": ("leader", "approval"),
    "note": ("clerk", "processing"),
    "attach": ("clerk", "processing"),
    "result": ("clerk", "return"),
    "hand_over": ("clerk", "done"),
}
"""Each act with somebody who may do it, and when."""
FILLED: dict[str, dict[str, str]] = {
    "forward": {"words": "Đủ điều kiện"},
    "send_back": {"words": "Thiếu chữ ký"},
    "approve": {"words": "Đồng ý"},
    "note": {"words": "Đã gọi điện"},
    "attach": {"words": "Bản quét"},
    "result": {"number": "15/KQ-UBND", "signed_on": "16/11/2026", "signer": "Nguyễn Văn Hùng"},
    "hand_over": {"to_name": "Trần Văn Nhận", "to_id_number": "046199000111", "originals": "1 sổ hộ khẩu"},
}
AFTER = {
    "forward": (State.PROCESSING, StepKind.APPROVAL),
    "send_back": (State.PROCESSING, StepKind.PROCESSING),
    "approve": (State.PROCESSING, StepKind.RETURN),
    "note": (State.PROCESSING, StepKind.PROCESSING),
    "attach": (State.PROCESSING, StepKind.PROCESSING),
    "result": (State.DONE, StepKind.RETURN),
    "hand_over": (State.RETURNED, ""),
}


def upload(name: str = "bản quét.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def client_of(office: Office, act: str) -> Client:
    return getattr(office, WHO[act][0]).client()


def form_of(page: Page, dossier: Dossier, act: str) -> Form:
    return page.form(reverse(act, args=[dossier.code]))


def opened(client: Client, dossier: Dossier, act: str) -> Form:
    return form_of(read(client.get(reverse("dossier", args=[dossier.code]))), dossier, act)


def named(act: str, **typed: Any) -> dict[str, Any]:
    return {f"{act}-{name}": value for name, value in typed.items()}


def sent(client: Client, form: Form, file: SimpleUploadedFile | None = None, **typed: Any) -> HttpResponse:
    data: dict[str, Any] = dict(form.filled(**typed))
    if file is not None:
        data[next(name for name in data if name.endswith("-kept")).replace("kept", "upload")] = file
    return client.post(form.action, data)


def where(dossier: Dossier) -> tuple[str, str]:
    return Dossier.objects.values_list("state", "step_kind").get(pk=dossier.pk)


def kept(page: Page, dossier: Dossier, act: str) -> Values:
    return form_of(page, dossier, act).values


def test_a_form_says_what_may_stay_empty(office: Office, counter: Client) -> None:
    dossier = office.dossier("done")
    page = read(counter.get(reverse("dossier", args=[dossier.code])))
    labels = {label.attrs.get("for", ""): label.text for label in page.all("label")}
    free = {name for name, words in labels.items() if "không bắt buộc" in words}
    assert free == {"id_hand_over-to_id_number", "id_hand_over-originals", "id_attach-words"}


# -- done ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", WHO)
def test_done_and_said(office: Office, act: str) -> None:
    dossier, client = office.dossier(WHO[act][1]), client_of(office, act)
    form = opened(client, dossier, act)
    answer = sent(client, form, upload() if act == "attach" else None, **named(act, **FILLED[act]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("dossier", args=[dossier.code]))
    assert where(dossier) == AFTER[act]
    page = read(client.get(answer["Location"]))
    assert page.all("div", class_="notice-ok")
    for value in FILLED[act].values():
        assert value in page.text or act == "hand_over", value


def test_handed_over_to_whom(office: Office, counter: Client) -> None:
    """R31: to whom, by which paper, which originals went back; the applicant's name is offered."""
    dossier = office.dossier("done", submitter_name="Lê Văn Thay")
    form = opened(counter, dossier, "hand_over")
    assert form.values["hand_over-to_name"] == ["Lê Văn Thay"]
    assert form.values["hand_over-method"] == ["desk"]
    sent(counter, form, **named("hand_over", **FILLED["hand_over"], is_proxy="on", method="post"))
    given = HandOver.objects.get(dossier=dossier)
    assert (given.to_name, given.to_id_number, given.is_proxy) == ("Trần Văn Nhận", "046199000111", True)
    assert (given.method, given.originals) == ("post", "1 sổ hộ khẩu")


def test_taken_by_one_of_several(office: Office, other_specialist: Played) -> None:
    grant = Grant.objects.get(user=office.specialist.user, role=Role.SPECIALIST)
    Grant.objects.get(user=other_specialist.user, role=Role.SPECIALIST).fields.add(*grant.fields.all())
    dossier, client = office.dossier("processing"), office.specialist.client()
    form = opened(client, dossier, "take")
    assert sent(client, form).status_code == 302
    assert Dossier.objects.get().assignee == office.specialist.user
    late = other_specialist.client()
    page = read(sent(late, form), 422)  # the same page, opened before
    assert "Nguyễn Văn Minh" in page.summary[0]


def test_a_draft_is_kept_while_the_dossier_stays(office: Office) -> None:
    dossier, client = office.dossier("processing"), office.specialist.client()
    sent(client, opened(client, dossier, "result"), upload("dự thảo.pdf"), **named("result", number="9/KQ"))
    assert where(dossier) == (State.PROCESSING, StepKind.PROCESSING)
    result = Result.objects.get(dossier=dossier)
    assert (result.number, result.file.name, result.issued_at) == ("9/KQ", "dự thảo.pdf", None)


# -- refused ------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", WHO)
def test_somebody_was_quicker(office: Office, act: str) -> None:
    """What the page had shown is no longer so: said with name and act, all words kept, and it can be sent again."""
    dossier, client = office.dossier(WHO[act][1]), client_of(office, act)
    form = opened(client, dossier, act)
    actions.note(office.specialist.act(NOW), dossier.pk, words="Khoan đã")
    typed = named(act, **FILLED[act])
    answer = sent(client, form, upload() if act == "attach" else None, **typed)
    page = read(answer, 422)
    assert len(page.summary) == 1
    assert "Nguyễn Văn Minh – ghi chú lúc 10:00, 16/11/2026" in page.summary[0]
    assert where(dossier) == ({"done": State.DONE}.get(WHO[act][1], State.PROCESSING), dossier.step_kind)
    again = form_of(page, dossier, act)
    for name, value in typed.items():
        assert again.values[name] == [value]
    assert sent(client, again).status_code == 302
    assert where(dossier) == AFTER[act]


@pytest.mark.parametrize(
    ("act", "wrong", "field"),
    [
        ("send_back", {"words": "  "}, "send_back-words"),
        ("note", {"words": ""}, "note-words"),
        ("attach", {}, "attach-upload"),
        ("result", {"number": "", "signer": "Ai đó"}, "result-number"),
        ("result", {"number": "1", "signed_on": "31/02/2026", "signer": "Ai đó"}, "result-signed_on"),
        ("hand_over", {"to_name": "", "originals": "1 sổ"}, "hand_over-to_name"),
        ("hand_over", {"to_name": "x" * 121}, "hand_over-to_name"),
    ],
)
def test_a_mistake_stands_at_its_field(office: Office, act: str, wrong: dict[str, str], field: str) -> None:
    dossier, client = office.dossier(WHO[act][1]), client_of(office, act)
    page = read(sent(client, opened(client, dossier, act), **named(act, **wrong)), 422)
    assert set(page.errors) == {f"id_{field}"}
    assert len(page.summary) == 1
    for name, value in named(act, **wrong).items():
        assert kept(page, dossier, act)[name] == [value]
    assert Dossier.objects.get(pk=dossier.pk).revision == dossier.revision


@pytest.mark.parametrize("act", WHO)
def test_not_possible_now_says_so_and_gives_the_words_back(office: Office, act: str) -> None:
    """The form is gone from the page, because the act is; what was typed is shown, to be copied."""
    stage = {"attach": "returned", "note": "returned"}.get(act, "reception")
    dossier, client = office.dossier(stage), client_of(office, act)
    form = opened(client, office.dossier(WHO[act][1]), act)
    data: dict[str, Any] = dict(form.filled(revision=str(dossier.revision), **named(act, **FILLED[act])))
    if act == "attach":
        data["attach-upload"] = upload()
    page = read(client.post(reverse(act, args=[dossier.code]), data), 422)
    if act == "forward":
        assert "không thuộc vai trò của bạn" in page.summary[0]
    for value in FILLED[act].values():
        assert value in page.text, value
    assert Dossier.objects.get(pk=dossier.pk).revision == dossier.revision


@pytest.mark.parametrize("act", [*WHO, "take"])
def test_for_an_outsider_there_is_nothing_to_act_on(office: Office, act: str) -> None:
    role = WHO.get(act, ("specialist", ""))[0]
    account = {"clerk": "tiepnhan", "specialist": "tuphap", "leader": "lanhdao"}[role]
    dossier = office.dossier(WHO.get(act, ("", "processing"))[1])
    outside = Client()
    outside.force_login(
        type(office.clerk.user).objects.get(username=f"{account}.ango"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert (
        outside.post(reverse(act, args=[dossier.code]), named(act, **FILLED.get(act, {}))).status_code == 404
    )
    assert Dossier.objects.get(pk=dossier.pk).revision == dossier.revision


@pytest.mark.parametrize("revision", ["", "x", "9" * 5000, "-1"])
def test_a_revision_that_cannot_be_read(office: Office, counter: Client, revision: str) -> None:
    dossier = office.dossier("processing")
    answer = sent(counter, opened(counter, dossier, "note"), revision=revision, **named("note", words="x"))
    assert answer.status_code == 302


# -- files --------------------------------------------------------------------------------------
def test_a_file_stays_uploaded_while_another_field_is_mended(office: Office, counter: Client) -> None:
    dossier = office.dossier("return")
    form = opened(counter, dossier, "result")
    page = read(sent(counter, form, upload("kết quả.pdf"), **named("result", signed_on="hôm qua")), 422)
    assert set(page.errors) == {"id_result-signed_on"}
    assert "Tệp đã tải lên, không cần chọn lại: kết quả.pdf" in page.text
    mended = form_of(page, dossier, "result")
    assert sent(counter, mended, **named("result", signed_on="16/11/2026")).status_code == 302
    result = Result.objects.get(dossier=dossier)
    assert (result.file.name, result.signed_on.isoformat()) == ("kết quả.pdf", "2026-11-16")
    assert StoredFile.objects.count() == 1


def test_a_new_file_replaces_the_kept_one(office: Office, counter: Client) -> None:
    dossier = office.dossier("return")
    form = opened(counter, dossier, "result")
    page = read(sent(counter, form, upload("một.pdf"), **named("result", signed_on="hôm qua")), 422)
    again = form_of(page, dossier, "result")
    sent(counter, again, upload("hai.pdf"), **named("result", signed_on=""))
    assert Result.objects.get(dossier=dossier).file.name == "hai.pdf"


def test_a_kept_file_is_its_uploaders_only(office: Office, counter: Client) -> None:
    dossier = office.dossier("return")
    form = opened(counter, dossier, "result")
    page = read(sent(counter, form, upload(), **named("result", signed_on="hôm qua")), 422)
    token = form_of(page, dossier, "result").values["result-kept"][0]
    other = office.leader.client()
    stolen = sent(other, opened(other, dossier, "result"), **named("result", kept=token))
    assert set(read(stolen, 422).errors) == {"id_result-number"}
    forged = sent(counter, opened(counter, dossier, "result"), **named("result", kept=token[:-1] + "x"))
    assert set(read(forged, 422).errors) == {"id_result-number"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("trang.pdf", b"<html><script>alert(1)</script></html>", "không phải PDF"),
        ("trống.pdf", b"", "rỗng"),
        ("lớn.pdf", PDF + b"\0" * 1024 * 1024, "lớn hơn 1 MB"),
    ],
)
def test_a_file_that_cannot_be_taken(
    office: Office, counter: Client, settings: Any, name: str, content: bytes, words: str
) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024
    dossier = office.dossier("processing")
    answer = sent(
        counter, opened(counter, dossier, "attach"), upload(name, content), attach__words="Bản quét"
    )
    page = read(answer, 422)
    assert words.casefold() in page.errors["id_attach-upload"].casefold()
    assert kept(page, dossier, "attach")["attach-words"] == ["Bản quét"]
    assert StoredFile.objects.count() == 0
