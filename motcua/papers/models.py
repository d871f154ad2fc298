from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.people.models import Unit, User


class PaperForm(models.TextChoices):
    """The forms of TT 01/2018 Đ.9 that are issued one by one, and the fee receipt."""

    RECEIPT = "01", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "02", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "03", _("Phiếu từ chối giải quyết hồ sơ")
    APOLOGY = "04", _("Phiếu xin lỗi và hẹn lại ngày trả kết quả")
    SLIP = "05", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    FEE = "fee", _("Biên lai thu phí, lệ phí")


class IssuedPaper(models.Model):
    """A paper as it was issued: the bytes are kept, so that printing again gives the same paper (R40)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """In whose chain the journal tells of it: the unit that received, or turned away."""
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="issued_papers")
    """Null: nothing was received (a request or a refusal at the desk)."""
    form = models.CharField(max_length=4, choices=PaperForm)
    about = models.CharField(max_length=40)
    """The one thing that it tells of, as `room:id`: `dossier:3`, `supplement:12`, `turned_away:5`, `move:80`."""
    file = models.ForeignKey(StoredFile, models.PROTECT)
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "about"], name="papers_form_once")]

    def __str__(self) -> str:
        return f"{self.form} about {self.about}"


class ClosedBook(models.Model):
    """A year's register, closed: what stood in it then, and the PDF of it that is given out ever after (R41)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField()
    revisions = models.PositiveBigIntegerField()
    """Sum of the revisions of its dossiers: another one says that acts came after the closing."""
    salt = models.CharField(max_length=32)
    """Goes into each row's digest, so that nobody can guess a name from it."""
    rows = models.JSONField()
    """[number, digest of what reception wrote, digest of the whole row] of each dossier, in order."""
    sha256 = models.CharField(max_length=64)
    """Of all rows; the journal has it too."""
    file = models.ForeignKey(StoredFile, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="papers_book_closed_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}: book of {self.year}"
