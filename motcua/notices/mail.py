"""The way out for mail: Django's SMTP back end, one connection a turn, each error named by its kind."""

import ssl
from email.utils import parseaddr
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from motcua.notices.errors import NotSent

_PERMANENT = 500


class Mailer:
    """Opened by the first mail of a turn. Raises NotSent."""

    def __init__(self) -> None:
        self._server = EmailBackend()

    def send(self, address: str, subject: str, text: str, reference: str) -> None:
        """`reference` becomes the Message-ID: a mail that was sent twice is recognised as one."""
        mail = EmailMessage(
            subject,
            text,
            settings.DEFAULT_FROM_EMAIL,
            [address],
            headers={
                "Message-ID": f"<motcua.{reference}@{_our_host()}>",
                "Auto-Submitted": "auto-generated",  # no out-of-office answer, please (RFC 3834)
            },
        )
        try:
            self._server.open()
            self._server.send_messages([mail])
        except Exception as error:
            raise _named(error) from error

    def close(self) -> None:
        """The server may have gone already; then there is nothing to close."""
        self._server.fail_silently = True
        self._server.close()


def _our_host() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _named(error: Exception) -> NotSent:  # noqa: PLR0911  a table of errors
    if isinstance(error, SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
        return NotSent(f"smtp_{code}", for_ever=code >= _PERMANENT)
    if isinstance(error, SMTPAuthenticationError):
        return NotSent("auth", is_down=True)
    if isinstance(error, SMTPDataError):
        return NotSent(f"smtp_{error.smtp_code}", for_ever=error.smtp_code >= _PERMANENT)
    if isinstance(error, SMTPResponseException):
        return NotSent(f"smtp_{error.smtp_code}", is_down=True)
    if isinstance(error, SMTPNotSupportedError | ssl.SSLError):
        return NotSent("tls", is_down=True)
    # smtplib tells a silence as a connection that was closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return NotSent("timeout", is_down=True)
    if isinstance(error, OSError | SMTPException):
        return NotSent("unreachable", is_down=True)
    if isinstance(error, ValueError):
        return NotSent("bad_address", for_ever=True)
    raise error
