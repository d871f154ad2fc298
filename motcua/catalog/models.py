"""Procedures and their versions. What the source leaves empty stays empty; nothing is invented."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.fee_text import FeeState
from motcua.catalog.words import limit_words, price_words
from motcua.people.models import Field, Role, Unit
from motcua.rules.fees import WHOLE, Price
from motcua.rules.limits import Limit
from motcua.rules.workflow import StepKind


class Procedure(models.Model):
    """An administrative procedure (thủ tục hành chính), known by its national code for ever."""

    code = models.CharField(max_length=30, unique=True)
    is_own_code = models.BooleanField(default=False)
    """The national data base gave none in our source; the code is ours."""
    is_simulated = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What was published of a procedure, from one day to another. Dossiers point here; it never changes."""

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=400)
    name_search = models.CharField(max_length=400)
    """Lower case, without accents."""
    field = models.ForeignKey(Field, models.PROTECT)
    level = models.CharField(max_length=120, default="")
    limit_text = models.TextField(default="")
    """The source's own words."""
    limit = models.CharField(max_length=40, default="")
    """Typed (rules.limits); empty: not published, or not readable without guessing."""
    limit_confirmed = models.BooleanField(default=False)
    limit_note = models.CharField(max_length=300, default="")
    fee_text = models.TextField(default="")
    fee_state = models.CharField(max_length=10, default="", choices=[(v.value, v.value) for v in FeeState])
    """What is known of the fees: nothing, not readable without guessing, free, or listed in `fees` (R33)."""
    fee_note = models.CharField(max_length=300, default="")
    fee_decision = models.CharField(max_length=200, default="")
    """By which decision an administrator typed the fees; empty: as read from `fee_text`."""
    supplement_pauses = models.BooleanField(default=False)
    """The field's own law lets a supplement pause the clock; else it starts from the beginning (R14)."""
    supplement_notice_days = models.PositiveSmallIntegerField(default=3)
    """Working days from reception within which a supplement is asked in time (NĐ 61/2018 Đ.19.4)."""
    is_interlinked = models.BooleanField(null=True)
    source = models.TextField(default="")
    as_of = models.CharField(max_length=200, default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="catalog_version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(valid_to=None), name="catalog_one_version_now"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limit_label(self) -> str:
        """The limit as people read it, "chưa công bố" where there is none."""
        return limit_words(self.limit, confirmed=self.limit_confirmed)

    @property
    def typed_limit(self) -> Limit | None:
        return Limit.parse(self.limit) if self.limit else None


class PaperKind(models.TextChoices):
    ORIGINAL = "original", _("Bản chính")
    CERTIFIED = "certified", _("Bản chứng thực")
    COPY = "copy", _("Bản photo")


class PaperRequirement(models.Model):
    """A paper on the published list. None beyond it can be asked for (NĐ 61/2018 Đ.5.1.đ)."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.TextField()
    kind = models.CharField(max_length=10, choices=PaperKind)
    number = models.PositiveSmallIntegerField()
    to_show = models.BooleanField(default=False)
    """Shown at the desk and taken home again (xuất trình), not handed in."""
    is_note = models.BooleanField(default=False)
    """A sentence of explanation among the papers; nothing to tick."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="catalog_paper_position_once")
        ]

    def __str__(self) -> str:
        return self.name


class Fee(models.Model):
    """A published fee of a procedure version. Nothing beyond it can be charged (NĐ 61/2018 Đ.22)."""

    class Kind(models.TextChoices):
        PHI = "phi", _("Phí")
        LE_PHI = "le_phi", _("Lệ phí")
        UNSAID = "", _("Phí, lệ phí")

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UNSAID, blank=True)
    unit = models.CharField(max_length=80)
    """What the price is for one of: trang, bản, trường hợp …"""
    item = models.CharField(max_length=40, default="")
    """What the units are counted in and the most is for one of (bản); empty: the units are all there is."""
    price = models.PositiveIntegerField(null=True)
    """Đồng for a unit; null: another decision sets it and nobody has typed it yet, so it cannot be charged."""
    steps = models.JSONField(default=list)
    """[[from this unit of an item on, đồng a unit] …], ascending."""
    most = models.PositiveIntegerField(null=True)
    """Đồng at most for an item."""
    is_optional = models.BooleanField(default=False)
    """Owed only for what the person asks for beside the result (a copy more); else it is always owed."""
    confirmed = models.BooleanField(default=False)
    """The source is explicit, or an administrator typed it; what is not confirmed is not charged."""
    note = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="catalog_fee_position_once"),
            models.CheckConstraint(
                condition=models.Q(price__isnull=False) | models.Q(most=None, confirmed=False),
                name="catalog_fee_without_price_is_not_charged",
                violation_error_message=_("Khoản thu chưa có mức thì chưa thu được."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def typed_price(self) -> Price | None:
        if self.price is None:
            return None
        return Price(self.price, tuple((start, price) for start, price in self.steps), self.most)

    @property
    def can_be_charged(self) -> bool:
        return self.confirmed and self.price is not None

    @property
    def price_label(self) -> str:
        """2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản."""
        return price_words(self.typed_price, self.unit, self.item, confirmed=self.confirmed)


class FeeExemption(models.Model):
    """A published ground on which somebody pays nothing, or less."""

    fee = models.ForeignKey(Fee, models.CASCADE, related_name="exemptions")
    position = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=200)
    percent_off = models.PositiveSmallIntegerField(default=WHOLE)
    """Hundredths: 100 pays nothing."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fee", "position"], name="catalog_exemption_position_once"),
            models.CheckConstraint(
                condition=models.Q(percent_off__gte=1, percent_off__lte=WHOLE),
                name="catalog_exemption_percent",
                violation_error_message=_("Mức miễn, giảm phải từ 1 đến 100%."),
            ),
        ]

    def __str__(self) -> str:
        return self.ground

    @property
    def label(self) -> str:
        words = _("%(ground)s (miễn)") if self.percent_off == WHOLE else _("%(ground)s (giảm %(percent)d%%)")
        return words % {"ground": self.ground, "percent": self.percent_off}


class RouteStep(models.Model):
    """A step of the internal process: who, and how many working minutes of the whole (R13)."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="route")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in StepKind])
    role = models.CharField(max_length=20, choices=Role)
    minutes = models.PositiveIntegerField()
    agency = models.CharField(max_length=30, default="")
    """Where the step is done: empty, at the unit that received it; `district`, `province`: at the unit above it of
    that level; else the kind of agency (people.Unit.agency_kind) nearest above the receiving unit."""
    field = models.ForeignKey(Field, models.PROTECT, null=True)
    """The desk's field whose specialists do it; null: the procedure's own."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="catalog_route_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.kind}"


class RouteTask(models.Model):
    """Work that a step asks of another agency at the same time (NĐ 61/2018 Đ.19.6): its task and its own time."""

    step = models.ForeignKey(RouteStep, models.CASCADE, related_name="tasks")
    agency = models.CharField(max_length=30)
    """As RouteStep.agency."""
    task = models.CharField(max_length=300)
    minutes = models.PositiveIntegerField()
    """Working minutes from the opening of the step."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "agency"], name="catalog_route_task_once")]

    def __str__(self) -> str:
        return f"{self.step_id} {self.agency}"


class Offering(models.Model):
    """A procedure on a unit's list."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="offerings")
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="offerings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "procedure"], name="catalog_offering_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} × {self.procedure_id}"
