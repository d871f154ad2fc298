"""Answered while the citizen waits (NĐ 61/2018 Đ.17.4-5, R05): from the reception straight to the desk's last step."""

from typing import Any

from django.utils.translation import gettext as _

from motcua.dossiers.actions.act import Act
from motcua.dossiers.actions.steps import close_step, held, last_step, open_step
from motcua.dossiers.errors import NotAllowed
from motcua.dossiers.models import Dossier
from motcua.rules.limits import Limit, LimitKind
from motcua.rules.workflow import StepKind

AT_ONCE = frozenset({LimitKind.AT_ONCE, LimitKind.SAME_DAY})
"""Procedures that are answered at once or on the same day; all others take their route."""


def is_at_once(limit: str) -> bool:
    """Whether a procedure with this typed limit may be answered at the counter."""
    return bool(limit) and Limit.parse(limit).kind in AT_ONCE


def straight_home(act: Act, dossier: Dossier) -> dict[str, Any]:
    """The columns of a dossier that is finished at its reception; nothing to change for one that came by its route.

    Raises NotAllowed where the procedure is not answered at once, or other agencies have a part in it.
    """
    left = dossier.step
    if left is None or left.kind != StepKind.RECEPTION:
        return {}
    if not is_at_once(dossier.limit) or dossier.local_due_at:
        raise NotAllowed(
            _("Chỉ thủ tục giải quyết ngay hoặc trong ngày, ở một cơ quan, mới trả kết quả tại quầy được.")
        )
    close_step(left, act.at)
    return held(open_step(dossier, last_step(dossier.route_id), act.at, None))
