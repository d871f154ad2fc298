"""Reading: what is queued, what an officer was told, who must be called, and in which words."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.notices.choices import MACHINES, Channel, Reason, State
from motcua.notices.events import EVENTS, Event
from motcua.notices.models import Message, SmsStyle, Wording
from motcua.people.models import Unit
from motcua.people.succession import answered_by


@dataclass(frozen=True, slots=True)
class Words:
    """What is said now for an event on a channel."""

    subject: str
    text: str
    is_on: bool = True
    is_own: bool = False
    """The province's, not the code's."""


def words(event: Event, channel: Channel) -> Words:
    own = Wording.objects.filter(event=event.name, channel=channel, valid_to=None).first()
    return _words(event, channel, own)


def all_words() -> list[tuple[Event, Channel, Words]]:
    """Every event on every channel it has, in the order of the table, in one query."""
    own = {(row.event, row.channel): row for row in Wording.objects.filter(valid_to=None)}
    return [
        (event, channel, _words(event, channel, own.get((event.name, channel.value))))
        for event in EVENTS.values()
        for channel in event.drafts
    ]


def _words(event: Event, channel: Channel, own: Wording | None) -> Words:
    if own is not None:
        return Words(own.subject, own.text, own.is_on, is_own=True)
    draft = event.drafts[channel]
    return Words(draft.subject, draft.text)


WITHOUT_ACCENTS = True
"""Where nobody has chosen: three times cheaper, and every telephone shows it."""


def without_accents(unit: Unit) -> bool:
    """How the SMS of a unit are written: its own choice, else that of the nearest unit above it."""
    codes = unit.path.rstrip(".").split(".")
    chosen = SmsStyle.objects.filter(unit__code__in=codes).order_by("-unit__path")
    nearest = sorted(chosen.values_list("unit__path", "without_accents"), key=lambda row: len(row[0]))
    return nearest[-1][1] if nearest else WITHOUT_ACCENTS


def is_moot(event: Event, entry: Entry) -> bool:
    """Whether the dossier has gone on, and what the entry gave to say is not true or not worth a message any more."""
    kinds = [f"dossier.{action}" for action in event.moot_after]
    return bool(kinds) and (
        Entry.objects.filter(subject=entry.subject, pk__gt=entry.pk, kind__in=kinds).exists()
    )


def inbox(user_id: int) -> QuerySet[Message]:
    """An officer's own messages, to be ordered by id, newest first."""
    return Message.objects.filter(officer=user_id).select_related("dossier")


def unread(user_id: int) -> int:
    return Message.objects.filter(officer=user_id, read_at=None).count()


def calls(unit_id: int) -> QuerySet[Message]:
    """Whom the desk must call or tell in another way, to be ordered by id."""
    ours = answered_by(unit_id)
    return Message.objects.filter(unit__in=ours, channel=Channel.CALL, state=State.QUEUED)


def about(dossier: Dossier) -> list[Message]:
    """What the citizen was told about a dossier, newest first, at most twenty."""
    told = Message.objects.filter(dossier=dossier).exclude(channel=Channel.INBOX)
    return list(told.select_related("called_by").order_by("-pk")[:20])


def queue() -> QuerySet[Message]:
    """What machines send, to be ordered by id."""
    return Message.objects.filter(channel__in=MACHINES).select_related("dossier", "unit")


RETRIABLE = (
    Q(channel__in=MACHINES)
    & ~Q(text="")
    & (Q(state=State.GIVEN_UP) | Q(state=State.SKIPPED, reason__in=[Reason.MAIL_NOT_SET, Reason.SMS_NOT_SET]))
)
"""As Message.can_retry: a server was mended, settings were made."""


def anything_to_retry() -> bool:
    return Message.objects.filter(RETRIABLE).exists()


def queue_counts() -> dict[str, int]:
    rows = Message.objects.filter(channel__in=MACHINES).values("state").annotate(n=Count("pk")).order_by()
    return {row["state"]: row["n"] for row in rows}
