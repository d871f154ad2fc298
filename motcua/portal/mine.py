"""What the applicant sees of the own dossier: its state down to the department (R51), its papers, what is asked.

No officer is named and nothing that an office writes for itself is read: notes, drafts, who has which step.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Move, ReceivedPaper, Supplement, SupplementItem
from motcua.files.models import StoredFile
from motcua.papers.models import IssuedPaper, PaperForm
from motcua.papers.queries import Shown, issued_to
from motcua.people.models import Role
from motcua.portal.models import Citizen
from motcua.results.models import Result, ResultKind
from motcua.rules.workflow import Action, State

FOR_THE_APPLICANT = (
    PaperForm.RECEIPT,
    PaperForm.SUPPLEMENT,
    PaperForm.REFUSAL,
    PaperForm.APOLOGY,
    PaperForm.FEE,
)
"""The control slip is the offices' own (TT 01/2018 Đ.9)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the citizen is asked for, file by file."""

    supplement: Supplement
    items: list[SupplementItem]
    why_again: str
    """What was wrong with what was sent before; empty: nothing was sent, or it is with the desk."""

    @property
    def is_sent(self) -> bool:
        return self.supplement.submitted_at is not None

    @property
    def can_be_sent(self) -> bool:
        return not self.is_sent and all(item.upload_id for item in self.items)

    @property
    def is_online(self) -> bool:
        """Whether all of it may come as files."""
        return all(item.requirement.online_allowed for item in self.items)


def dossiers_of(citizen: Citizen) -> QuerySet[Dossier]:
    """Claimed, to be ordered by (received_at, id); with what a list shows."""
    claims = citizen.claims.values("dossier")
    return (
        Dossier.objects.filter(pk__in=claims)
        .select_related("unit", "version")
        .annotate(procedure_name=F("version__name"))
    )


def asked(dossier: Dossier) -> Asked | None:
    if dossier.state != State.WAITING:
        return None
    items = queries.wanted_items(dossier)
    row = items[0].supplement if items else None
    if row is None:
        return None
    again = ""
    if row.submitted_at is None:
        last = Move.objects.filter(dossier=dossier, action=Action.REJECT_SUBMISSION, at__gt=row.asked_at)
        again = last.order_by("-number").values_list("words", flat=True).first() or ""
    return Asked(row, items, again)


def where(dossier: Dossier) -> str:
    """Which department of which agency has it, in words; empty when nobody has it any more."""
    step = dossier.step
    if step is None or dossier.state != State.PROCESSING:
        return ""
    department = {
        Role.CLERK: _("Bộ phận Tiếp nhận và Trả kết quả"),
        Role.LEADER: _("Lãnh đạo"),
        Role.SPECIALIST: _("Bộ phận %(field)s") % {"field": step.field.name},
    }
    return f"{department.get(Role(step.role), '')}, {dossier.holder_unit.name}"


def since(dossier: Dossier) -> datetime | None:
    return dossier.step.opened_at if dossier.step else None


def received_papers(dossier: Dossier) -> list[ReceivedPaper]:
    return list(dossier.papers.select_related("requirement").order_by("requirement__position"))


def papers(dossier: Dossier) -> list[Shown]:
    """The papers that were issued to the applicant."""
    theirs = set(_issued(dossier).values_list("pk", flat=True))
    return [one for one in issued_to(dossier) if one.pk in theirs]


def paper_file(dossier: Dossier, pk: int) -> StoredFile | None:
    row = _issued(dossier).select_related("file").filter(pk=pk).first()
    return row.file if row else None


def _issued(dossier: Dossier) -> QuerySet[IssuedPaper]:
    return IssuedPaper.objects.filter(dossier=dossier, form__in=[form.value for form in FOR_THE_APPLICANT])


def result(dossier: Dossier) -> Result | None:
    """The result in force, once it is issued; a recalled one is nobody's any more (Đ.21)."""
    if dossier.state not in (State.DONE, State.RETURNED):
        return None
    return Result.objects.filter(dossier=dossier, issued_at__isnull=False).select_related("file").first()


def result_file(dossier: Dossier) -> StoredFile | None:
    found = result(dossier)
    return found.file if found is not None and found.kind == ResultKind.FILE else None
