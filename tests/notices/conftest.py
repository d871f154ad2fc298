"""What happens to a dossier, a mail server and an SMS gateway that are real, and no clock but the machine's."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from django.db import transaction
from django.test import override_settings

from motcua.dossiers.actions import Act
from motcua.dossiers.actions.act import write
from motcua.dossiers.choices import Outcome
from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.notices.actions import tell
from motcua.notices.models import Message
from motcua.people.officer import NOBODY, Officer
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State
from tests.cast import MONDAY, Played, received

HOUR = timedelta(hours=1)
MAIL, PHONE = "thu@hue.example", "0905000999"


@pytest.fixture
def dossier(clerk: Played) -> Dossier:
    """Of somebody who is said to live: received, with the specialist, with a telephone and a mail address."""
    return stored(received(clerk, is_simulated=False))


def stored(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related("unit", "version__procedure").get(pk=dossier.pk)


def reachable(dossier: Dossier, *, phone: str = "", email: str = "") -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(phone=phone, email=email)
    return stored(dossier)


def happen(
    dossier: Dossier, action: Action, at: datetime = MONDAY + HOUR, by: Officer = NOBODY, **changes: Any
) -> Entry:
    """An act as the journal has it, whoever may do it and whatever else it does: the acts have tests of their own."""
    words = changes.pop("words", "")
    with transaction.atomic():
        step = dossier.step
        move = write(Act(by, at), dossier, action, from_step=step, to_step=step, words=words, **changes)
    return Entry.objects.get(pk=move.entry_id)


def finished(
    punctuality: Punctuality = Punctuality.ON_TIME, outcome: Outcome = Outcome.GRANTED
) -> dict[str, Any]:
    return {
        "state": State.DONE,
        "finished_at": MONDAY + HOUR,
        "punctuality": punctuality,
        "outcome": outcome,
    }


def told(dossier: Dossier, action: Action, **facts: Any) -> list[Message]:
    """What an act on a dossier gives to say, in the order it was queued."""
    entry = happen(dossier, action, **facts)
    tell(entry, stored(dossier))
    return list(Message.objects.filter(entry=entry).order_by("pk"))


# -- a mail server --------------------------------------------------------------------------------
@dataclass
class Post:
    """An SMTP server in a thread: what came, and what it says to whom."""

    answers: dict[str, str] = field(default_factory=dict)
    """Address → answer to RCPT; anybody else is taken in."""
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def mail_settings(port: int, **more: Any) -> override_settings:
    given = {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_USE_TLS": False,
        "EMAIL_TIMEOUT": 5,
        "DEFAULT_FROM_EMAIL": "Một cửa <motcua@hue.example>",
    }
    return override_settings(**(given | more))


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that the settings name."""
    server = Post()
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    server.port = port
    with mail_settings(port):
        yield server
    controller.stop()


@pytest.fixture
def guarded_post() -> Iterator[Post]:
    """A mail server that does not know our password."""
    server = Post()
    port = free_port()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=port,
        auth_require_tls=False,
        authenticator=lambda *_: AuthResult(success=False, handled=False),
    )
    controller.start()
    with mail_settings(port, EMAIL_HOST_USER="motcua", EMAIL_HOST_PASSWORD="wrong"):
        yield server
    controller.stop()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Takes a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        yield int(deaf.getsockname()[1])


# -- an SMS gateway -------------------------------------------------------------------------------
@dataclass
class Company:
    """An HTTP gateway in a thread: what was asked of it, and what it answers."""

    status: int = 200
    answer: str = '{"CodeResult": "100"}'
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def company() -> Iterator[Company]:
    told = Company()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            told.headers.append(dict(self.headers))
            self.send_response(told.status)
            self.send_header("Location", f"{told.url}/elsewhere")
            self.end_headers()
            self.wfile.write(told.answer.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/send"
    with sms_settings(told.url):
        yield told
    server.shutdown()
    thread.join()
    server.server_close()


def sms_settings(url: str, **more: Any) -> override_settings:
    given = {"adapter": "http", "url": url, "token": "secret", "timeout": 5.0}
    return override_settings(SMS=given | more)
