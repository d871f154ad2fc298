"""How far a dossier is, without whose it is (R51; TT 01/2018/TT-VPCP Đ.16.2.d).

Without a log-in the circular allows the code and how far it is. The name of the procedure is no personal data, but
it is more than that: beside a code that a neighbour saw on the table, "đăng ký khai tử" tells a story. It is not read.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.choices import PUNCTUALITY
from motcua.dossiers.models import Dossier
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import State, StepKind
from motcua.ui.formats import Left, left, vn_date

# All that is read from the data base: what is not fetched cannot slip into a page.
_COLUMNS = (
    "code",
    "state",
    "step_kind",
    "step__opened_at",
    "received_at",
    "due_at",
    "appointment_at",
    "finished_at",
    "returned_at",
    "punctuality",
    "is_simulated",
    "unit__name",
    "unit__address",
    "unit__phone",
)


class Stage(IntEnum):
    """The five stops of the way as a citizen sees it."""

    RECEPTION = 0
    PROCESSING = 1
    APPROVAL = 2
    RESULT = 3
    RETURNED = 4


_STAGE_OF_STEP = {
    StepKind.RECEPTION: Stage.RECEPTION,
    StepKind.PROCESSING: Stage.PROCESSING,
    StepKind.APPROVAL: Stage.APPROVAL,
    StepKind.RETURN: Stage.RESULT,
}
_LABELS: dict[Stage, Promise] = {
    Stage.RECEPTION: gettext_lazy("Tiếp nhận"),
    Stage.PROCESSING: gettext_lazy("Xử lý"),
    Stage.APPROVAL: gettext_lazy("Lãnh đạo duyệt"),
    Stage.RESULT: gettext_lazy("Có kết quả"),
    Stage.RETURNED: gettext_lazy("Đã trả"),
}
_WORDS: dict[Stage, Promise] = {
    Stage.RECEPTION: gettext_lazy("Đã tiếp nhận, đang chờ chuyển đi giải quyết"),
    Stage.PROCESSING: gettext_lazy("Đang được xử lý"),
    Stage.APPROVAL: gettext_lazy("Đã xử lý xong, đang chờ lãnh đạo duyệt"),
    Stage.RESULT: gettext_lazy("Đã được duyệt, kết quả đang được hoàn tất"),
    Stage.RETURNED: gettext_lazy("Kết quả đã được trả"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What anyone may know who has the code."""

    code: str
    stage: Stage
    since: datetime
    """When it came to this stage."""
    due_at: datetime
    appointment_at: datetime | None
    """The new date of an apology (R26)."""
    finished_at: datetime | None
    punctuality: str
    unit_name: str
    unit_address: str
    unit_phone: str
    is_simulated: bool

    @property
    def is_ready(self) -> bool:
        """There is a result, and nobody has it yet."""
        return self.finished_at is not None and self.stage is Stage.RESULT

    @property
    def words(self) -> str:
        if self.is_ready:
            return _("Đã có kết quả, mời đến nhận tại nơi đã hẹn")
        return str(_WORDS[self.stage])

    def left_anew(self, now: datetime) -> Left | None:
        """Time until the new date, while it is waited for."""
        if self.appointment_at is None or self.finished_at is not None:
            return None
        return left(self.appointment_at, now)

    def left(self, now: datetime) -> Left:
        """Time until the appointment; once there is a result, what was decided at the finish and stored (R15)."""
        if self.finished_at is None:
            return left(self.due_at, now)
        facts = {"day": vn_date(self.finished_at), "how": str(PUNCTUALITY[self.punctuality].label).lower()}
        tone = "late" if self.punctuality == Punctuality.LATE else "done"
        return Left(_("có kết quả ngày %(day)s, %(how)s") % facts, tone)

    def steps(self) -> list[dict[str, str]]:
        """For the tag `steps`: where it is, what lies behind, what is to come."""
        return [
            {"label": str(label), "state": self._state(stage), "note": self._note(stage)}
            for stage, label in _LABELS.items()
        ]

    def _state(self, stage: Stage) -> str:
        if stage < self.stage or self.stage is Stage.RETURNED:
            return "done"
        return "current" if stage is self.stage else "todo"

    def _note(self, stage: Stage) -> str:
        if stage is not self.stage:
            return ""
        words = _("ngày %(day)s") if stage is Stage.RETURNED else _("từ ngày %(day)s")
        return words % {"day": vn_date(self.since)}


def progress(code: str) -> Progress | None:
    """Of the dossier with this code, in one query; None: there is none."""
    row = Dossier.objects.filter(code=code).values(*_COLUMNS).first()
    return _read(row) if row else None


def _read(row: dict[str, Any]) -> Progress:
    return Progress(
        code=row["code"],
        stage=_stage(row),
        since=row["returned_at"] or row["finished_at"] or row["step__opened_at"] or row["received_at"],
        due_at=row["due_at"],
        appointment_at=row["appointment_at"],
        finished_at=row["finished_at"],
        punctuality=row["punctuality"],
        unit_name=row["unit__name"],
        unit_address=row["unit__address"],
        unit_phone=row["unit__phone"],
        is_simulated=row["is_simulated"],
    )


def _stage(row: dict[str, Any]) -> Stage:
    if row["state"] == State.RETURNED:
        return Stage.RETURNED
    return Stage.RESULT if row["state"] == State.DONE else _STAGE_OF_STEP[StepKind(row["step_kind"])]
