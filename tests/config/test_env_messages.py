"""How messages go out, read from the environment: a bad value stops the start with a sentence."""

from pathlib import Path

import pytest

from motcua.config import env_messages

HOME = Path("/srv/motcua/var")
HTTP = {"MOTCUA_SMS": "http", "MOTCUA_SMS_URL": "https://sms.example/send"}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "USER", "PASSWORD", "SECURITY", "FROM"):
        monkeypatch.delenv(f"MOTCUA_MAIL_{name}", raising=False)
    for name in ("", "_URL", "_TOKEN", "_SENDER", "_FIELDS", "_EXTRA", "_ACCEPTED", "_NUMBERS", "_TIMEOUT"):
        monkeypatch.delenv(f"MOTCUA_SMS{name}", raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def test_nothing_set_sends_nothing() -> None:
    assert env_messages.mail().host == ""
    assert env_messages.sms(HOME) == {"adapter": ""}


def test_a_mail_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("sécret\n")
    given(
        monkeypatch,
        MOTCUA_MAIL_HOST="mail.example.vn",
        MOTCUA_MAIL_USER="motcua",
        MOTCUA_MAIL_PASSWORD_FILE=str(tmp_path / "password"),
        MOTCUA_MAIL_FROM="motcua@example.vn",
    )
    mail = env_messages.mail()
    assert (mail.host, mail.port, mail.security, mail.password) == (
        "mail.example.vn",
        587,
        "starttls",
        "sécret",
    )
    assert "sécret" not in repr(mail)


@pytest.mark.parametrize(
    ("host", "security", "port"),
    [("mail.example", "tls", 465), ("localhost", "", 25), ("mail.example", "none", 25)],
)
def test_each_way_has_its_port(monkeypatch: pytest.MonkeyPatch, host: str, security: str, port: int) -> None:
    given(monkeypatch, MOTCUA_MAIL_HOST=host, MOTCUA_MAIL_SECURITY=security, MOTCUA_MAIL_FROM="a@example.vn")
    assert env_messages.mail().port == port


def test_a_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        **HTTP,
        MOTCUA_SMS_TOKEN="t",
        MOTCUA_SMS_FIELDS="to=Phone, text=Content",
        MOTCUA_SMS_EXTRA='{"SmsType": 2}',
        MOTCUA_SMS_ACCEPTED="CodeResult=100",
        MOTCUA_SMS_NUMBERS="country",
    )
    assert env_messages.sms(HOME) == {
        "adapter": "http",
        "url": "https://sms.example/send",
        "token": "t",
        "sender": "",
        "numbers": "country",
        "fields": {"to": "Phone", "text": "Content"},
        "extra": {"SmsType": 2},
        "accepted": ("CodeResult", "100"),
        "timeout": 10.0,
    }


def test_a_file_for_trials_lies_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, MOTCUA_SMS="file")
    assert env_messages.sms(HOME) == {"adapter": "file", "path": "/srv/motcua/var/sms.jsonl"}


@pytest.mark.parametrize("url", ["http://localhost:9000/send", "http://127.0.0.1/", "http://[::1]/x"])
def test_a_gateway_on_this_machine_needs_no_tls(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    given(monkeypatch, MOTCUA_SMS="http", MOTCUA_SMS_URL=url)
    assert env_messages.sms(HOME)["url"] == url


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"MOTCUA_MAIL_HOST": "m.vn"}, "MOTCUA_MAIL_FROM"),
        ({"MOTCUA_MAIL_HOST": "m.vn", "MOTCUA_MAIL_FROM": "nobody"}, "MOTCUA_MAIL_FROM"),
        ({"MOTCUA_MAIL_SECURITY": "ssl3"}, "MOTCUA_MAIL_SECURITY"),
        (
            {"MOTCUA_MAIL_HOST": "m.vn", "MOTCUA_MAIL_USER": "u", "MOTCUA_MAIL_SECURITY": "none"},
            "MOTCUA_MAIL_SECURITY",
        ),
        ({"MOTCUA_MAIL_PORT": "x"}, "MOTCUA_MAIL_PORT"),
        ({"MOTCUA_MAIL_PORT": "70000"}, "MOTCUA_MAIL_PORT"),
        ({"MOTCUA_SMS": "pigeon"}, "MOTCUA_SMS"),
        ({"MOTCUA_SMS": "http"}, "MOTCUA_SMS_URL"),
        ({"MOTCUA_SMS": "http", "MOTCUA_SMS_URL": "http://sms.example/"}, "MOTCUA_SMS_URL"),
        ({"MOTCUA_SMS": "http", "MOTCUA_SMS_URL": "https://[x/"}, "MOTCUA_SMS_URL"),
        ({"MOTCUA_SMS": "http", "MOTCUA_SMS_URL": "https://u:p@sms.example/"}, "MOTCUA_SMS_URL"),
        ({"MOTCUA_SMS": "http", "MOTCUA_SMS_URL": "https://sms.example:port/"}, "MOTCUA_SMS_URL"),
        ({"MOTCUA_SMS": "http", "MOTCUA_SMS_URL": "https://sms.example/gửi"}, "MOTCUA_SMS_URL"),
        (HTTP | {"MOTCUA_SMS_TOKEN": "mã bí mật"}, "MOTCUA_SMS_TOKEN"),
        (HTTP | {"MOTCUA_SMS_FIELDS": "phone=Phone"}, "MOTCUA_SMS_FIELDS"),
        (HTTP | {"MOTCUA_SMS_FIELDS": "to"}, "MOTCUA_SMS_FIELDS"),
        (HTTP | {"MOTCUA_SMS_EXTRA": "{"}, "MOTCUA_SMS_EXTRA"),
        (HTTP | {"MOTCUA_SMS_EXTRA": "[]"}, "MOTCUA_SMS_EXTRA"),
        (HTTP | {"MOTCUA_SMS_ACCEPTED": "100"}, "MOTCUA_SMS_ACCEPTED"),
        (HTTP | {"MOTCUA_SMS_NUMBERS": "0084"}, "MOTCUA_SMS_NUMBERS"),
        (HTTP | {"MOTCUA_SMS_TIMEOUT": "soon"}, "MOTCUA_SMS_TIMEOUT"),
    ],
)
def test_a_bad_setting_is_said(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], name: str) -> None:
    given(monkeypatch, **values)
    with pytest.raises(SystemExit, match=f"^motcua: {name}"):
        _ = (env_messages.mail(), env_messages.sms(HOME))
