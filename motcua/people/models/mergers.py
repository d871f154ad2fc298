"""What was decided about units and a date: communes merge, change their names, or move to another district."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.models.officers import User
from motcua.people.models.units import Unit


class Merger(models.Model):
    """A decision about units, from the day it was entered; the dated rows that it made say what holds when.

    Who ends: its `successions`. Until its day it can be cancelled, and then its rows are gone but for this one.
    """

    on = models.DateField()
    """The first day of the new order."""
    decision = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    """Who becomes what, in words; it stays when the rows are gone."""
    successor = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="mergers")
    """Null: cancelled, and the new unit with it."""
    is_new = models.BooleanField(default=False)
    """The successor begins on that day."""
    before = models.JSONField(default=dict)
    """What a cancellation puts back: rows that the plan ended, with the end they had."""
    planned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    planned_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    """When what cannot be dated was done: the name that lists show, the place in the tree."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None) | models.Q(carried_out_at=None),
                name="people_merger_cancelled_or_done",
                violation_error_message=_("Việc sáp nhập đã thực hiện thì không hủy được."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["on"],
                condition=models.Q(cancelled_at=None, carried_out_at=None),
                name="people_mergers_to_come",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.on})"
