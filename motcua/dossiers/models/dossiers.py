"""A dossier, its way, and every move it made.

The columns that lists and counts read (due_at, step_due_at, punctuality …) are decided once, by the rules,
and stored: a list, a badge and a statistic cannot disagree.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import ProcedureVersion, Route
from motcua.dossiers.choices import Channel, Outcome, ReturnMethod, values
from motcua.people.models import Person, Role, Unit, User
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind


class Dossier(models.Model):
    code = models.CharField(max_length=50, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers")
    """Whose desk received it; it stays this unit's when units merge."""
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="dossiers")
    """The procedure as published on the day of reception."""
    route = models.ForeignKey(Route, models.PROTECT, related_name="dossiers")
    """The internal process in use at the unit at that moment."""
    register_year = models.PositiveSmallIntegerField()
    register_number = models.PositiveIntegerField()

    applicant = models.ForeignKey(Person, models.PROTECT, related_name="dossiers")
    applicant_name = models.CharField(max_length=120)
    """As written on the day; what is known of the person may change later."""
    applicant_address = models.CharField(max_length=200, default="")
    submitter_name = models.CharField(max_length=120, default="")
    """Who brought it, when it was somebody else."""
    phone = models.CharField(max_length=20, default="")
    email = models.EmailField(default="")
    search = models.CharField(max_length=200, default="")
    """Name and code, lower case, without accents."""

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.DIRECT)
    return_method = models.CharField(max_length=10, choices=ReturnMethod, default=ReturnMethod.DESK)
    sets = models.PositiveSmallIntegerField(default=1)
    """How many sets of papers (số bộ hồ sơ)."""
    note = models.TextField(default="")

    limit = models.CharField(max_length=40)
    """The limit that the law set on the day, typed (rules.limits)."""
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """The law's due time; no form, no import of a running dossier, no API sets it."""
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    counted_from = models.DateTimeField()
    """From when the limit counts: the reception, or the day the supplement came (R14)."""
    paused_at = models.DateTimeField(null=True)
    """Since when the clock stands still, waiting for the citizen; null: it runs."""
    supplements = models.PositiveSmallIntegerField(default=0)
    """How often a supplement was asked; more than one is counted against the unit."""
    appointment_at = models.DateTimeField(null=True)
    """The new date given with an apology (Mẫu 04); `due_at` stays the law's, and with it the lateness."""
    apologised_at = models.DateTimeField(null=True)
    """When the apology for being late was signed."""
    apology_waived = models.BooleanField(default=False)
    """Finished late without an apology at the leader's word: a fault that shows (R26)."""
    local_due_at = models.DateTimeField(null=True)
    """Of an interlinked dossier: when the receiving unit's own first part is due."""
    unscanned = models.PositiveSmallIntegerField(default=0)
    """Papers received that are still to be digitised (R07)."""
    punctuality = models.CharField(max_length=10, default="", choices=values(Punctuality))
    """Decided once, when it is finished (R15); empty until then."""
    outcome = models.CharField(max_length=10, default="", choices=Outcome)
    state = models.CharField(max_length=20, choices=values(State))

    step = models.ForeignKey("Step", models.PROTECT, null=True, related_name="+")
    """The open step; null when the dossier is closed."""
    step_kind = models.CharField(max_length=20, default="", choices=values(StepKind))
    step_due_at = models.DateTimeField(null=True)
    holder_unit = models.ForeignKey(Unit, models.PROTECT, related_name="held_dossiers")
    assignee = models.ForeignKey(User, models.PROTECT, null=True, related_name="assigned_dossiers")
    field = models.ForeignKey("people.Field", models.PROTECT)
    """The procedure's field, for work lists by field."""

    revision = models.PositiveIntegerField(default=0)
    """Counted up at each act; a page that saw another number is out of date."""
    is_simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    on_behalf_of: int | None = None
    """No column: for whom the act in progress is done (`permit` says it, `write` tells the journal; R20)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "register_year", "register_number"], name="dossiers_register_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(finished_at__gte=models.F("received_at")),
                name="dossiers_finished_after_received",
                violation_error_message=_("Hồ sơ không thể có kết quả trước khi được tiếp nhận."),
            ),
            models.CheckConstraint(
                condition=models.Q(returned_at=None)
                | models.Q(finished_at__isnull=False, returned_at__gte=models.F("finished_at")),
                name="dossiers_returned_after_finished",
                violation_error_message=_("Không thể trả kết quả trước khi có kết quả."),
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at=None, punctuality="")
                | ~models.Q(finished_at=None) & ~models.Q(punctuality=""),
                name="dossiers_punctuality_with_the_finish",
                violation_error_message=_("Đúng hạn hay trễ hạn được quyết định một lần, khi có kết quả."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.WAITING.value, paused_at__isnull=False)
                | ~models.Q(state=State.WAITING.value) & models.Q(paused_at=None),
                name="dossiers_clock_stands_while_waiting",
                violation_error_message=_("Thời hạn chỉ dừng khi chờ người nộp bổ sung."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder_unit", "step_kind", "step_due_at", "id"],
                condition=models.Q(step_due_at__isnull=False),
                name="dossiers_work_of_unit",
            ),
            models.Index(
                fields=["assignee", "step_due_at", "id"],
                condition=models.Q(step_due_at__isnull=False),
                name="dossiers_work_of_officer",
            ),
            models.Index(
                fields=["unit", "due_at"], condition=models.Q(finished_at=None), name="dossiers_open_of_unit"
            ),
            models.Index(
                fields=["unit", "state", "step_kind", "due_at"],
                condition=models.Q(returned_at=None),
                name="dossiers_at_desk",
            ),
            models.Index(fields=["unit", "received_at", "version"], name="dossiers_received_by_unit"),
            models.Index(
                fields=["unit", "id"], condition=models.Q(unscanned__gt=0), name="dossiers_to_be_scanned"
            ),
            models.Index(
                fields=["unit", "due_at"],
                condition=models.Q(apologised_at=None, punctuality=Punctuality.LATE.value),
                name="dossiers_late_no_apology",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Step(models.Model):
    """One stretch of the dossier's way: in whose hands, from when, due when."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    """In the route; a step that is done again has the same position."""
    kind = models.CharField(max_length=20, choices=values(StepKind))
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT)
    assignee = models.ForeignKey(User, models.PROTECT, null=True)
    minutes = models.PositiveIntegerField()
    """Its share of the whole, in working minutes (R13)."""
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    punctuality = models.CharField(max_length=10, default="", choices=values(Punctuality))
    leg = models.ForeignKey("Leg", models.CASCADE, null=True, related_name="steps")
    """The agency's stretch it belongs to; null where the dossier never leaves its unit."""
    field = models.ForeignKey("people.Field", models.PROTECT)
    """Whose specialists do it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(closed_at=None), name="dossiers_one_open_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.position} {self.kind}"


class Leg(models.Model):
    """One agency's stretch of an interlinked dossier: with a clock and a punctuality of its own (R23, R24)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="legs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    """Of its first step in the route."""
    minutes = models.PositiveIntegerField()
    """Its share of the whole, in working minutes."""
    sent_by = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    """Null: sent, and the agency has not said yet that it has it."""
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    punctuality = models.CharField(max_length=10, default="", choices=values(Punctuality))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(closed_at=None), name="dossiers_one_open_leg"
            ),
        ]
        indexes = [models.Index(fields=["unit", "dossier"], name="dossiers_legs_of_unit")]

    def __str__(self) -> str:
        return f"{self.dossier_id} at {self.unit_id}"


class Move(models.Model):
    """One act: who, when, from whom to whom. Written with its journal entry, in the same transaction."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="moves")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=20, choices=values(Action))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    from_step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="+")
    to_step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="+")
    words = models.TextField(default="")
    """Note or reason. The journal has its digest only."""
    salt = models.CharField(max_length=32, default="")
    entry_id = models.BigIntegerField()
    """The journal's entry of this act."""

    on_behalf_name = assigned_name = ""
    """No columns: for whom `by` stood in, and to whom it was given; from the entry (`queries.moves`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossiers_move_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number} {self.action}"
