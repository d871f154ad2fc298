"""`claim`, `citizen_login`, `citizen_code`, `citizen_logout`: a dossier and a one-time code make it one's own (R51)."""

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.portal import codes
from motcua.portal.models import Citizen, Claim, OneTimeCode

PHONE = "0905000999"


@pytest.fixture(autouse=True)
def sms(tmp_path: Path) -> Iterator[Path]:
    """A telephone: every SMS is a line of this file."""
    path = tmp_path / "sms"
    with override_settings(SMS={"adapter": "file", "path": str(path)}):
        yield path


def texts(sms: Path) -> list[dict[str, str]]:
    codes.send_due(timezone.now())
    return [json.loads(line) for line in sms.read_text().splitlines()] if sms.exists() else []


def read(response) -> str:
    return html.unescape(response.content.decode())


def asked(client: Client, code: str, contact: str = PHONE):
    return client.post(reverse("claim", args=[code]), {"contact": contact}, follow=True)


def typed(client: Client, digits: str):
    return client.post(reverse("citizen_code"), {"digits": digits}, follow=True)


def digits(sms: Path) -> str:
    found = re.search(r"\d{6}", texts(sms)[-1]["text"])
    assert found
    return found[0]


def test_the_receipts_code_and_the_telephone_open_the_dossier(client, dossier_at, sms):
    dossier = dossier_at("processing")
    asked(client, dossier.code, "+84 905 000 999")
    page = typed(client, digits(sms))
    assert page.redirect_chain[-1][0] == reverse("my_dossier", args=[dossier.code])
    assert "Nguyễn Thị Thử" in read(page)
    citizen = Citizen.objects.get()
    assert (citizen.contact, Claim.objects.get().dossier) == (PHONE, dossier)
    assert texts(sms)[-1]["to"] == PHONE


def test_who_was_here_before_needs_no_receipt(client, dossier_at, sms):
    dossier = dossier_at("processing")
    asked(client, dossier.code)
    typed(client, digits(sms))
    other = Client()
    other.post(reverse("citizen_login"), {"contact": PHONE})
    page = typed(other, digits(sms))
    assert dossier.code in read(page)


def test_a_wrong_number_an_unknown_code_and_a_right_one_look_alike(client, dossier_at, sms):
    dossier = dossier_at("processing")
    pages = [
        read(asked(Client(), code, contact))
        for code, contact in ((dossier.code, PHONE), (dossier.code, "0905111222"))
    ]
    pages.append(read(asked(Client(), "000.19.01.H57-200102-0001", "0905333444")))
    pages = [re.sub(r"[\w.-]*H57[\w.-]*|value=\"\w{64}\"", "", page) for page in pages]
    assert pages[0] == pages[1] == pages[2]
    assert [text["to"] for text in texts(sms)] == [PHONE]
    assert OneTimeCode.objects.count() == 3
    unknown = Client().post(reverse("citizen_login"), {"contact": "0905777888"}, follow=True)
    assert "mã đến trong ít giây" in read(unknown)
    assert len(texts(sms)) == 1


def test_five_wrong_digits_and_the_code_is_worth_nothing(client, dossier_at, sms):
    asked(client, dossier_at("processing").code)
    right = digits(sms)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        assert "Mã chưa đúng" in read(typed(client, wrong))
    assert "Mã chưa đúng" in read(typed(client, right))
    assert not Citizen.objects.exists()


def test_a_code_is_good_once_and_for_ten_minutes(client, dossier_at, sms, clock):
    dossier = dossier_at("processing")
    asked(client, dossier.code)
    late = digits(sms)
    clock.shift(timedelta(minutes=10, seconds=1))
    assert "Mã chưa đúng" in read(typed(client, late))
    asked(client, dossier.code)
    pk, right = OneTimeCode.objects.latest("pk").pk, digits(sms)
    assert codes.redeem(pk, right, timezone.now())
    assert codes.redeem(pk, right, timezone.now()) is None


def test_a_newer_code_ends_the_older(client, dossier_at, sms):
    code = dossier_at("processing").code
    asked(client, code)
    first = OneTimeCode.objects.get()
    old = codes.code_of(first)
    asked(client, code)
    assert codes.redeem(first.pk, old, timezone.now()) is None


def test_a_telephone_gets_five_codes_an_hour(client, dossier_at, sms):
    code = dossier_at("processing").code
    for _ in range(5):
        asked(client, code)
    page = asked(client, code)
    assert page.status_code == 422
    assert "thử lại sau một giờ" in read(page)
    assert f'value="{PHONE}"' in read(page)


def test_digits_are_kept_nowhere_and_the_number_only_while_it_is_needed(client, dossier_at, sms, clock):
    asked(client, dossier_at("processing").code)
    right = digits(sms)
    row = OneTimeCode.objects.values().get()
    assert right not in json.dumps(row, default=str)
    typed(client, right)
    assert OneTimeCode.objects.get().contact == ""


@pytest.mark.parametrize("contact", ["", "0234 3822 000", "abc", "0905"])
def test_what_is_no_mobile_number_stays_typed(client, dossier_at, contact):
    page = client.post(reverse("claim", args=[dossier_at("processing").code]), {"contact": contact})
    assert page.status_code == 422
    assert f'value="{contact}"' in read(page) or not contact


def test_without_a_way_to_send_the_page_says_so(client, dossier_at):
    with override_settings(SMS={"adapter": ""}, EMAIL_HOST=""):
        page = read(client.get(reverse("claim", args=[dossier_at("processing").code])))
    assert "Hãy hỏi tại nơi tiếp nhận" in page


def test_out_is_out(client, dossier_at, sms):
    dossier = dossier_at("processing")
    asked(client, dossier.code)
    typed(client, digits(sms))
    assert client.get(reverse("my_dossier", args=[dossier.code])).status_code == 200
    client.post(reverse("citizen_logout"))
    assert client.get(reverse("my_dossier", args=[dossier.code])).status_code == 302


def test_the_session_is_another_one_after_the_log_in(client, dossier_at, sms):
    asked(client, dossier_at("processing").code)
    before = client.session.session_key
    typed(client, digits(sms))
    assert client.session.session_key != before


def test_a_dossier_with_a_mail_address_only(client, dossier_at, sms):
    """Nothing goes to a telephone that the dossier does not have."""
    dossier = dossier_at("processing")
    Dossier.objects.filter(pk=dossier.pk).update(phone="", email="Thu@Hue.example")
    with override_settings(EMAIL_HOST="mail.invalid"):
        asked(client, dossier.code, "thu@hue.example")
    assert OneTimeCode.objects.get().is_real
