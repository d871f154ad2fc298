"""The one queue of messages, the province's own words for them, and how its SMS are written."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.journal.models import Entry
from motcua.notices.choices import MACHINES, Channel, Reason, State
from motcua.notices.events import EVENTS
from motcua.notices.masks import masked
from motcua.people.models import Unit, User


class Message(models.Model):
    """What somebody is told, why, and how far it has come.

    The worker leases what it sends, as it does reactions: one conditional update, and a lease that runs out when it
    dies. So a message may, after a kill in the wrong second, be sent twice; its reference is the same both times.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    """The journal's entry that gave the occasion."""
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="messages")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The desk that received the dossier, and calls if nothing else reaches the citizen."""
    event = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=Channel)
    recipient = models.CharField(max_length=254, default="")
    """A mail address or a telephone number; of an officer's own message `officer:ID`. Shown masked."""
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=200, default="")
    text = models.TextField()
    """As it was rendered for this occasion; later words of the province do not touch it."""
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=20, choices=Reason, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    """Not before; while leased, the moment the lease runs out."""
    last_error = models.CharField(max_length=40, default="")
    """The kind of error only: its text may name a person."""
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    """Handed to the mail server or gateway; of an own message, laid on the page; of a call, made."""
    read_at = models.DateTimeField(null=True)
    """Of an officer's own message."""
    called_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "channel", "recipient"], name="notices_message_once"),
            models.CheckConstraint(
                condition=models.Q(state=State.SENT, sent_at__isnull=False)
                | ~models.Q(state=State.SENT) & models.Q(sent_at=None),
                name="notices_sent_at_with_its_state",
                violation_error_message=_("Tin đã gửi phải có lúc gửi."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=[State.QUEUED, State.FAILED], channel__in=list(MACHINES)),
                name="notices_to_be_sent",
            ),
            models.Index(
                fields=["unit", "id"],
                condition=models.Q(state=State.QUEUED, channel=Channel.CALL),
                name="notices_to_be_called",
            ),
            models.Index(
                fields=["officer", "id"],
                condition=models.Q(officer__isnull=False),
                name="notices_inbox",
            ),
            models.Index(fields=["state", "id"], name="notices_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.event} by {self.channel} ({self.state})"

    @property
    def reference(self) -> str:
        """The same at every attempt, so that a double can be recognised as one."""
        return f"{self.pk}.{self.entry_id}"

    @property
    def label(self) -> str:
        """What it is about; the bare name of an event that this version does not know."""
        event = EVENTS.get(self.event)
        return str(event.label) if event else self.event

    @property
    def can_retry(self) -> bool:
        """Whether trying again may change anything: it was given up, or settings were missing."""
        not_set = self.state == State.SKIPPED and self.reason in (Reason.MAIL_NOT_SET, Reason.SMS_NOT_SET)
        return bool(self.text) and (self.state == State.GIVEN_UP or not_set)

    @property
    def masked(self) -> str:
        return masked(self.recipient)


class Wording(models.Model):
    """The province's own words for an event on a channel, from one moment to another; without one, the code's."""

    event = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=Channel)
    subject = models.CharField(max_length=150, default="")
    text = models.TextField()
    is_on = models.BooleanField(default=True)
    """False: the province does not send this."""
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "channel"],
                condition=models.Q(valid_to=None),
                name="notices_one_wording_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} by {self.channel} since {self.valid_from:%Y-%m-%d}"


class SmsStyle(models.Model):
    """How the SMS of a unit, and of those below it that have no choice of their own, are written."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+")
    without_accents = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.unit_id}: {'without' if self.without_accents else 'with'} accents"


class Audience(models.TextChoices):
    PORTAL = "portal", _("Người dân")
    DESK = "desk", _("Cán bộ")
    BOTH = "both", _("Người dân và cán bộ")


class Announcement(models.Model):
    """What a unit tells citizens, officers or both, its own and those of all units below it, for some days."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="announcements")
    title = models.CharField(max_length=150)
    body = models.TextField(max_length=2000)
    """Plain text; an address in it that begins with http is shown as a link."""
    audience = models.CharField(max_length=10, choices=Audience)
    first_day = models.DateField()
    last_day = models.DateField()
    """Both included."""
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="notices_announcement_ends_after_it_begins",
                violation_error_message=_("Ngày cuối không được trước ngày đầu."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "last_day"],
                condition=models.Q(withdrawn_at=None),
                name="notices_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.title}"

    def has_begun(self, today: date) -> bool:
        return self.first_day <= today

    def is_over(self, today: date) -> bool:
        """It will not be shown again."""
        return self.withdrawn_at is not None or self.last_day < today
