"""Ways out for an SMS: one HTTP gateway, described by settings, and a file for trials.

Another kind of gateway is another class with `send`, and a line in `gateway`.
"""

import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

from motcua.notices.errors import NotSent

MOST_ANSWER = 65_536
"""Bytes of an answer that we read."""
_TRY_AGAIN = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
}
"""Said of us or of the moment, not of the message: a token is mended, a gateway comes back."""


class Gateway(Protocol):
    """Takes one SMS. Raises NotSent."""

    @property
    def reaches_people(self) -> bool:
        """Whether a telephone somewhere rings: not with dossiers of nobody."""

    def send(self, number: str, text: str, reference: str) -> None:
        """`number` as dialled here (0905123456); `reference` is the same at every attempt."""


def gateway() -> Gateway | None:
    """The one that the settings name; None: there is none."""
    chosen: Mapping[str, Any] = settings.SMS
    if chosen["adapter"] == "http":
        return HttpGateway(**{name: value for name, value in chosen.items() if name != "adapter"})
    return FileGateway(Path(chosen["path"])) if chosen["adapter"] == "file" else None


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """POSTs JSON. Which field is called what differs from one company to another, and is a setting."""

    url: str
    token: str = field(default="", repr=False)
    fields: Mapping[str, str] = field(default_factory=dict)
    """Our names (to, text, sender, reference, token) → the gateway's. A token without a field goes as Bearer."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What else the gateway wants in every request."""
    accepted: tuple[str, str] | None = None
    """A field of the answer and the value that means yes, for gateways that answer 200 to everything."""
    sender: str = ""
    numbers: str = "local"
    """How it wants numbers: local 0905…, country 84905…, plus +84905…"""
    timeout: float = 10.0

    @property
    def reaches_people(self) -> bool:
        return True

    def send(self, number: str, text: str, reference: str) -> None:
        body = json.dumps(self._request(number, text, reference), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        if self.token and "token" not in self.fields:
            headers["Authorization"] = f"Bearer {self.token}"
        status, answer = self._post(body, headers)
        self._judge(status, answer)

    def _request(self, number: str, text: str, reference: str) -> dict[str, Any]:
        ours = {"to": self._written(number), "text": text, "reference": reference}
        if self.sender:
            ours["sender"] = self.sender
        if "token" in self.fields:
            ours["token"] = self.token
        return {**self.extra, **{self.fields.get(name, name): value for name, value in ours.items()}}

    def _written(self, number: str) -> str:
        prefix = {"local": "0", "country": "84", "plus": "+84"}[self.numbers]
        return prefix + number.removeprefix("0")

    def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """No redirection is followed: the token goes to this address only."""
        parts = urlsplit(self.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        try:
            connection.request("POST", path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read(MOST_ANSWER)
        except TimeoutError as error:
            raise NotSent("timeout", is_down=True) from error
        except ssl.SSLError as error:
            raise NotSent("tls", is_down=True) from error
        except (OSError, HTTPException) as error:
            raise NotSent("unreachable", is_down=True) from error
        finally:
            connection.close()

    def _judge(self, status: int, answer: bytes) -> None:
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _TRY_AGAIN:
            raise NotSent(f"http_{status}", is_down=True)
        if status >= HTTPStatus.BAD_REQUEST:
            raise NotSent(f"http_{status}", for_ever=True)
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            raise NotSent(f"http_{status}", is_down=True)
        if self.accepted is None:
            return
        name, value = self.accepted
        try:
            said = json.loads(answer)[name]
        except (ValueError, KeyError, TypeError) as error:
            raise NotSent("answer_unreadable") from error
        if str(said) != value:
            raise NotSent("not_accepted")


@dataclass(frozen=True, slots=True)
class FileGateway:
    """One line of JSON a message, in a file that only we can read: for trials."""

    path: Path

    @property
    def reaches_people(self) -> bool:
        return False

    def send(self, number: str, text: str, reference: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps({"at": at, "to": number, "text": text, "reference": reference}, ensure_ascii=False)
        try:
            # One short write at the end: lines of two workers do not mix.
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, f"{line}\n".encode())
            finally:
                os.close(file)
        except OSError as error:
            raise NotSent("file", is_down=True) from error
