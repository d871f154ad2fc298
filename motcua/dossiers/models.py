"""A dossier, what it is made of, and every move it made.

The columns that lists and counts read (due_at, step_due_at, punctuality …) are decided once, by the rules,
and stored: a list, a badge and a statistic cannot disagree.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import PaperKind, PaperRequirement, ProcedureVersion, Route
from motcua.dossiers.choices import Channel, LateReason, Outcome, ReturnMethod, SupplementPolicy
from motcua.files.models import StoredFile
from motcua.people.models import Person, Role, Unit, User
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action, State, StepKind


def _choices(values: type[State | StepKind | Action | Punctuality]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


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
    punctuality = models.CharField(max_length=10, default="", choices=_choices(Punctuality))
    """Decided once, when it is finished (R15); empty until then."""
    outcome = models.CharField(max_length=10, default="", choices=Outcome)
    state = models.CharField(max_length=20, choices=_choices(State))

    step = models.ForeignKey("Step", models.PROTECT, null=True, related_name="+")
    """The open step; null when the dossier is closed."""
    step_kind = models.CharField(max_length=20, default="", choices=_choices(StepKind))
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
    kind = models.CharField(max_length=20, choices=_choices(StepKind))
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT)
    assignee = models.ForeignKey(User, models.PROTECT, null=True)
    minutes = models.PositiveIntegerField()
    """Its share of the whole, in working minutes (R13)."""
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    punctuality = models.CharField(max_length=10, default="", choices=_choices(Punctuality))
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
    punctuality = models.CharField(max_length=10, default="", choices=_choices(Punctuality))

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
    action = models.CharField(max_length=20, choices=_choices(Action))
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


class ReceivedPaper(models.Model):
    """A paper that was handed in or shown, ticked from the published list (R02)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="papers")
    requirement = models.ForeignKey(PaperRequirement, models.PROTECT)
    kind = models.CharField(max_length=10, choices=PaperKind)
    number = models.PositiveSmallIntegerField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """Its digital copy; null: still to be scanned, or not to be (R07)."""
    unscannable = models.CharField(max_length=200, default="")
    """Why it cannot be scanned here (large format, bound); then it is no debt."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "requirement"], name="dossiers_paper_once"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="dossiers_paper_at_least_one",
                violation_error_message=_("Giấy tờ đã nhận phải có ít nhất 1 bản."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} × {self.requirement_id}"


class Attachment(models.Model):
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    move = models.ForeignKey(Move, models.CASCADE, related_name="attachments")

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.file_id}"


class Counter(models.Model):
    """The last number given out of a series: of a unit on a day (code), or in a year (register)."""

    unit = models.ForeignKey(Unit, models.CASCADE)
    series = models.CharField(max_length=10)
    """ISO date, or the year."""
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "series"], name="dossiers_counter_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.series}: {self.last}"


class Supplement(models.Model):
    """What the citizen was asked for, once and in full (NĐ 61/2018 Đ.19.4, Mẫu 02), and when it came."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="asked")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    permitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Of a second one: the leader."""
    permission = models.TextField(default="")
    """The leader's reason, for or against."""
    declined_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    """Null: proposed only."""
    ask_by = models.DateTimeField(null=True)
    """Until when it could be asked in time."""
    is_late = models.BooleanField(default=False)
    """Asked after `ask_by`."""
    policy = models.CharField(max_length=10, choices=SupplementPolicy)
    position = models.PositiveSmallIntegerField()
    """Of the step in the route that asked, where the dossier goes on."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Which agency asked."""
    lapses_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    """When the applicant sent all of it online; the desk has not looked yet, or has accepted it. Null: nothing sent."""
    answered_at = models.DateTimeField(null=True)
    """When the complete dossier was back: brought to the desk, or sent online and found right."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossiers_supplement_number_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(answered_at=None, declined_at=None),
                name="dossiers_one_supplement_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lapses_at"],
                condition=models.Q(answered_at=None, asked_at__isnull=False),
                name="dossiers_supplement_lapses",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: supplement {self.number}"


class SupplementItem(models.Model):
    """One paper of the published list that is missing or wrong, and what is wrong with it (R02)."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="items")
    requirement = models.ForeignKey(PaperRequirement, models.PROTECT)
    reason = models.CharField(max_length=300)
    brought = models.BooleanField(default=False)
    upload = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """What the applicant put there online; a draft until it is submitted."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplement", "requirement"], name="dossiers_supplement_item_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplement_id}: {self.requirement_id}"


class TurnedAway(models.Model):
    """Somebody whose papers could not be received: what was missing (Mẫu 02) or why not (Mẫu 03). No dossier, no clock."""

    class Kind(models.TextChoices):
        INCOMPLETE = "incomplete", _("Chưa đủ giấy tờ")
        REFUSED = "refused", _("Từ chối tiếp nhận")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    applicant_name = models.CharField(max_length=120)
    applicant_address = models.CharField(max_length=200, default="")
    phone = models.CharField(max_length=20, default="")
    email = models.EmailField(default="")
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="dossiers_turned_away_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.number}/{self.year}"


class MissingPaper(models.Model):
    """A paper that one who was turned away still has to bring."""

    turned_away = models.ForeignKey(TurnedAway, models.CASCADE, related_name="missing")
    requirement = models.ForeignKey(PaperRequirement, models.PROTECT)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.turned_away_id}: {self.requirement_id}"


class Apology(models.Model):
    """Mẫu 04: drafted by the software in time, signed by the leader of the agency that holds the dossier (Đ.19.9)."""

    class Cause(models.TextChoices):
        """QĐ 3461/QĐ-UBND (Huế, 2016) names them."""

        LATE = "late", _("Giải quyết trễ hạn")
        SUPPLEMENT_AGAIN = "supplement", _("Yêu cầu bổ sung nhiều lần")
        WRONG_RESULT = "wrong_result", _("Kết quả sai do lỗi của cơ quan")
        LOST_PAPER = "lost_paper", _("Làm mất giấy tờ")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="apologies")
    cause = models.CharField(max_length=20, choices=Cause)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The agency that apologises."""
    reason = models.CharField(max_length=20, choices=LateReason, default=LateReason.WORKLOAD)
    text = models.CharField(max_length=500, default="")
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Null: the software."""
    drafted_at = models.DateTimeField()
    sign_by = models.DateTimeField()
    """The last moment at which it is signed in time: one working day before the limit ends."""
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField(null=True)
    """Proposed by the clock; null when the result is there already."""
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    """The dossier was finished in time after all."""

    class Meta:
        verbose_name_plural = "apologies"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "cause"],
                condition=models.Q(dropped_at=None, cause="late"),
                name="dossiers_one_apology_for_lateness",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "sign_by"],
                condition=models.Q(signed_at=None, dropped_at=None),
                name="dossiers_apology_to_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.cause}"


class Consultation(models.Model):
    """A question or a task for another agency while the dossier stays where it is (R22, R23)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="consultations")
    number = models.PositiveSmallIntegerField()
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by_route = models.BooleanField(default=False)
    """Opened by the route (Đ.19.6), not asked by the specialist (Đ.19.5)."""
    question = models.TextField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)
    """When the head of the desk was told that no answer had come in time."""
    answer = models.TextField(default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    punctuality = models.CharField(max_length=10, default="", choices=_choices(Punctuality))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="dossiers_consultation_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "due_at", "id"],
                condition=models.Q(answered_at=None),
                name="dossiers_consultations_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: question {self.number}"


class Verification(models.Model):
    """A verification on the spot: where, when, who, what was found (Đ.19.3, R21)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="verifications")
    at = models.DateTimeField()
    place = models.CharField(max_length=200)
    people = models.CharField(max_length=300)
    content = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} at {self.place}"


class LostPaper(models.Model):
    """A paper of the dossier that was lost, and who answers for it (Đ.21, R32)."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="lost_papers")
    what = models.CharField(max_length=300)
    answers = models.ForeignKey(User, models.PROTECT, related_name="+")
    remedy = models.TextField()
    """What is done about it, at the agency's cost."""
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.what}"
