from django.db import models

from motcua.people.models import User


class StoredFile(models.Model):
    """A file as it came in. Its bytes lie in the storage under a random name; the given name is only shown."""

    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64)
    place = models.CharField(max_length=120, unique=True)
    """Where the storage keeps it."""
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
