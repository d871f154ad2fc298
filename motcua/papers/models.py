from django.db import models

from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile


class PaperForm(models.TextChoices):
    RECEIPT = "01", "Mẫu số 01 – Giấy tiếp nhận hồ sơ và hẹn trả kết quả"


class IssuedPaper(models.Model):
    """A legal form as it was issued: the bytes are kept, so that printing again gives the same paper."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="issued_papers")
    form = models.CharField(max_length=4, choices=PaperForm)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "form"], name="papers_form_once")]

    def __str__(self) -> str:
        return f"{self.form} of {self.dossier_id}"
