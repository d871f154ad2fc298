"""One-time codes: six digits to a telephone or a mail box, for ten minutes and five attempts.

Who asks learns nothing: a right and a wrong number get the same answer, the same row and the same limits. The digits
are kept nowhere; they follow from the row's salt and the secret key, when they are sent and when they are compared.
"""

import secrets
from contextlib import closing
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from motcua.dossiers.models import Dossier
from motcua.notices import sms
from motcua.notices.errors import NotSent
from motcua.notices.mail import Mailer
from motcua.portal.errors import TooManyCodes
from motcua.portal.models import Citizen, Claim, ContactKind, OneTimeCode
from motcua.rules.sms import mobile_number

VALID = timedelta(minutes=10)
MOST_MISSES = 5
WINDOW = timedelta(hours=1)
MOST_IN_WINDOW = 5
"""Codes for one telephone or mail box, asked for by anybody."""
KEPT = timedelta(days=1)
_AGAIN = timedelta(seconds=20)
_LEASE = timedelta(minutes=1)


def ways() -> list[ContactKind]:
    """What this installation can send to."""
    found = [ContactKind.PHONE] if sms.gateway() is not None else []
    return [*found, ContactKind.MAIL] if settings.EMAIL_HOST else found


def contact_of(typed: str) -> tuple[ContactKind, str] | None:
    """What was typed, as we compare and send it; None: neither a mobile number nor a mail address."""
    typed = typed.strip().lower()
    if "@" in typed:
        return ContactKind.MAIL, typed
    number = mobile_number(typed)
    return (ContactKind.PHONE, number) if number else None


def ask(
    kind: ContactKind, contact: str, dossier: Dossier | None, now: datetime, *, is_decoy: bool = False
) -> OneTimeCode:
    """Make a code and leave it to the worker. `dossier`: which it opens; None: a log-in of who has been here.

    `is_decoy`: there is no such dossier, which nobody is to see.

    Raises TooManyCodes, whether or not anybody has that contact.
    """
    _forget(now)
    digest = _digest(contact)
    if OneTimeCode.objects.filter(contact_digest=digest, at__gt=now - WINDOW).count() >= MOST_IN_WINDOW:
        raise TooManyCodes(_("Số này đã nhận nhiều mã. Hãy thử lại sau một giờ."))
    # An older code of the same contact is worth nothing any more.
    OneTimeCode.objects.filter(contact_digest=digest, used_at=None).update(try_at=None, misses=MOST_MISSES)
    is_real = not is_decoy and kind in ways() and _is_theirs(kind, contact, dossier)
    return OneTimeCode.objects.create(
        kind=kind,
        contact=contact if is_real else "",
        contact_digest=digest,
        is_real=is_real,
        dossier=dossier if is_real else None,
        salt=secrets.token_hex(16),
        at=now,
        try_at=now if is_real else None,
    )


def redeem(pk: int, typed: str, now: datetime) -> Citizen | None:
    """Who has the code, if it is right: once. None: wrong, too old, or tried too often, and nobody says which."""
    rows = OneTimeCode.objects.filter(pk=pk, used_at=None, misses__lt=MOST_MISSES, at__gt=now - VALID)
    row = rows.first()
    if row is None:
        return None
    digits = "".join(letter for letter in typed if letter.isdigit())
    if not (constant_time_compare(digits, code_of(row)) and row.is_real):
        rows.update(misses=F("misses") + 1)
        return None
    if not rows.update(used_at=now, contact="", try_at=None):  # from two windows at once
        return None
    citizen, _made = Citizen.objects.get_or_create(
        kind=row.kind, contact=row.contact, defaults={"since": now}
    )
    if row.dossier_id is not None:
        Claim.objects.get_or_create(citizen=citizen, dossier_id=row.dossier_id, defaults={"at": now})
    return citizen


def code_of(row: OneTimeCode) -> str:
    mac = salted_hmac("motcua.portal.code", f"{row.pk}:{row.salt}", algorithm="sha256").digest()
    return f"{int.from_bytes(mac[:8]) % 1_000_000:06d}"


def send_due(now: datetime) -> int:
    """Send what waits; how many were tried. What is older than its validity is not sent any more."""
    waiting = OneTimeCode.objects.filter(try_at__lte=now, at__gt=now - VALID)
    tried = 0
    with closing(Mailer()) as mailer:
        for row in waiting.order_by("at")[:50]:
            if waiting.filter(pk=row.pk, try_at=row.try_at).update(try_at=now + _LEASE):
                tried += 1
                _send(row, mailer, now)
    return tried


def _send(row: OneTimeCode, mailer: Mailer, now: datetime) -> None:
    again: datetime | None = None
    try:
        _hand_over(row, mailer)
    except NotSent as refusal:
        again = None if refusal.for_ever else now + _AGAIN
    OneTimeCode.objects.filter(pk=row.pk, used_at=None).update(try_at=again)


def _hand_over(row: OneTimeCode, mailer: Mailer) -> None:
    code = code_of(row)
    reference = f"code-{row.pk}"
    if row.kind == ContactKind.MAIL:
        text = _(
            "Mã xác nhận của bạn: %(code)s\n\nMã có giá trị trong 10 phút. Đừng đưa mã này cho ai, kể cả người tự "
            "xưng là cán bộ. Nếu bạn không yêu cầu, hãy bỏ qua thư này."
        )
        mailer.send(row.contact, _("Mã xác nhận Một cửa"), text % {"code": code}, reference)
        return
    gateway = sms.gateway()
    if gateway is None:
        raise NotSent("sms_not_set", for_ever=True)
    if gateway.reaches_people and row.dossier is not None and row.dossier.is_simulated:
        raise NotSent("simulated", for_ever=True)
    # Without accents: one message, and readable on every telephone.
    text = f"Mot cua: ma xac nhan {code}, co gia tri 10 phut. Khong dua ma nay cho bat ky ai."
    gateway.send(row.contact, text, reference)


def _is_theirs(kind: ContactKind, contact: str, dossier: Dossier | None) -> bool:
    if dossier is None:
        return Citizen.objects.filter(kind=kind, contact=contact).exists()
    written = dossier.email.strip().lower() if kind is ContactKind.MAIL else mobile_number(dossier.phone)
    return bool(written) and constant_time_compare(written, contact)


def _forget(now: datetime) -> None:
    OneTimeCode.objects.filter(at__lt=now - KEPT).delete()
    OneTimeCode.objects.filter(at__lt=now - VALID).exclude(contact="").update(contact="", try_at=None)


def _digest(contact: str) -> str:
    return salted_hmac("motcua.portal.contact", contact, algorithm="sha256").hexdigest()
