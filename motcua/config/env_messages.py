"""Reading from the environment how messages go out (docs/operations.md). Nothing set: nothing goes out."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from motcua.config.env import BadSetting, number, text

HERE = ("localhost", "127.0.0.1", "::1")
"""Hosts to which a secret may go in the clear."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
SMS_FIELDS = ("to", "text", "sender", "reference", "token")
SMS_NUMBERS = ("local", "country", "plus")


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; an empty host: none."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: str
    sender: str


def mail() -> Mail:
    """Raises BadSetting."""
    host, user = text("MOTCUA_MAIL_HOST").strip(), text("MOTCUA_MAIL_USER")
    security = text("MOTCUA_MAIL_SECURITY").lower() or ("none" if host in HERE else "starttls")
    if security not in PORTS:
        raise BadSetting(f"MOTCUA_MAIL_SECURITY={security!r}: say starttls, tls or none")
    if user and security == "none" and host not in HERE:
        raise BadSetting("MOTCUA_MAIL_SECURITY=none would send the password of the mail server in the clear")
    port = number("MOTCUA_MAIL_PORT", PORTS[security])
    if not 0 < port < 2**16:
        raise BadSetting(f"MOTCUA_MAIL_PORT={port} is not a port")
    sender = text("MOTCUA_MAIL_FROM")
    if host and not _is_address(sender):
        raise BadSetting(
            f"MOTCUA_MAIL_FROM={sender!r} is not an address like motcua@thuathienhue.gov.vn; mail needs one"
        )
    return Mail(host, port, user, text("MOTCUA_MAIL_PASSWORD"), security, sender or "motcua@localhost")


def _is_address(value: str) -> bool:
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def sms(home: Path) -> dict[str, Any]:
    """What `motcua.notices.sms.gateway` builds from. Raises BadSetting."""
    adapter = text("MOTCUA_SMS").lower()
    if adapter == "file":
        return {"adapter": "file", "path": str(home / "sms.jsonl")}
    if adapter not in ("", "http"):
        raise BadSetting(f"MOTCUA_SMS={adapter!r}: say http or file, or leave it out")
    if not adapter:
        return {"adapter": ""}
    numbers = text("MOTCUA_SMS_NUMBERS").lower() or "local"
    if numbers not in SMS_NUMBERS:
        raise BadSetting(f"MOTCUA_SMS_NUMBERS={numbers!r}: say {', '.join(SMS_NUMBERS)}")
    return {
        "adapter": "http",
        "url": _sms_url(),
        "token": _sms_token(),
        "sender": text("MOTCUA_SMS_SENDER"),
        "numbers": numbers,
        "fields": _sms_fields(),
        "extra": _sms_extra(),
        "accepted": _sms_accepted(),
        "timeout": float(number("MOTCUA_SMS_TIMEOUT", 10) or 10),
    }


def _sms_url() -> str:
    url = text("MOTCUA_SMS_URL")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError as error:
        raise BadSetting(f"MOTCUA_SMS_URL cannot be read: {error}") from error
    if parts.scheme not in ("http", "https") or not host or parts.username or not _is_plain(url):
        raise BadSetting(f"MOTCUA_SMS_URL={url!r} is not an address like https://sms.example.vn/send")
    if parts.scheme == "http" and host not in HERE:
        raise BadSetting("MOTCUA_SMS_URL must begin with https://: numbers and a token go there")
    return url


def _sms_token() -> str:
    token = text("MOTCUA_SMS_TOKEN")
    if not _is_plain(token):
        raise BadSetting("MOTCUA_SMS_TOKEN has a letter or a space that no token has")
    return token


def _is_plain(value: str) -> bool:
    """What can stand in an address or a header as it is."""
    return value.isascii() and value.isprintable() and " " not in value


def _sms_fields() -> dict[str, str]:
    """`to=phone,text=content` → our name → the gateway's."""
    given = text("MOTCUA_SMS_FIELDS")
    pairs = [pair.partition("=") for pair in given.split(",") if pair.strip()]
    fields = {ours.strip(): theirs.strip() for ours, _equals, theirs in pairs}
    if any(ours not in SMS_FIELDS or not theirs for ours, theirs in fields.items()):
        raise BadSetting(
            f"MOTCUA_SMS_FIELDS={given!r}: say {'=…,'.join(SMS_FIELDS)}=…, each name once, as many as differ"
        )
    return fields


def _sms_extra() -> dict[str, Any]:
    try:
        extra = json.loads(text("MOTCUA_SMS_EXTRA") or "{}")
    except ValueError as error:
        raise BadSetting(f"MOTCUA_SMS_EXTRA is not JSON: {error}") from error
    if not isinstance(extra, dict):
        raise BadSetting("MOTCUA_SMS_EXTRA is not a JSON object")
    return extra


def _sms_accepted() -> tuple[str, str] | None:
    given = text("MOTCUA_SMS_ACCEPTED")
    name, equals, value = given.partition("=")
    if given and not (name and equals and value):
        raise BadSetting(
            f"MOTCUA_SMS_ACCEPTED={given!r}: say the field of the answer and its value, as CodeResult=100"
        )
    return (name, value) if given else None
