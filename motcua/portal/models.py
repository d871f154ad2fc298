"""What the door remembers: wrong codes, for a day, without the address they came from."""

from django.db import models


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
