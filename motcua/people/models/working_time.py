"""When offices are open: hours with validity, corrections of the public calendar, closures (R10)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.models.units import Unit


class OfficeHours(models.Model):
    """One span of work on one weekday. A unit without hours of its own has those of the unit above it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    """0 = Monday."""
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    first_month = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    last_month = models.PositiveSmallIntegerField(
        default=12, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    """A season: the span holds in these months of each year, both included."""
    source = models.CharField(max_length=120, default="")

    class Meta:
        verbose_name_plural = "office hours"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="people_hours_close_after_opening",
                violation_error_message=_("Giờ đóng cửa phải sau giờ mở cửa."),
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="people_hours_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class DayKind(models.TextChoices):
    OFF = "off", _("Ngày nghỉ")
    WORKING = "working", _("Ngày làm bù")


class CalendarDay(models.Model):
    """A correction of the public calendar: the holidays library is the seed, this table has the last word."""

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=10, choices=DayKind)
    name = models.CharField(max_length=120)
    """Why: the holiday's name or the decision's number; shown in explanations."""

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.name}"


class Closure(models.Model):
    """A unit's own closure, half a day or more (flood, move of the office)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="closures")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="people_closure_ends_after_it_starts",
                violation_error_message=_("Giờ kết thúc phải sau giờ bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.reason}"


class CalendarStamp(models.Model):
    """One row, new at each change of hours, days or closures: processes compare it to their copy.

    Not a counter: a number that was rolled back would come again with another meaning.
    """

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
