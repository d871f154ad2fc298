"""`wordings`, `wording`, `sms_style`: the province says it in its own words, checked before they are kept (R30)."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from motcua.journal.models import Entry
from motcua.journal.queries import first_break
from motcua.notices.events import EVENTS
from motcua.notices.models import Message, SmsStyle, Wording
from motcua.people.models import Unit
from motcua.rules.workflow import Action
from tests.cast import Played, received
from tests.desk.conftest import read
from tests.notices.conftest import reachable, told
from tests.oversight.conftest import queries

WORDINGS = reverse("wordings")
SMS, MAIL = reverse("wording", args=["hand_over", "sms"]), reverse("wording", args=["hand_over", "mail"])


def typed(text: str, **more: str) -> dict[str, str]:
    return {"text": text, "is_on": "on"} | more


def said(clerk: Played) -> list[Message]:
    with override_settings(EMAIL_HOST="localhost", SMS={"adapter": "file", "path": "x"}):
        return told(reachable(received(clerk), phone="0905000999", email="t@hue.example"), Action.HAND_OVER)


def test_every_text_stands_in_the_list(office: Client) -> None:
    page = read(office.get(WORDINGS))
    assert len(page.rows) == sum(len(event.drafts) for event in EVENTS.values())
    assert page.text.count("Tỉnh viết") == 0


@pytest.mark.parametrize(
    ("event", "channel"), [(event.name, channel) for event in EVENTS.values() for channel in event.drafts]
)
def test_the_words_of_the_software_pass_their_own_check(office: Client, event: str, channel: str) -> None:
    """And the preview leaves nothing unfilled."""
    path = reverse("wording", args=[event, channel])
    page = read(office.get(path))
    answer = office.post(path, page.form("", class_="card").values | {"preview": "1"})
    assert answer.status_code == 200
    for one in answer.context["seen"]:
        assert "{" not in one.subject + one.text
    assert not Wording.objects.exists()


def test_own_words_are_used_from_now_on(office: Client, clerk: Played) -> None:
    before = said(clerk)[1].text
    answer = office.post(SMS, typed("Cảm ơn, hồ sơ {ma_ho_so} xong rồi."))
    assert answer["Location"] == WORDINGS
    message = said(clerk)[1]
    assert message.text == f"[Mo phong] Cam on, ho so {message.dossier.code} xong roi."
    assert Message.objects.filter(text=before).exists(), "what is queued keeps its words"
    assert "Tỉnh viết" in read(office.get(WORDINGS)).text
    entry = Entry.objects.get(kind="notices.reworded")
    assert (entry.subject, entry.chain) == ("wording:hand_over.sms", "46")
    assert first_break("46") is None


def test_a_change_ends_the_words_before_and_the_same_again_is_nothing(office: Client) -> None:
    for text in ("Một", "Hai", "Hai"):
        office.post(SMS, typed(text))
    kept = [(row.text, row.valid_to is None) for row in Wording.objects.order_by("pk")]
    assert kept == [("Một", False), ("Hai", True)]
    assert Entry.objects.filter(kind="notices.reworded").count() == 2


@pytest.mark.parametrize(
    ("text", "told_so"),
    [
        ("Hồ sơ {ma} xong", "Không có biến {ma}"),
        ("Hồ sơ {cach_nhan}", "Không có biến {cach_nhan}"),
        ("{ma_ho_so.__class__}", "Không có biến {ma_ho_so.__class__}"),
        ("Hồ sơ {ma_ho_so xong", "không đủ cặp"),
        ("Hồ sơ }", "không đủ cặp"),
        ("   ", "Hãy nhập nội dung"),
    ],
)
@pytest.mark.parametrize("button", ["save", "preview"])
def test_what_cannot_be_sent_is_refused_and_stays_typed(
    office: Client, text: str, told_so: str, button: str
) -> None:
    answer = office.post(MAIL, typed(text, subject="Tiêu đề của tôi", **{button: "1"}))
    page = read(answer, 422)
    assert told_so in page.errors["id_text"]
    assert page.form("", class_="card").values["subject"] == ["Tiêu đề của tôi"]
    assert page.form("", class_="card").values["text"] == [text]
    assert not Wording.objects.exists()


def test_a_mail_has_a_subject(office: Client) -> None:
    page = read(office.post(MAIL, typed("Chào", subject="")), 422)
    assert "Hãy nhập tiêu đề" in page.errors["id_subject"]
    page = read(office.post(MAIL, typed("Chào", subject="{sai}")), 422)
    assert "Không có biến {sai}" in page.errors["id_subject"]


def test_a_preview_shows_what_it_costs(office: Client) -> None:
    answer = office.post(SMS, typed("ế" * 71, preview="1"))
    assert [(one.size.places, one.size.parts) for one in answer.context["seen"]] == [(71, 1), (71, 2)]
    page = read(answer)
    assert "1 tin, 71 ký tự" in page.text
    assert "2 tin, 71 ký tự" in page.text
    assert not Wording.objects.exists()


def test_a_message_can_be_turned_off(office: Client, clerk: Played) -> None:
    office.post(SMS, {"text": "Xong"})
    mail, sms = said(clerk)
    assert (mail.state, sms.state, sms.reason) == ("queued", "skipped", "turned_off")
    assert "Không gửi" in read(office.get(WORDINGS)).text


def test_back_to_the_words_of_the_software(office: Client, clerk: Played) -> None:
    office.post(SMS, typed("Xong"))
    office.post(SMS, {"default": "1"})
    assert "da hoan tat" in said(clerk)[1].text
    assert Entry.objects.filter(kind="notices.wording_withdrawn").count() == 1
    office.post(SMS, {"default": "1"})
    assert Entry.objects.filter(kind="notices.wording_withdrawn").count() == 1


@pytest.mark.parametrize(
    "path", [("nothing", "sms"), ("finish", "inbox"), ("assign", "sms"), ("finish", "x")]
)
def test_what_is_never_said_has_no_words(office: Client, path: tuple[str, str]) -> None:
    assert office.get(reverse("wording", args=path)).status_code == 404


def test_accents_are_chosen_for_a_unit_and_those_below(office: Client, clerk: Played) -> None:
    style = reverse("sms_style")
    office.post(style, {"unit": "474", "style": "with"})
    assert "đã hoàn tất" in said(clerk)[1].text
    assert "Thành phố Huế: có dấu" in read(office.get(WORDINGS)).text
    office.post(style, {"unit": "474", "style": "without"})
    assert "da hoan tat" in said(clerk)[1].text
    office.post(style, {"unit": "474", "style": "above"})
    assert not SmsStyle.objects.exists()
    assert Entry.objects.filter(kind="notices.sms_style_set").count() == 3


@pytest.mark.parametrize(
    ("facts", "field"), [({"unit": "x", "style": "with"}, "id_unit"), ({"unit": "474"}, "id_style_0")]
)
def test_a_choice_that_is_none_is_refused(office: Client, facts: dict[str, str], field: str) -> None:
    answer = office.post(reverse("sms_style"), facts)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert field.split("_")[1] in answer.context["form"].errors


def test_as_many_queries_for_one_as_for_many(office: Client) -> None:
    few = queries(office, WORDINGS)
    for name in ("receive", "finish", "hand_over"):
        office.post(reverse("wording", args=[name, "sms"]), typed("Xong"))
    for code in ("46", "474", "477"):
        office.post(reverse("sms_style"), {"unit": code, "style": "with"})
    assert queries(office, WORDINGS) == few <= 9
    assert Unit.objects.filter(code="46").exists()
