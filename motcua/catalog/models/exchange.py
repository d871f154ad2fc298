"""A file of the catalogue between its upload and the word that takes it over."""

from django.db import models

from motcua.people.models import User


class CatalogueFile(models.Model):
    """What somebody uploaded, as it was read: looked at first, then taken over or forgotten."""

    name = models.CharField(max_length=120)
    rows = models.JSONField()
    """As `catalog.exchange.shape` has them."""
    warnings = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True)
    """When it was taken over; null: not yet."""

    def __str__(self) -> str:
        return self.name
