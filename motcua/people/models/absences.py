"""When an officer is away, and who stands in (R20)."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.people.models.officers import User
from motcua.people.models.units import Unit


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("Nghỉ phép")
    SICK = "sick", _("Nghỉ ốm, thai sản")
    MISSION = "mission", _("Đi công tác")
    TRAINING = "training", _("Học tập, tập huấn")
    OTHER = "other", _("Việc khác")


class Absence(models.Model):
    """An officer's absence from a unit; while it runs the substitute acts with all the roles held there.

    Absences of one officer in one unit do not overlap, and no substitute is away himself: `people.absences` sees to it.
    """

    officer = models.ForeignKey(User, models.PROTECT, related_name="absences")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    """The first moment at which the officer is back."""
    substitute = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Null: nobody; what lies with the officer shows among what nobody can do."""
    kind = models.CharField(max_length=10, choices=AbsenceKind)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    """It never came to it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")),
                name="people_absence_ends_after_it_starts",
                violation_error_message=_("Lúc trở lại phải sau lúc bắt đầu vắng."),
            ),
            models.CheckConstraint(
                condition=models.Q(substitute=None) | ~models.Q(substitute=models.F("officer")),
                name="people_absence_substitute_is_another",
                violation_error_message=_("Người thay phải là người khác."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "ends"],
                condition=models.Q(cancelled_at=None),
                name="people_absences_of_unit",
            ),
            models.Index(
                fields=["substitute", "ends"],
                condition=models.Q(cancelled_at=None),
                name="people_absences_stood_in_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} at {self.unit_id}: {self.starts:%Y-%m-%d} – {self.ends:%Y-%m-%d}"

    @property
    def first_words(self) -> str:
        """From when, in days and halves of days as people say it."""
        return _half(self.starts, _("chiều %(day)s"), _("%(hour)s, %(day)s"), self.starts)

    @property
    def last_words(self) -> str:
        """Until the end of what: the last day, or its morning."""
        last = self.ends - timedelta(minutes=1)
        return _half(self.ends, _("buổi sáng %(day)s"), _("%(hour)s, %(day)s"), last)


def _half(moment: datetime, noon: Promise, other: Promise, day: datetime) -> str:
    local = timezone.localtime(moment)
    words = {"day": f"{timezone.localdate(day):%d/%m/%Y}", "hour": f"{local:%H:%M}"}
    if local.time() == time():
        return words["day"]
    return str(noon if local.time() == time(12) else other) % words
