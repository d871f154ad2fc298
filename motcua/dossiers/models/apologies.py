"""The agency's apologies (Mẫu 04)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.choices import LateReason
from motcua.dossiers.models.dossiers import Dossier
from motcua.people.models import Unit, User


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
