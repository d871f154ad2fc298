"""What is found out on the way: from other agencies, on the spot, and what was lost."""

from django.db import models

from motcua.dossiers.choices import values
from motcua.dossiers.models.dossiers import Dossier
from motcua.people.models import Unit, User
from motcua.rules.punctuality import Punctuality


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
    punctuality = models.CharField(max_length=10, default="", choices=values(Punctuality))

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
