"""What a supervisor should look at, and what was answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.people.models import Unit, User
from motcua.rules.signals import Kind


class SignalKind(models.TextChoices):
    ENTERED_LATE = Kind.ENTERED_LATE.value, _("Nhập vào phần mềm muộn")
    HASTE_DOSSIER = Kind.HASTE_DOSSIER.value, _("Hồ sơ qua nhiều bước trong vài giây")
    HASTE_OFFICER = Kind.HASTE_OFFICER.value, _("Một người thao tác dồn dập")
    MASS_CLOSING = Kind.MASS_CLOSING.value, _("Kết thúc hàng loạt trước ngày báo cáo")
    SUPPLEMENT_LAST_DAY = Kind.SUPPLEMENT_LAST_DAY.value, _("Yêu cầu bổ sung vào ngày cuối hạn")
    SUPPLEMENT_AGAIN = Kind.SUPPLEMENT_AGAIN.value, _("Yêu cầu bổ sung lần hai")
    WAITING_NO_PAPER = Kind.WAITING_NO_PAPER.value, _("Chờ dân mà không có Mẫu số 02")
    NO_APOLOGY = Kind.NO_APOLOGY.value, _("Trễ hạn không xin lỗi")
    CLOCK_BACK = Kind.CLOCK_BACK.value, _("Thời điểm ghi lùi")
    READ_OUTSIDE = Kind.READ_OUTSIDE.value, _("Người ngoài đơn vị thụ lý xem hồ sơ")
    BROKEN = Kind.BROKEN.value, _("Nhật ký không khớp")


class SignalState(models.TextChoices):
    OPEN = "open", _("Chờ giải trình")
    ANSWERED = "answered", _("Đã giải trình")
    SOLVED = "solved", _("Đã kết luận")


class Signal(models.Model):
    """One thing that was noticed, once; the unit's leader answers, the supervisor concludes."""

    kind = models.CharField(max_length=20, choices=SignalKind)
    key = models.CharField(max_length=80, unique=True)
    """What makes it the same when it is noticed again."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose leader answers."""
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    """When it happened."""
    measure = models.PositiveIntegerField(default=0)
    """How much of it, in the kind's own unit: moves, dossiers, working minutes, minutes."""
    whole = models.PositiveIntegerField(default=0)
    """Of how many, where it is a part."""
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=SignalState, default=SignalState.OPEN)
    answer = models.TextField(default="")
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    conclusion = models.TextField(default="")
    solved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    solved_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32, default="")
    """Of the digests of both texts in the journal."""

    class Meta:
        indexes = [
            models.Index(fields=["unit", "state", "at", "id"], name="oversight_signals_of_unit"),
        ]

    def __str__(self) -> str:
        return self.key


class ThresholdSetting(models.Model):
    """Where signals begin, as the province set it at a moment; the latest counts, without one the rules' own.

    Each change is a row of its own, so that a signal can be read with the measure of its day.
    """

    entered_late_minutes = models.PositiveIntegerField()
    haste_moves = models.PositiveIntegerField()
    haste_clicks = models.PositiveIntegerField()
    week_percent = models.PositiveIntegerField()
    week_least = models.PositiveIntegerField()
    month_percent = models.PositiveIntegerField()
    month_least = models.PositiveIntegerField()
    paper_grace_minutes = models.PositiveIntegerField()
    clock_back_minutes = models.PositiveIntegerField()
    basis = models.CharField(max_length=300)
    """Why: the decision, or the reason."""
    salt = models.CharField(max_length=32)
    """Of the digest of `basis` in the journal."""
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"thresholds of {self.set_at:%Y-%m-%d}"


class Watermark(models.Model):
    """How far something was read; what lies behind it was looked at."""

    name = models.CharField(primary_key=True, max_length=20)
    last_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last_id}"
