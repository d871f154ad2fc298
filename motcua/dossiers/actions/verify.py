"""A verification is put on record: where, when, with whom, and what was found (NĐ 61/2018 Đ.19.3, R21)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.clock import local
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.models import Dossier, Verification
from motcua.rules.workflow import Action


@dataclass(frozen=True, slots=True)
class Facts:
    """What Đ.19.3 wants on record: time, place, people, content."""

    at: datetime
    place: str
    people: str
    content: str


@transaction.atomic
def verify(act: Act, dossier_id: int, facts: Facts) -> Dossier:
    """Record a verification by who holds the dossier; it moves nothing and stops no clock.

    Raises Incomplete (something left out, or a time before the reception or in the future), NotAllowed, Stale.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.VERIFY)
    _check(act, dossier, facts)
    place, people, content = facts.place.strip(), facts.people.strip(), facts.content.strip()
    verification = Verification.objects.create(
        dossier=dossier,
        at=facts.at,
        place=place,
        people=people,
        content=content,
        by_id=act.officer.user_id,
        recorded_at=act.at,
    )
    step = dossier.step
    # The move has all the words, so that the journal's digest holds each of them.
    words = f"{local(facts.at):%H:%M, %d/%m/%Y} – {place}. {people}.\n{content}"
    told = {"verification": verification.pk, "verified_at": facts.at}
    write(act, dossier, Action.VERIFY, from_step=step, to_step=step, words=words, facts=told)
    return dossier


def _check(act: Act, dossier: Dossier, facts: Facts) -> None:
    missing = {
        "place": (facts.place, _("Hãy ghi địa điểm xác minh.")),
        "people": (facts.people, _("Hãy ghi thành phần tham gia xác minh.")),
        "content": (facts.content, _("Hãy ghi nội dung, kết quả xác minh.")),
    }
    for field, (text, message) in missing.items():
        if not text.strip():
            raise Incomplete(message, field=field)
    if facts.at > act.at:
        raise Incomplete(_("Thời gian xác minh ở tương lai. Ghi lại sau khi đã xác minh."), field="at")
    if facts.at < dossier.received_at:
        received = f"{local(dossier.received_at):%H:%M, %d/%m/%Y}"
        raise Incomplete(
            _("Thời gian xác minh trước lúc nhận hồ sơ (%(received)s).") % {"received": received}, field="at"
        )
