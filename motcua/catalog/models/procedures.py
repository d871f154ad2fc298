"""Procedures and their versions. What the source leaves empty stays empty; nothing is invented."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalog.fee_text import FeeState
from motcua.catalog.words import limit_words
from motcua.people.models import Field, User
from motcua.rules.limits import Limit


class LifeEvent(models.Model):
    """What happens in a citizen's life and brings him to the desk: a child is born, a house is built."""

    name = models.CharField(max_length=80, unique=True)
    words = models.CharField(max_length=300, default="")
    """Other words for it, without accents, for the search: "sinh con, khai sinh, em be"."""
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class OnlineLevel(models.TextChoices):
    """How much of it is done online: the levels of NĐ 43/2011, and those of NĐ 42/2022 that came after them."""

    UNSAID = "", _("Chưa công bố")
    TWO = "2", _("Mức độ 2")
    THREE = "3", _("Mức độ 3")
    FOUR = "4", _("Mức độ 4")
    PART = "part", _("Trực tuyến một phần")
    WHOLE = "whole", _("Trực tuyến toàn trình")


class Procedure(models.Model):
    """An administrative procedure (thủ tục hành chính), known by its national code for ever."""

    code = models.CharField(max_length=30, unique=True)
    is_own_code = models.BooleanField(default=False)
    """The national data base gave none in our source; the code is ours."""
    is_simulated = models.BooleanField(default=False)
    life_events = models.ManyToManyField(LifeEvent, blank=True, related_name="procedures")

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What was published of a procedure, from one day to another. Dossiers point here; it never changes.

    Until it is published it is a draft, has no number, and nothing but the pages of the province knows it.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(null=True)
    """1, 2, 3 … in the order of publication; null: a draft."""
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The version that the draft was made from, and a published one with it; null: from nothing, or from a file."""
    revision = models.PositiveIntegerField(default=0)
    """How often the draft was changed: two who edit it at once notice."""
    published_at = models.DateTimeField(null=True)
    """Null: a draft."""
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Null: loaded from a file."""
    decision_number = models.CharField(max_length=80, default="")
    """By which decision it was published: "1234/QĐ-UBND"."""
    decision_date = models.DateField(null=True)
    repeal_decision = models.CharField(max_length=80, default="")
    """By which decision it was repealed (bãi bỏ), its last day being `valid_to`; empty: not repealed."""
    name = models.CharField(max_length=400)
    name_search = models.CharField(max_length=400)
    """Lower case, without accents."""
    field = models.ForeignKey(Field, models.PROTECT)
    level = models.CharField(max_length=120, default="")
    audience = models.CharField(max_length=300, default="")
    """Who may apply (đối tượng thực hiện), as published."""
    steps_text = models.TextField(default="")
    """What the citizen does (trình tự thực hiện), a step a line."""
    legal_basis = models.TextField(default="")
    """The texts it rests on (căn cứ pháp lý), one a line."""
    result_name = models.CharField(max_length=300, default="")
    result_validity = models.CharField(max_length=200, default="")
    """How long the result holds, as published; empty: nothing said."""
    online_level = models.CharField(max_length=10, default="", blank=True, choices=OnlineLevel)
    limit_text = models.TextField(default="")
    """The source's own words."""
    limit = models.CharField(max_length=40, default="")
    """Typed (rules.limits); empty: not published, or not readable without guessing."""
    limit_confirmed = models.BooleanField(default=False)
    limit_note = models.CharField(max_length=300, default="")
    fee_text = models.TextField(default="")
    fee_state = models.CharField(max_length=10, default="", choices=[(v.value, v.value) for v in FeeState])
    """What is known of the fees: nothing, not readable without guessing, free, or listed in `fees` (R33)."""
    fee_note = models.CharField(max_length=300, default="")
    fee_decision = models.CharField(max_length=200, default="")
    """By which decision an administrator typed the fees; empty: as read from `fee_text`."""
    supplement_pauses = models.BooleanField(default=False)
    """The field's own law lets a supplement pause the clock; else it starts from the beginning (R14)."""
    supplement_notice_days = models.PositiveSmallIntegerField(default=3)
    """Working days from reception within which a supplement is asked in time (NĐ 61/2018 Đ.19.4)."""
    is_interlinked = models.BooleanField(null=True)
    source = models.TextField(default="")
    as_of = models.CharField(max_length=200, default="")
    valid_from = models.DateField(null=True)
    """The first day in force; null: since before our records."""
    valid_to = models.DateField(null=True)
    """The last day in force; on a day that two versions share, the later number holds (catalog.queries.current)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="catalog_version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=models.Q(valid_to=None, published_at__isnull=False),
                name="catalog_one_version_now",
            ),
            # Numbered and not published yet is a version while it is written, within one transaction.
            models.UniqueConstraint(
                fields=["procedure"],
                condition=models.Q(number=None, published_at=None),
                name="catalog_one_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(number=None, published_at=None) | models.Q(number__isnull=False),
                name="catalog_version_numbered_when_published",
                violation_error_message=_("Phiên bản được đánh số khi công bố."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return self.published_at is None

    @property
    def limit_label(self) -> str:
        """The limit as people read it, "chưa công bố" where there is none."""
        return limit_words(self.limit, confirmed=self.limit_confirmed)

    @property
    def limit_short(self) -> str:
        """The same for a list, without what follows the semicolon."""
        return limit_words(self.limit, confirmed=self.limit_confirmed, short=True)

    @property
    def typed_limit(self) -> Limit | None:
        return Limit.parse(self.limit) if self.limit else None
