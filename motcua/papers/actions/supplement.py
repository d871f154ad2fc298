"""Mẫu 02 after reception: what the citizen was asked for (R14)."""

from motcua.dossiers.choices import SupplementPolicy
from motcua.dossiers.models import Supplement
from motcua.files.models import StoredFile
from motcua.papers.actions.heading import desk_of, issuer, phone_of, request_of, who_answers
from motcua.papers.actions.issue import issued, of_dossier
from motcua.papers.errors import NotYet
from motcua.papers.models import PaperForm
from motcua.papers.supplement import Item, SupplementData, render_supplement

CLOCK = {
    SupplementPolicy.RESTART: (
        "Trong khi chờ bổ sung, thời hạn giải quyết dừng lại; khi nhận đủ giấy tờ, thời hạn được tính lại từ đầu "
        "(Nghị định số 61/2018/NĐ-CP, Điều 19)."
    ),
    SupplementPolicy.PAUSE: (
        "Trong khi chờ bổ sung, thời hạn giải quyết dừng lại; khi nhận đủ giấy tờ, thời hạn được tính tiếp."
    ),
}
OTHERWISE = "Quá thời gian trên mà chưa bổ sung đủ thì hồ sơ được đóng và trả lại; khi đó ông/bà có thể nộp hồ sơ mới."


def supplement(asked: Supplement) -> StoredFile:
    """The request as issued; issued now if it was not yet. Raises NotYet for one that is only proposed."""
    if asked.asked_at is None:
        raise NotYet(f"supplement {asked.pk} was not asked yet")
    subject = of_dossier(asked.dossier, f"supplement:{asked.pk}")
    return issued(PaperForm.SUPPLEMENT, subject, lambda: render_supplement(supplement_data(asked)))


def supplement_data(asked: Supplement) -> SupplementData:
    dossier = asked.dossier
    if asked.asked_at is None:
        raise NotYet(f"supplement {asked.pk} was not asked yet")
    time = Supplement.objects.filter(dossier=dossier, asked_at__lt=asked.asked_at).count() + 1
    unit = who_answers(dossier.unit, asked.asked_at)
    items = asked.items.select_related("requirement").order_by("requirement__position")
    return SupplementData(
        issuer=issuer(unit, simulated=dossier.is_simulated),
        request=request_of(dossier),
        number=f"{dossier.code}{f'.{time}' if time > 1 else ''}/HDHS",
        asked_at=asked.asked_at,
        received_at=dossier.received_at,
        items=tuple(Item(name=item.requirement.name, reason=item.reason) for item in items),
        reason=asked.reason,
        time=time,
        permission=_permission(asked, time),
        bring_to=desk_of(unit),
        until=asked.lapses_at,
        otherwise=OTHERWISE if asked.lapses_at else "",
        clock=CLOCK[SupplementPolicy(asked.policy)],
        contact=asked.proposed_by.full_name,
        contact_phone=phone_of(asked.proposed_by, unit),
        officer=asked.proposed_by.full_name,
    )


def _permission(asked: Supplement, time: int) -> str:
    if asked.permitted_by is None:
        return ""
    why = f": {asked.permission.rstrip('.')}" if asked.permission else ""
    return f"Việc yêu cầu bổ sung lần {time} được {asked.permitted_by.full_name} cho phép{why}."
