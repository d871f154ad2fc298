"""Courses that officers took, and the certificates they hold (NĐ 61/2018 Đ.11)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.models.officers import User


class TrainingKind(models.TextChoices):
    SOFTWARE = "software", _("Sử dụng phần mềm Một cửa")
    SKILLS = "skills", _("Nghiệp vụ, pháp luật")
    CONDUCT = "conduct", _("Giao tiếp, văn hóa công sở")
    COMPUTING = "computing", _("Tin học")
    LANGUAGE = "language", _("Ngoại ngữ, tiếng dân tộc")
    OTHER = "other", _("Khác")


class Training(models.Model):
    """A course or a certificate of one officer."""

    officer = models.ForeignKey(User, models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=10, choices=TrainingKind)
    what = models.CharField(max_length=160)
    place = models.CharField(max_length=160, default="")
    """Who gave it, and where."""
    starts = models.DateField()
    ends = models.DateField()
    number = models.CharField(max_length=60, default="")
    """Of the certificate; empty: none was given."""
    hours = models.PositiveSmallIntegerField(null=True)
    """Of teaching, 45 or 60 minutes each, as the certificate counts them."""
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="people_training_ends_after_it_starts",
                violation_error_message=_("Ngày kết thúc không thể trước ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.kind} {self.ends}"
