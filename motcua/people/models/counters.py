"""The counters of a one-stop desk, and who sits at which (NĐ 61/2018 Đ.7, 11; TT 01/2018 Đ.20)."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.models.officers import User
from motcua.people.models.units import Field, Unit


class DeskCounter(models.Model):
    """A counter (quầy) of a unit's desk, by the number on its sign."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, default="", blank=True)
    fields = models.ManyToManyField(Field, blank=True, related_name="counters")
    """The desk's fields it serves; none: all of them."""
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                name="people_counter_number_once",
                violation_error_message=_("Số quầy này đã có."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.number}"


class CounterDuty(models.Model):
    """Who sits at a counter: every week on a weekday, or on one date, which wins over the weekday."""

    counter = models.ForeignKey(DeskCounter, models.CASCADE, related_name="duties")
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="duties")
    """Null, for a date only: nobody, the counter is shut."""
    weekday = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(6)])
    """0 = Monday."""
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__isnull=True, day__isnull=False)
                | models.Q(weekday__isnull=False, weekday__lte=6, day__isnull=True, officer__isnull=False),
                name="people_duty_on_a_weekday_or_a_day",
                violation_error_message=_("Chọn một thứ trong tuần hoặc một ngày."),
            ),
            models.UniqueConstraint(
                fields=["counter", "weekday"],
                condition=models.Q(weekday__isnull=False),
                name="people_duty_once_a_weekday",
            ),
            models.UniqueConstraint(
                fields=["counter", "day"],
                condition=models.Q(day__isnull=False),
                name="people_duty_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter_id}: {self.day or self.weekday} {self.officer_id}"
