"""How far a dossier is, without whose it is (R51; TT 01/2018/TT-VPCP Đ.16.2.d).

Without a log-in the circular allows the code and how far it is. The name of the procedure is no personal data, but
it is more than that: beside a code that a neighbour saw on the table, "đăng ký khai tử" tells a story. It is not read.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.choices import PUNCTUALITY, Outcome
from motcua.dossiers.models import Dossier, Supplement
from motcua.people.models import Unit
from motcua.people.succession import latest
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import State, StepKind
from motcua.ui.formats import Left, left, vn_date

# All that is read from the data base: what is not fetched cannot slip into a page.
_COLUMNS = (
    "id",
    "code",
    "state",
    "step_kind",
    "step__opened_at",
    "received_at",
    "due_at",
    "appointment_at",
    "apologised_at",
    "paused_at",
    "finished_at",
    "returned_at",
    "punctuality",
    "outcome",
    "is_simulated",
    "unit",
    "unit__valid_to",
    "unit__name",
    "unit__address",
    "unit__phone",
    "leg__unit__name",
    "leg__opened_at",
    "leg__acknowledged_at",
    "is_sent",
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
    StepKind.SUPPLEMENT: Stage.PROCESSING,
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


_ENDED_BEFORE: dict[str, Promise] = {
    Outcome.WITHDRAWN: gettext_lazy("Hồ sơ đã được rút, mời đến nhận lại giấy tờ"),
    Outcome.LAPSED: gettext_lazy("Hồ sơ đã đóng vì chưa bổ sung giấy tờ, mời đến nhận lại giấy tờ đã nộp"),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Which agency of an interlinked dossier has it (R24): the agency, not the person."""

    name: str
    since: datetime
    is_acknowledged: bool
    """Whether it has said that it has it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What anyone may know who has the code."""

    pk: int
    code: str
    state: State
    stage: Stage
    since: datetime
    """When it came to this stage."""
    due_at: datetime
    """The date of the receipt, moved by law only (calendar, supplement)."""
    appointment_at: datetime | None
    """The new date that came with an apology."""
    apologised_at: datetime | None
    finished_at: datetime | None
    punctuality: str
    outcome: str
    holder: Holder | None
    """None: it never leaves its unit, or lies with the citizen."""
    is_sent: bool
    """What was asked for came online, and the desk has not looked at it yet."""
    unit_name: str
    unit_address: str
    unit_phone: str
    received_by: str
    """The desk that received it, where another one answers for it now; else empty."""
    is_simulated: bool

    @property
    def is_ready(self) -> bool:
        """There is a result, and nobody has it yet."""
        return self.state is State.DONE

    @property
    def is_waiting(self) -> bool:
        """The citizen is to bring something, and the clock stands still."""
        return self.state is State.WAITING

    @property
    def words(self) -> str:
        if self.is_sent:
            return _("Đã nhận giấy tờ bổ sung gửi qua mạng, nơi tiếp nhận đang kiểm tra")
        if self.is_waiting:
            return _("Đang chờ bạn bổ sung giấy tờ, mời đến nơi tiếp nhận")
        if self.state is State.CORRECTING:
            return _("Kết quả có sai sót, đang được cơ quan sửa lại")
        if self.is_ready:
            return str(_ENDED_BEFORE.get(self.outcome) or _("Đã có kết quả, mời đến nhận tại nơi đã hẹn"))
        return str(_WORDS[self.stage])

    @property
    def promised_at(self) -> datetime:
        """The date that holds for the citizen: the new one, where one was given."""
        return self.appointment_at or self.due_at

    def left(self, now: datetime) -> Left:
        """Time until the appointment; once there is a result, what was decided at the finish and stored (R15)."""
        if self.is_waiting:
            return Left(_("tạm dừng từ ngày %(day)s") % {"day": vn_date(self.since)}, "paused")
        if self.state is State.CORRECTING:
            return Left(_("đang sửa kết quả từ ngày %(day)s") % {"day": vn_date(self.since)}, "overdue")
        if self.finished_at is None:
            return left(self.promised_at, now)
        if self.outcome in _ENDED_BEFORE:
            return Left(_("kết thúc ngày %(day)s") % {"day": vn_date(self.finished_at)}, "done")
        facts = {"day": vn_date(self.finished_at), "how": str(PUNCTUALITY[self.punctuality].label).lower()}
        tone = "late" if self.punctuality == Punctuality.LATE else "done"
        return Left(_("có kết quả ngày %(day)s, %(how)s") % facts, tone)

    def first_left(self, now: datetime) -> Left | None:
        """A new date does not hide that the first has passed (R15, R26)."""
        passed = self.appointment_at and self.finished_at is None and now > self.due_at
        return left(self.due_at, now) if passed else None

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
    open_leg = FilteredRelation("legs", condition=Q(legs__closed_at=None))
    sent = Supplement.objects.filter(dossier=OuterRef("pk"), submitted_at__isnull=False, answered_at=None)
    rows = Dossier.objects.filter(code=code).annotate(leg=open_leg, is_sent=Exists(sent))
    row = rows.values(*_COLUMNS).first()
    return _read(row) if row else None


def _read(row: dict[str, Any]) -> Progress:
    state = State(row["state"])
    heir = _heir(row)
    return Progress(
        pk=row["id"],
        code=row["code"],
        state=state,
        stage=_stage(state, row),
        since=_since(state, row) or row["received_at"],
        due_at=row["due_at"],
        appointment_at=row["appointment_at"],
        apologised_at=row["apologised_at"],
        finished_at=row["finished_at"],
        punctuality=row["punctuality"],
        outcome=row["outcome"],
        holder=_holder(state, row),
        is_sent=state is State.WAITING and row["is_sent"],
        unit_name=heir.name if heir else row["unit__name"],
        unit_address=heir.address if heir else row["unit__address"],
        unit_phone=heir.phone if heir else row["unit__phone"],
        received_by=row["unit__name"] if heir else "",
        is_simulated=row["is_simulated"],
    )


def _heir(row: dict[str, Any]) -> Unit | None:
    """To which desk the citizen goes now, where the one that received it has ended."""
    ended = row["unit__valid_to"]
    if ended is None or timezone.localdate() <= ended:
        return None
    found = latest(row["unit"])
    return found.successor if found else None


def _stage(state: State, row: dict[str, Any]) -> Stage:
    if state is State.RETURNED:
        return Stage.RETURNED
    if state in (State.DONE, State.CORRECTING):
        return Stage.RESULT
    return _STAGE_OF_STEP[StepKind(row["step_kind"])]


def _since(state: State, row: dict[str, Any]) -> datetime | None:
    moments: dict[State, datetime | None] = {
        State.RETURNED: row["returned_at"],
        State.DONE: row["finished_at"],
        State.WAITING: row["paused_at"],
    }
    return moments.get(state) or row["step__opened_at"]


def _holder(state: State, row: dict[str, Any]) -> Holder | None:
    if state is not State.PROCESSING or not row["leg__unit__name"]:
        return None
    return Holder(row["leg__unit__name"], row["leg__opened_at"], row["leg__acknowledged_at"] is not None)
