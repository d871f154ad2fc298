"""The tree of agencies, as it is and as it was.

Communes merge, move to another district and change their names; districts end. A unit's row is its identity
(the statistical code); what it was called and where it belonged at a date stands in its periods, so that an
old report can be made again.
"""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitLevel(models.TextChoices):
    PROVINCE = "province", _("Tỉnh")
    DISTRICT = "district", _("Huyện")
    COMMUNE = "commune", _("Xã")
    AGENCY = "agency", _("Cơ quan chuyên môn")
    """A department, an insurance office, a police station: has a part in interlinked procedures (NĐ 61/2018 Đ.19.6-7)."""


class Assignment(models.TextChoices):
    """To whom a dossier goes when several specialists hold its field (R20)."""

    POOL = "pool", _("Ai nhận trước thì xử lý")
    LEAST_LOADED = "least_loaded", _("Tự giao cho người đang giữ ít hồ sơ nhất")
    LEADER = "leader", _("Lãnh đạo phân công")


class Unit(models.Model):
    code = models.CharField(max_length=10, unique=True)
    """Statistical code: two, three or five digits."""
    name = models.CharField(max_length=120)
    """With its kind: "Phường Phú Hậu". As it is now; UnitPeriod has what it was."""
    level = models.CharField(max_length=10, choices=UnitLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=60, db_index=True)
    """Codes from the root, each closed by a dot: "46.474.19747."; all below share the beginning."""
    valid_from = models.DateField(null=True)
    """Null: since before our records."""
    valid_to = models.DateField(null=True)
    """The last day it existed; null: it exists."""
    address = models.CharField(max_length=200, default="")
    phone = models.CharField(max_length=40, default="")
    email = models.CharField(max_length=120, default="")
    website = models.CharField(max_length=120, default="")
    agency_kind = models.CharField(max_length=30, default="")
    """Of an agency: what it is, such as `social_insurance`; a route names the kind, not the unit."""
    assignment = models.CharField(max_length=20, choices=Assignment, default=Assignment.POOL)
    supplement_days = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(5)])
    """Calendar days that the unit gives a citizen to bring a supplement before the dossier is closed."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_from=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="people_unit_ends_after_it_begins",
                violation_error_message=_("Ngày kết thúc phải sau ngày bắt đầu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitPeriod(models.Model):
    """What a unit was called and to whom it belonged, from one date to another."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"], nulls_distinct=False, name="people_unit_period_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from or '…'} – {self.valid_to or '…'})"


class UnitIdentifier(models.Model):
    """The unit's part of a dossier code (R04), in the scheme of its time; never parsed to find an owner."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="identifiers")
    identifier = models.CharField(max_length=35)
    scheme = models.CharField(max_length=30, default="QCVN 102:2016")
    provisional = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identifier"], name="people_unit_identifier_once"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(valid_to=None),
                name="people_unit_one_identifier_now",
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class UnitSuccession(models.Model):
    """Who went on with the work of whom, and since when.

    Whole: where A went into B and B into C later, A has a row for C too. So nobody has to walk.
    """

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances")
    on = models.DateField()
    """The first day on which the successor answers for it."""
    merger = models.ForeignKey("people.Merger", models.PROTECT, null=True, related_name="successions")
    note = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="people_succession_once"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="people_succession_of_another",
                violation_error_message=_("Một đơn vị không thể kế thừa chính mình."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Field(models.Model):
    """A field of work (lĩnh vực): the four of the commune's desk, and the ministries' under them."""

    name = models.CharField(max_length=80, unique=True)
    group = models.ForeignKey("self", models.PROTECT, null=True, related_name="fields")
    """The desk's field that it belongs to; null: it is one of those itself."""

    def __str__(self) -> str:
        return self.name
