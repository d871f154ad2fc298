from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.models import Procedure
from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.people.models import Unit, User


class ResultKind(models.TextChoices):
    FILE = "file", _("Tệp kết quả điện tử")
    PAPER = "paper", _("Kết quả giấy")
    REFUSAL = "refusal", _("Từ chối giải quyết")
    """Not granted after examination, with reasons (NĐ 61/2018 Đ.19.8, Mẫu 03)."""


class Result(models.Model):
    """What the citizen came for: a file, or a paper described by number, date and signer."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    """The one in force; a recalled one moves to RecalledResult."""
    kind = models.CharField(max_length=10, choices=ResultKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    number = models.CharField(max_length=60, default="")
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=80, default="")
    reason = models.TextField(default="")
    """Of a refusal: why, for the citizen to read."""
    recorded_by = models.ForeignKey(User, models.PROTECT)
    recorded_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    """Null: prepared by the specialist, not yet approved."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=ResultKind.PAPER, file=None)
                | models.Q(kind=ResultKind.FILE, file__isnull=False)
                | models.Q(kind=ResultKind.REFUSAL, file=None),
                name="results_file_with_its_kind",
                violation_error_message=_("Kết quả điện tử phải có tệp."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ResultKind.REFUSAL) | ~models.Q(reason=""),
                name="results_refusal_with_its_reason",
                violation_error_message=_("Từ chối giải quyết phải có lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.number or self.kind}"


class RecalledResult(models.Model):
    """A wrong result that was called back (NĐ 61/2018 Đ.21): what it was, why, and whether the citizen had it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="recalled_results")
    kind = models.CharField(max_length=10, choices=ResultKind)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    """Still to be read at the desk; never given out as the result again."""
    number = models.CharField(max_length=60, default="")
    signed_on = models.DateField(null=True)
    signer = models.CharField(max_length=80, default="")
    issued_at = models.DateTimeField()
    why = models.TextField()
    was_with_citizen = models.BooleanField()
    """It had been handed over."""
    came_back = models.BooleanField(default=False)
    """The paper was given back to the agency."""
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(came_back=False) | models.Q(was_with_citizen=True),
                name="results_back_from_who_had_it",
                violation_error_message=_("Kết quả chưa trả cho dân thì không có gì để nộp lại."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.number or self.kind}, recalled"


class Authorisation(models.Model):
    """A leader lets an officer of the desk answer a procedure on the spot (NĐ 61/2018 Đ.17.5): for a time, on record."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    officer = models.ForeignKey(User, models.PROTECT, related_name="authorisations")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    decision = models.CharField(max_length=60)
    """Number of the written authorisation."""
    valid_to = models.DateField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "officer", "procedure"],
                condition=models.Q(withdrawn_at=None),
                name="results_authorised_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.procedure_id}"


class HandOver(models.Model):
    """To whom, when and how the result went, and which originals went back (NĐ 61/2018 Đ.20).

    A dossier has one, and another for each result that was made anew after a recall.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="hand_overs")
    to_name = models.CharField(max_length=120)
    to_id_number = models.CharField(max_length=20, default="")
    is_proxy = models.BooleanField(default=False)
    """Another than the applicant, with a paper of authorisation."""
    method = models.CharField(max_length=10, choices=ReturnMethod)
    originals = models.TextField(default="")
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} at {self.at:%Y-%m-%d}"
