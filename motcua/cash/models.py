"""Receipts, and the counter's day book. Money is whole đồng."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import Fee
from motcua.dossiers.models import Dossier, Move
from motcua.people.models import Unit, User


class Method(models.TextChoices):
    """How a fee may be paid (NĐ 61/2018 Đ.22)."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")
    ONLINE = "online", _("Trực tuyến")


class DayBook(models.Model):
    """A unit's book of one day. Who writes into it locks it first; once closed it takes nothing more."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    cash = models.BigIntegerField(default=0)
    """Taken less given back; so are the two others. Written when it is closed."""
    transfer = models.BigIntegerField(default=0)
    online = models.BigIntegerField(default=0)
    receipts = models.PositiveIntegerField(default=0)
    voided = models.PositiveIntegerField(default=0)
    """Receipts voided on this day, whenever they were given."""
    series = models.CharField(max_length=10, default="")
    first_number = models.PositiveIntegerField(null=True)
    last_number = models.PositiveIntegerField(null=True)
    counted = models.BigIntegerField(null=True)
    """Cash found in the drawer."""
    difference = models.BigIntegerField(default=0)
    """Found less what there should be."""
    reason = models.CharField(max_length=500, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="cash_one_book_a_day"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None, counted=None)
                | models.Q(closed_at__isnull=False, counted__isnull=False, closed_by__isnull=False),
                name="cash_closed_with_a_count",
                violation_error_message=_("Khóa sổ phải kèm số tiền đã kiểm đếm."),
            ),
            models.CheckConstraint(
                condition=models.Q(difference=0) | ~models.Q(reason=""),
                name="cash_difference_with_a_reason",
                violation_error_message=_("Số tiền kiểm đếm lệch với sổ thì phải ghi lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.day}"

    @property
    def total(self) -> int:
        return self.cash + self.transfer + self.online


class Payment(models.Model):
    """What was paid for a dossier, with its receipt; or, without a number, that nothing was owed and why (R33)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Whose desk took it."""
    day = models.DateField()
    """The day whose book it stands in: the next one, where the day's was closed."""
    series = models.CharField(max_length=10)
    """The year."""
    number = models.PositiveIntegerField(null=True)
    """Of the receipt, without gaps in a unit's series; null: exempt altogether, no receipt is given."""
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payments")
    move = models.OneToOneField(Move, models.PROTECT, related_name="+")
    payer_name = models.CharField(max_length=120)
    method = models.CharField(max_length=10, choices=Method)
    reference = models.CharField(max_length=60, default="")
    """Of the transfer or the online payment."""
    amount = models.PositiveBigIntegerField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    void_day = models.DateField(null=True)
    """The day whose book gives the money back."""
    void_reason = models.CharField(max_length=500, default="")
    void_move = models.OneToOneField(Move, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "number"], name="cash_receipt_number_once"),
            models.CheckConstraint(
                condition=models.Q(amount=0, number=None) | models.Q(amount__gt=0, number__isnull=False),
                name="cash_receipt_for_money",
                violation_error_message=_("Có thu tiền thì có số biên lai; không thu thì không có."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    voided_at=None, voided_by=None, void_day=None, void_reason="", void_move=None
                )
                | models.Q(
                    voided_at__isnull=False,
                    voided_by__isnull=False,
                    void_day__gte=models.F("day"),
                    void_move__isnull=False,
                )
                & ~models.Q(void_reason=""),
                name="cash_voided_with_a_reason",
                violation_error_message=_("Hủy biên lai phải có lý do, trong ngày thu hoặc sau đó."),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "day", "id"], name="cash_payments_of_day"),
            models.Index(
                fields=["unit", "void_day"],
                condition=models.Q(void_day__isnull=False),
                name="cash_voids_of_day",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def receipt(self) -> str:
        """As the receipt has it: 0000012/2026; empty without one."""
        return f"{self.number:07d}/{self.series}" if self.number else ""


class PaymentLine(models.Model):
    """One line of a receipt, from one published fee."""

    payment = models.ForeignKey(Payment, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    fee = models.ForeignKey(Fee, models.PROTECT, related_name="+")
    label = models.CharField(max_length=300)
    unit = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    unit_price = models.PositiveBigIntegerField(null=True)
    """Null: exempt from a fee whose amount nobody has typed."""
    percent_off = models.PositiveSmallIntegerField(default=0)
    ground = models.CharField(max_length=200, default="")
    """Of the exemption or reduction, as published."""
    amount = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "position"], name="cash_line_position_once"),
            models.CheckConstraint(
                condition=models.Q(percent_off=0, ground="")
                | models.Q(percent_off__gte=1, percent_off__lte=100) & ~models.Q(ground=""),
                name="cash_exempt_on_a_ground",
                violation_error_message=_("Miễn, giảm phải ghi theo diện nào."),
            ),
            models.CheckConstraint(
                condition=models.Q(unit_price=None, amount=0)
                | models.Q(amount__lte=models.F("quantity") * models.F("unit_price")),
                name="cash_never_more_than_published",
                violation_error_message=_("Không được thu quá mức đã công bố."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"
