"""The chain of entries, its head in each unit, its daily seals, who read what, and the reactions still owed."""

import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that happened. Never changed, never deleted: the data base itself refuses both."""

    chain = models.CharField(max_length=20)
    """The unit's statistical code: each unit has a chain of its own."""
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    """What it is about, as `room:id`."""
    facts = models.TextField()
    """Canonical JSON, exactly the bytes that were hashed."""
    actor_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    """When it happened."""
    recorded_at = models.DateTimeField()
    """When we wrote it down; much later than `at` is a signal."""
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="journal_entry_number_once"),
        ]
        indexes = [models.Index(fields=["subject", "id"], name="journal_entry_subject")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.kind} {self.subject}"

    def read_facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.facts)
        return facts


class Head(models.Model):
    """The last entry of a chain; locking it is what makes numbers follow one another."""

    chain = models.CharField(primary_key=True, max_length=20)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.chain}/{self.number}"


class Reaction(models.Model):
    """One handler that must hear of one entry: an outbox row, written in the entry's transaction.

    A worker leases it for a while; if the worker dies the lease runs out and another takes it. A handler
    can run twice, so it must do no harm when it does.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="reactions")
    handler = models.CharField(max_length=60)
    due_at = models.DateTimeField(default=timezone.now)
    """Not before; while leased, the moment the lease runs out."""
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    """Given up after the last attempt: a person must look (oversight shows these)."""
    last_error = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "handler"], name="journal_reaction_once"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at=None, failed_at=None),
                name="journal_reaction_owed",
            ),
            models.Index(
                fields=["failed_at"],
                condition=models.Q(failed_at__isnull=False),
                name="journal_reaction_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} of {self.entry_id}"


class Periodic(models.Model):
    """Work that comes back by the clock; the row is its next turn, leased like a reaction."""

    name = models.CharField(primary_key=True, max_length=60)
    due_at = models.DateTimeField(default=timezone.now)
    ran_at = models.DateTimeField(null=True)
    """When it last ended well."""
    last_error = models.CharField(max_length=300, default="")

    def __str__(self) -> str:
        return self.name


class SealedDay(models.Model):
    """A day of the whole province, closed: one hash over where every chain stood when it ended, and over the day before.

    Never changed, never deleted, and no day is left out, also when nothing happened: a gap can't hide.
    """

    day = models.DateField(unique=True)
    previous_root = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    """SHA-256 of the day's file, byte for byte (journal.seal_text)."""
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day} {self.root[:8]}"


class Seal(models.Model):
    """Where one chain stood when a day ended: its last entry, and that entry's hash."""

    day = models.ForeignKey(SealedDay, models.PROTECT, related_name="seals")
    chain = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "chain"], name="journal_seal_once")]
        indexes = [models.Index(fields=["chain", "-id"], name="journal_seal_of_chain")]

    def __str__(self) -> str:
        return f"{self.chain}/{self.number}"


class ReadingSeal(models.Model):
    """Who opened what in a unit's name on a day: how often, and one hash over all of it (journal.sealed_readings)."""

    day = models.ForeignKey(SealedDay, models.PROTECT, related_name="readings")
    unit_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "unit_id"], name="journal_reading_seal_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.count}"


class Doubt(models.Model):
    """A place where the journal was found not to hold, by whoever looked; a supervisor hears of it."""

    chain = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=40, default="")
    """Whose entry it is; empty where nobody can say."""
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number", "subject"], name="journal_doubt_once")
        ]

    def __str__(self) -> str:
        return f"{self.chain}/{self.number} {self.subject}"


class Relation(models.TextChoices):
    """What the reader's unit had to do with it when it was read."""

    HOLDS = "holds", _("Đang thụ lý")
    RECEIVED = "received", _("Nơi tiếp nhận")
    TOOK_PART = "took_part", _("Ngoài đơn vị thụ lý")
    WATCHES = "watches", _("Cấp trên giám sát")


class Reading(models.Model):
    """Somebody opened something (NĐ 61/2018 Đ.5; R27). Never changed, never deleted.

    One row for an officer and a subject in ten minutes, whatever was opened in them.
    """

    officer_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    """In which unit's name."""
    relation = models.CharField(max_length=10, choices=Relation)
    subject = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    """The name of the page's address: `dossier`, `file`, `receipt` …"""
    at = models.DateTimeField()
    slot = models.BigIntegerField()
    """Which ten minutes since 1970."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "officer_id", "slot"], name="journal_reading_once")
        ]
        indexes = [
            models.Index(fields=["subject", "id"], name="journal_readings_of_subject"),
            models.Index(fields=["at", "id"], name="journal_readings_of_day"),
            models.Index(
                fields=["id"],
                condition=models.Q(relation="took_part"),
                name="journal_readings_outside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.kind} {self.subject}"
