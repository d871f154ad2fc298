"""The province says it in its own words; each change is in its journal."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.journal import actions as journal
from motcua.notices.choices import Channel
from motcua.notices.errors import WordingRefused
from motcua.notices.events import COMMON, Event
from motcua.notices.models import SmsStyle, Wording
from motcua.notices.render import check
from motcua.people.actions import PUBLIC_CHAIN
from motcua.people.models import Unit
from motcua.people.officer import Officer


@transaction.atomic
def reword(
    officer: Officer, event: Event, channel: Channel, *, subject: str, text: str, is_on: bool = True
) -> Wording:
    """From now on it is said so. What is queued already keeps its words. Raises WordingRefused.

    The same again is nothing.
    """
    subject, text = " ".join(subject.split()), text.replace("\r\n", "\n").strip()
    check_words(event, channel, subject, text)
    now = Wording.objects.filter(event=event.name, channel=channel, valid_to=None).first()
    if now is not None and (now.subject, now.text, now.is_on) == (subject, text, is_on):
        return now
    _end(event, channel)
    row = Wording.objects.create(
        event=event.name,
        channel=channel,
        subject=subject,
        text=text,
        is_on=is_on,
        valid_from=timezone.now(),
        set_by_id=officer.user_id,
    )
    digest = hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()
    _record(officer, "notices.reworded", event, channel, {"sha256": digest, "is_on": is_on})
    return row


def check_words(event: Event, channel: Channel, subject: str, text: str) -> None:
    """Raises WordingRefused for what could not be sent."""
    known = (*COMMON, *event.variables)
    if not text.strip():
        raise WordingRefused(_("Hãy nhập nội dung. Nếu không muốn gửi tin này, bỏ dấu “Gửi tin này”."))
    check(text, known)
    if channel is Channel.SMS:
        return
    if not subject.strip():
        raise WordingRefused(_("Hãy nhập tiêu đề."), field="subject")
    check(subject, known, field="subject")


@transaction.atomic
def to_default(officer: Officer, event: Event, channel: Channel) -> None:
    """Back to the words that come with the software."""
    if _end(event, channel):
        _record(officer, "notices.wording_withdrawn", event, channel, {})


def _end(event: Event, channel: Channel) -> int:
    own = Wording.objects.filter(event=event.name, channel=channel, valid_to=None)
    return own.update(valid_to=timezone.now())


@transaction.atomic
def set_sms_style(officer: Officer, unit: Unit, *, without_accents: bool | None) -> None:
    """How SMS of a unit and those below it are written; None: as of the unit above."""
    if without_accents is None:
        SmsStyle.objects.filter(unit=unit).delete()
    else:
        SmsStyle.objects.update_or_create(unit=unit, defaults={"without_accents": without_accents})
    journal.record(
        chain=PUBLIC_CHAIN,
        kind="notices.sms_style_set",
        subject=f"unit:{unit.pk}",
        facts={"without_accents": without_accents},
        actor_id=officer.user_id,
        at=timezone.now(),
    )


def _record(officer: Officer, kind: str, event: Event, channel: Channel, facts: dict[str, object]) -> None:
    journal.record(
        chain=PUBLIC_CHAIN,
        kind=kind,
        subject=f"wording:{event.name}.{channel}",
        facts=facts,
        actor_id=officer.user_id,
        at=timezone.now(),
    )
