"""What is missing: asked for while the dossier runs, or said at the desk before anything is received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import PaperRequirement, ProcedureVersion
from motcua.dossiers.choices import SupplementPolicy
from motcua.dossiers.models.dossiers import Dossier
from motcua.files.models import StoredFile
from motcua.people.models import Unit, User


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
