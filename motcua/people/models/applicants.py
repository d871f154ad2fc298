"""Persons who come to the desk."""

from django.db import models


class Person(models.Model):
    """An applicant, known by the number of an identity paper so that nothing is asked twice."""

    id_number = models.CharField(max_length=20, default="")
    """Identity card (9 or 12 digits) or passport; empty: has none, is never filled in by number."""
    full_name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, default="")
    phone = models.CharField(max_length=20, default="")
    email = models.EmailField(default="")
    is_simulated = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_number"], condition=~models.Q(id_number=""), name="people_person_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"
