"""Which unit offers what, and what of the catalogue it has taken note of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models.procedures import Procedure, ProcedureVersion
from motcua.people.models import Unit, User


class Offering(models.Model):
    """A procedure on a unit's list (formats.md: an offering is a pair of unit and procedure)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="offerings")
    procedure = models.ForeignKey(Procedure, models.CASCADE, related_name="offerings")
    counter = models.PositiveSmallIntegerField(null=True)
    """The number of the counter that takes it in; null: any."""
    not_arising = models.CharField(max_length=300, default="")
    """Why it does not arise here, in the unit's words; it is then received no more, and missing nowhere. Empty: it does."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "procedure"], name="catalog_offering_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} × {self.procedure_id}"


class ChangeKind(models.TextChoices):
    PUBLISHED = "published", _("Công bố mới")
    REPLACED = "replaced", _("Thay bằng phiên bản mới")
    REPEALED = "repealed", _("Bãi bỏ")
    ROUTE = "route", _("Đổi quy trình nội bộ")
    OFFERED = "offered", _("Đưa vào danh mục của đơn vị")
    WITHDRAWN = "withdrawn", _("Rút khỏi danh mục của đơn vị")


class Change(models.Model):
    """Something of the catalogue that units must take note of. It holds from that moment, confirmed or not."""

    kind = models.CharField(max_length=10, choices=ChangeKind)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="changes")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, null=True, related_name="+")
    units = models.ManyToManyField(Unit, blank=True, related_name="+")
    """Whom it concerns; none: all that have the procedure on their list."""
    decision = models.CharField(max_length=200, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.procedure_id}"


class TakenOver(models.Model):
    """A unit's administrator has seen all changes up to one (`synced` in the report: none later concerns it)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="taken_over")
    last = models.ForeignKey(Change, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "last"], name="catalog_taken_over_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.last_id}"
