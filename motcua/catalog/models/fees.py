"""What a procedure costs, as published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models.procedures import ProcedureVersion
from motcua.catalog.words import price_words
from motcua.rules.fees import WHOLE, Price


class Fee(models.Model):
    """A published fee of a procedure version. Nothing beyond it can be charged (NĐ 61/2018 Đ.22)."""

    class Kind(models.TextChoices):
        PHI = "phi", _("Phí")
        LE_PHI = "le_phi", _("Lệ phí")
        UNSAID = "", _("Phí, lệ phí")

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UNSAID, blank=True)
    unit = models.CharField(max_length=80)
    """What the price is for one of: trang, bản, trường hợp …"""
    item = models.CharField(max_length=40, default="")
    """What the units are counted in and the most is for one of (bản); empty: the units are all there is."""
    price = models.PositiveIntegerField(null=True)
    """Đồng for a unit; null: another decision sets it and nobody has typed it yet, so it cannot be charged."""
    steps = models.JSONField(default=list)
    """[[from this unit of an item on, đồng a unit] …], ascending."""
    most = models.PositiveIntegerField(null=True)
    """Đồng at most for an item."""
    is_optional = models.BooleanField(default=False)
    """Owed only for what the person asks for beside the result (a copy more); else it is always owed."""
    confirmed = models.BooleanField(default=False)
    """The source is explicit, or an administrator typed it; what is not confirmed is not charged."""
    note = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="catalog_fee_position_once"),
            models.CheckConstraint(
                condition=models.Q(price__isnull=False) | models.Q(most=None, confirmed=False),
                name="catalog_fee_without_price_is_not_charged",
                violation_error_message=_("Khoản thu chưa có mức thì chưa thu được."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def typed_price(self) -> Price | None:
        if self.price is None:
            return None
        return Price(self.price, tuple((start, price) for start, price in self.steps), self.most)

    @property
    def can_be_charged(self) -> bool:
        return self.confirmed and self.price is not None

    @property
    def price_label(self) -> str:
        """2.000 đ/trang; từ trang thứ 3: 1.000 đ/trang; tối đa 200.000 đ/bản."""
        return price_words(self.typed_price, self.unit, self.item, confirmed=self.confirmed)


class FeeExemption(models.Model):
    """A published ground on which somebody pays nothing, or less."""

    fee = models.ForeignKey(Fee, models.CASCADE, related_name="exemptions")
    position = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=200)
    percent_off = models.PositiveSmallIntegerField(default=WHOLE)
    """Hundredths: 100 pays nothing."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fee", "position"], name="catalog_exemption_position_once"),
            models.CheckConstraint(
                condition=models.Q(percent_off__gte=1, percent_off__lte=WHOLE),
                name="catalog_exemption_percent",
                violation_error_message=_("Mức miễn, giảm phải từ 1 đến 100%."),
            ),
        ]

    def __str__(self) -> str:
        return self.ground

    @property
    def label(self) -> str:
        words = _("%(ground)s (miễn)") if self.percent_off == WHOLE else _("%(ground)s (giảm %(percent)d%%)")
        return words % {"ground": self.ground, "percent": self.percent_off}
