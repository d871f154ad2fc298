"""The leader gives a dossier to a specialist (Đ.19.1, R20)."""

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act, load, permit, write
from motcua.dossiers.errors import Incomplete, NotAllowed
from motcua.dossiers.models import Dossier, Step
from motcua.people import queries as people
from motcua.people.models import Role
from motcua.rules.workflow import Action


@transaction.atomic
def assign(act: Act, dossier_id: int, assignee_id: int | None, *, words: str = "") -> Dossier:
    """Give a dossier to a specialist of the unit, or take it from one to give it to another. The clock goes on.

    The leader may choose one of another field: where the field has nobody, somebody must. Raises NotAllowed, Incomplete.
    """
    dossier = load(act, dossier_id)
    permit(act, dossier, Action.ASSIGN)
    there = people.available(dossier.holder_unit_id, Role.SPECIALIST, act.at)
    chosen = there.filter(pk=assignee_id or 0).first()
    if chosen is None:
        raise Incomplete(
            _("Chọn một công chức chuyên môn của đơn vị đang có mặt và chưa bàn giao công việc."),
            field="assignee",
        )
    if chosen.pk == dossier.assignee_id:
        raise NotAllowed(_("Hồ sơ đang do %(name)s xử lý rồi.") % {"name": chosen.full_name})
    step, before = dossier.step, dossier.assignee_id
    if step is not None:
        Step.objects.filter(pk=step.pk).update(assignee=chosen)
    facts = {"assigned": [before, chosen.pk]}
    write(
        act,
        dossier,
        Action.ASSIGN,
        from_step=step,
        to_step=step,
        words=words,
        facts=facts,
        assignee=chosen,
    )
    return dossier
