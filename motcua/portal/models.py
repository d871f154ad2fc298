"""What the door remembers: wrong codes, for a day, without the address they came from; and who has shown that a
dossier is his: by the code on his receipt and a one-time code to the telephone or mail written in the dossier.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier


class Miss(models.Model):
    """A wrong code, from an address of which only a keyed digest is kept; it means nothing after its day."""

    address_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address_digest", "at"], name="portal_miss_of_address"),
            models.Index(fields=["at"], name="portal_miss_old"),
        ]

    def __str__(self) -> str:
        return f"{self.address_digest[:8]} {self.at}"


class ContactKind(models.TextChoices):
    PHONE = "phone", _("Số điện thoại di động")
    MAIL = "mail", _("Thư điện tử")


class Citizen(models.Model):
    """Whoever answers to a telephone number or a mail address. No password: each log-in takes a one-time code."""

    kind = models.CharField(max_length=5, choices=ContactKind)
    contact = models.CharField(max_length=254)
    """As dialled here (0905123456), or in lower case."""
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "contact"], name="portal_citizen_once")]

    def __str__(self) -> str:
        return f"citizen {self.pk}"


class Claim(models.Model):
    """A dossier that a citizen has shown to be his: receipt in hand, and the dossier's own telephone or mail."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="claims")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["citizen", "dossier"], name="portal_claim_once")]

    def __str__(self) -> str:
        return f"{self.citizen_id}: {self.dossier_id}"


class OneTimeCode(models.Model):
    """A code on its way. The six digits are nowhere: they follow from the salt and the installation's secret key."""

    kind = models.CharField(max_length=5, choices=ContactKind)
    contact = models.CharField(max_length=254, default="")
    """Erased once it is used or too old."""
    contact_digest = models.CharField(max_length=64)
    is_real = models.BooleanField()
    """False: nobody is told anything, and nothing matches; made all the same, so that nobody can tell."""
    dossier = models.ForeignKey(Dossier, models.CASCADE, null=True, related_name="+")
    """Which it opens; null: those that the citizen has shown to be his before."""
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    try_at = models.DateTimeField(db_index=True, null=True)
    """When a worker sends it, or sends it again; null: it was sent, or never will be."""
    misses = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["contact_digest", "at"], name="portal_code_of_contact")]

    def __str__(self) -> str:
        return f"code {self.pk}"
