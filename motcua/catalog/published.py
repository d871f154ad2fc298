"""The catalogue as it is published to everybody: its mark, one procedure whole, and the versions before (R50)."""

import hashlib
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalog.fee_text import FeeState
from motcua.catalog.models import Fee, LifeEvent, PaperRequirement, Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.catalog.told import CUT


def mark(day: date | None = None) -> str:
    """A short text that changes when anything of the catalogue in force does. Three queries.

    Published versions never change, so the keys and names of those in force stand for all of them.
    """
    versions = current(day).order_by("pk").values_list("pk", "published_at", "name_search")
    events = LifeEvent.objects.order_by("pk").values_list("pk", "name", "words", "position")
    links = Procedure.life_events.through.objects.order_by("procedure_id", "lifeevent_id")
    digest = hashlib.sha256()
    for rows in (versions, events, links.values_list("procedure_id", "lifeevent_id")):
        digest.update(repr(list(rows)).encode())
    return digest.hexdigest()[:16]


def whole(versions: QuerySet[ProcedureVersion]) -> QuerySet[ProcedureVersion]:
    """With papers and their files, fees and exemptions, in order: four queries more, however many versions."""
    papers = PaperRequirement.objects.select_related("template", "sample").order_by("position")
    fees = Fee.objects.order_by("position").prefetch_related("exemptions")
    return versions.select_related("procedure", "field__group").prefetch_related(
        Prefetch("papers", papers), Prefetch("fees", fees)
    )


def published_versions(code: str) -> QuerySet[ProcedureVersion]:
    """All that was ever published of a procedure, newest first."""
    found = ProcedureVersion.objects.filter(procedure__code__iexact=code, number__isnull=False)
    return found.order_by("-number")


def in_force_among(versions: list[ProcedureVersion], day: date | None = None) -> ProcedureVersion | None:
    """Which of a procedure's versions holds on a day, as `queries.current` says; `versions` newest first."""
    day = day or timezone.localdate()
    begun = [one for one in versions if one.valid_from is None or one.valid_from <= day]
    newest = begun[0] if begun else None
    return newest if newest and (newest.valid_to is None or newest.valid_to >= day) else None


_NO_PAPERS = ~Exists(PaperRequirement.objects.filter(version=OuterRef("pk"), is_note=False))
_CUT_PAPERS = Exists(PaperRequirement.objects.filter(version=OuterRef("pk"), name__endswith=CUT))
_NO_FORMS = ~Exists(PaperRequirement.objects.filter(version=OuterRef("pk"), template__isnull=False))
_NO_PRICE = Exists(Fee.objects.filter(version=OuterRef("pk"), price=None))
GAPS: dict[str, tuple[Promise, Q]] = {
    "cac-buoc": (_("Trình tự thực hiện"), Q(steps_text="")),
    "doi-tuong": (_("Đối tượng thực hiện"), Q(audience="")),
    "giay-to": (_("Thành phần hồ sơ"), Q(_NO_PAPERS)),
    "giay-to-bi-cat": (_("Tên giấy tờ bị cắt ở nguồn"), Q(_CUT_PAPERS)),
    "mau-don": (_("Mẫu đơn, tờ khai"), Q(_NO_FORMS)),
    "thoi-han": (_("Thời hạn giải quyết"), Q(limit="")),
    "thoi-han-chua-xac-nhan": (_("Thời hạn chưa xác nhận"), ~Q(limit="") & Q(limit_confirmed=False)),
    "phi": (_("Phí, lệ phí"), Q(fee_state__in=["", FeeState.UNREAD])),
    "muc-thu": (_("Mức thu của khoản đã nêu"), Q(_NO_PRICE)),
    "ket-qua": (_("Kết quả"), Q(result_name="")),
    "can-cu": (_("Căn cứ pháp lý"), Q(legal_basis="")),
    "truc-tuyen": (_("Mức độ trực tuyến"), Q(online_level="")),
    "quyet-dinh": (_("Quyết định công bố"), Q(decision_number="")),
}
"""What the law wants published (NĐ 61/2018 Đ.15.1, TT 01/2018 Đ.16.2.a) and how a version without it is found."""


def count_gaps(versions: QuerySet[ProcedureVersion]) -> list[tuple[str, Promise, int]]:
    """How many of these lack each thing, in the order of GAPS; one query."""
    counts = versions.aggregate(
        **{f"n{at}": Count("pk", filter=q) for at, (_l, q) in enumerate(GAPS.values())}
    )
    return [(name, label, counts[f"n{at}"]) for at, (name, (label, _q)) in enumerate(GAPS.items())]
