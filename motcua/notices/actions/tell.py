"""From an entry of a dossier's journal to rows in the queue (R30; NĐ 61/2018 Đ.19.9, Đ.20.4)."""

from collections.abc import Iterator

from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.notices import queries
from motcua.notices.choices import Audience, Channel, Reason, State
from motcua.notices.events import EVENTS, Event, event_of
from motcua.notices.facts import Occasion, occasion, values
from motcua.notices.models import Message
from motcua.notices.render import render
from motcua.notices.ways import hindrance
from motcua.people import queries as people
from motcua.people.models import Role, Unit, User
from motcua.rules.sms import without_accents
from motcua.rules.workflow import Action

SUBJECT, RECIPIENT = 200, 254
"""As many letters as a column has."""
MARK = "[Mô phỏng] "
"""Before every word about a dossier of nobody."""


def tell(entry: Entry, dossier: Dossier) -> None:
    """Queue what there is to say. In the caller's transaction; a second time it does nothing."""
    if Message.objects.filter(entry=entry).exists():
        return
    told = occasion(entry, dossier)
    event = event_of(told.action, told.facts, told.before)
    if event is None:
        return
    if event.audience is Audience.OFFICERS:
        rows = list(_own_messages(event, told))
    else:
        _withdraw_calls(told)
        rows = _letters(event, told)
    # Another worker may be at the same entry: what it was quicker with stays.
    Message.objects.bulk_create(rows, ignore_conflicts=True)


# -- citizens -----------------------------------------------------------------------------------
def _letters(event: Event, told: Occasion) -> list[Message]:
    """A row for each address there is, sent or not, and a call where none of them reaches the citizen."""
    filled, dossier = values(event, told), told.dossier
    moot = queries.is_moot(event, told.entry)
    rows = []
    for channel, recipient in ((Channel.MAIL, dossier.email), (Channel.SMS, dossier.phone)):
        if recipient:
            row = _row(event, told, channel, recipient, filled)
            row.reason = row.reason or (Reason.OUTDATED if moot else hindrance(channel, recipient, dossier))
            row.state = State.SKIPPED if row.reason else State.QUEUED
            rows.append(row)
    if event.must_hear and not moot and all(row.state == State.SKIPPED for row in rows):
        call = _row(event, told, Channel.CALL, dossier.phone, filled)
        call.reason = Reason.NO_ADDRESS if not rows else rows[-1].reason
        rows.append(call)
    return rows


def _row(event: Event, told: Occasion, channel: Channel, recipient: str, filled: dict[str, str]) -> Message:
    """A message in the words in force now. What a person says over the telephone is the SMS, with its accents."""
    written = Channel.SMS if channel is Channel.CALL else channel
    said = queries.words(event, written)
    text = render(said.text, filled)
    if told.dossier.is_simulated:
        text = MARK + text
    if channel is Channel.SMS and queries.without_accents(told.dossier.unit):
        text = without_accents(text)
    row = _blank(event, told, channel)
    row.recipient = recipient[:RECIPIENT]
    row.subject = " ".join(render(said.subject, filled).split())[:SUBJECT]
    row.text = text
    if channel is not Channel.CALL and not said.is_on:
        row.reason = Reason.TURNED_OFF
    return row


def call_instead(message: Message) -> None:
    """A message was given up: somebody calls, unless another way is still open or was good."""
    event = EVENTS.get(message.event)
    hopeful = Message.objects.filter(
        entry=message.entry_id, state__in=[State.QUEUED, State.FAILED, State.SENT]
    )
    if event is None or not event.must_hear or hopeful.exists():
        return
    dossier = Dossier.objects.select_related("unit", "version").get(pk=message.dossier_id)
    told = occasion(message.entry, dossier)
    if queries.is_moot(event, message.entry):
        return
    call = _row(event, told, Channel.CALL, dossier.phone, values(event, told))
    call.reason = message.reason
    Message.objects.bulk_create([call], ignore_conflicts=True)


def _withdraw_calls(told: Occasion) -> None:
    """Calls that nobody made yet, and that this act makes untrue."""
    waiting = Message.objects.filter(
        dossier=told.dossier, channel=Channel.CALL, state=State.QUEUED, entry__lt=told.entry.pk
    )
    untrue = [call.pk for call in waiting if _ends(told.action, call.event)]
    Message.objects.filter(pk__in=untrue).update(state=State.SKIPPED, reason=Reason.OUTDATED)


def _ends(action: Action, event: str) -> bool:
    return event in EVENTS and action in EVENTS[event].moot_after


# -- officers -----------------------------------------------------------------------------------
def _own_messages(event: Event, told: Occasion) -> Iterator[Message]:
    """For each who must know, except who did it himself: laid on the page at once, so it counts as sent."""
    said = queries.words(event, Channel.INBOX)
    if not said.is_on:
        return
    filled = values(event, told)
    for user in _officers(event, told):
        row = _blank(event, told, Channel.INBOX)
        row.recipient, row.officer = f"officer:{user.pk}", user
        row.subject = render(said.subject, filled)[:SUBJECT]
        row.text = render(said.text, filled)
        row.state, row.sent_at = State.SENT, row.created_at
        yield row


def _officers(event: Event, told: Occasion) -> list[User]:
    """The head of the desk and of the agency that holds it (R22); of an assignment, who got it; of a question, all who
    can answer it; of papers sent online, the counter.
    """
    holder, assignee = told.facts["holder"]
    if event.name == Action.ASSIGN:
        found = list(User.objects.filter(pk=assignee, is_active=True))
    elif event.name == Action.CONSULT:
        asked = Unit.objects.filter(code=told.facts.get("to", ""))
        found = people.desk_officers(asked.values_list("pk", flat=True))
    elif event.name == Action.SUBMIT_SUPPLEMENT:
        found = people.holders(told.dossier.unit_id, Role.CLERK)
    else:
        units = {holder, told.dossier.unit_id} if event.name == Action.LATE_ANSWER else {holder}
        found = [user for unit in sorted(units) for user in people.holders(unit, Role.LEADER)]
    return list({user.pk: user for user in found if user.pk != told.entry.actor_id}.values())


def _blank(event: Event, told: Occasion, channel: Channel) -> Message:
    unit: Unit = told.dossier.unit
    return Message(entry=told.entry, dossier=told.dossier, unit=unit, event=event.name, channel=channel)
