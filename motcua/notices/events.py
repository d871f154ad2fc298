"""What gives an occasion to say something, to whom, and when it is no longer worth saying."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.choices import Outcome
from motcua.notices.choices import Audience, Channel
from motcua.notices.texts import DEFAULTS, Draft
from motcua.rules.punctuality import Punctuality
from motcua.rules.workflow import Action

_END = frozenset({Action.FINISH, Action.HAND_OVER, Action.WITHDRAW, Action.LAPSE})


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    label: Promise
    variables: tuple[str, ...]
    """What a text about it may have filled in, beside what every text may."""
    audience: Audience = Audience.CITIZEN
    must_hear: bool = False
    """If no machine reaches the citizen, a person of the desk must."""
    moot_after: frozenset[Action] = frozenset()
    """Acts after which it is not true any more, or not worth a message."""

    @property
    def drafts(self) -> dict[Channel, Draft]:
        return DEFAULTS[self.name]


COMMON: Final = ("ma_ho_so", "thu_tuc", "don_vi", "hen_tra", "tra_cuu")
_ASKED = frozenset(_END | {Action.RESUME})
_ASKED_FIRST = frozenset(_ASKED | {Action.WARN_LAPSE, Action.SUBMIT_SUPPLEMENT})
_COLLECTED = frozenset({Action.HAND_OVER, Action.RECALL})


def _officers(name: str, label: Promise, *variables: str) -> Event:
    return Event(name, label, variables, audience=Audience.OFFICERS)


EVENTS: Final[dict[str, Event]] = {
    event.name: event
    for event in (
        Event("receive", _("Đã nhận hồ sơ"), (), moot_after=_END),
        Event(
            "ask_supplement",
            _("Yêu cầu bổ sung"),
            ("han_bo_sung", "so_giay_to"),
            must_hear=True,
            moot_after=_ASKED_FIRST,
        ),
        Event(
            "permit_supplement",
            _("Yêu cầu bổ sung lần nữa"),
            ("han_bo_sung", "so_giay_to"),
            must_hear=True,
            moot_after=_ASKED_FIRST,
        ),
        Event(
            "warn_lapse",
            _("Sắp đóng vì chưa bổ sung"),
            ("han_bo_sung", "so_giay_to"),
            must_hear=True,
            moot_after=_ASKED,
        ),
        Event(
            "lapse",
            _("Đã đóng vì không bổ sung"),
            (),
            must_hear=True,
            moot_after=frozenset({Action.HAND_OVER}),
        ),
        Event(
            "reject_submission",
            _("Giấy tờ gửi qua mạng chưa đạt"),
            ("han_bo_sung",),
            must_hear=True,
            moot_after=_ASKED_FIRST,
        ),
        Event("resume", _("Đã nhận đủ giấy tờ bổ sung"), (), moot_after=_END),
        Event("withdraw", _("Đã rút hồ sơ"), (), moot_after=frozenset({Action.HAND_OVER})),
        Event("finish", _("Có kết quả"), ("cach_nhan",), must_hear=True, moot_after=_COLLECTED),
        Event(
            "finish_early", _("Có kết quả sớm hơn hẹn"), ("cach_nhan",), must_hear=True, moot_after=_COLLECTED
        ),
        Event(
            "finish_refused", _("Từ chối giải quyết"), ("cach_nhan",), must_hear=True, moot_after=_COLLECTED
        ),
        Event(
            "reappoint",
            _("Xin lỗi và hẹn lại"),
            ("hen_cu", "ly_do"),
            must_hear=True,
            moot_after=frozenset({Action.HAND_OVER}),
        ),
        Event(
            "apologise",
            _("Xin lỗi, không hẹn lại"),
            ("ly_do",),
            must_hear=True,
            moot_after=frozenset({Action.HAND_OVER}),
        ),
        Event(
            "recount",
            _("Ngày hẹn thay đổi theo lịch"),
            ("hen_cu", "ly_do"),
            must_hear=True,
            moot_after=_END | {Action.RESUME, Action.REAPPOINT, Action.RECOUNT},
        ),
        Event("hand_over", _("Đã trả kết quả"), ()),
        Event("recall", _("Thu hồi kết quả sai"), (), must_hear=True, moot_after=frozenset({Action.REISSUE})),
        Event("reissue", _("Kết quả đã sửa"), ("cach_nhan",), must_hear=True, moot_after=_COLLECTED),
        _officers("consult", _("Cơ quan khác hỏi ý kiến"), "noi_hoi", "han_tra_loi"),
        _officers("late_answer", _("Cơ quan được hỏi chậm trả lời"), "co_quan", "han_tra_loi"),
        _officers("draft_apology", _("Thư xin lỗi chờ ký"), "ky_truoc"),
        _officers("assign", _("Được giao hồ sơ"), "han_buoc"),
        _officers("submit_supplement", _("Người nộp đã gửi giấy tờ bổ sung")),
        _officers("propose_supplement", _("Xin phép bổ sung lần nữa")),
    )
}
ACTIONS: Final = frozenset({Action(name) for name in EVENTS if name in set(Action)})
"""Acts that `config/wiring.py` lets us hear of."""

_UNFINISHED: Final = {
    Outcome.WITHDRAWN: "withdraw",
    Outcome.LAPSED: "lapse",
    Outcome.REFUSED: "finish_refused",
}


def event_of(action: Action, facts: Mapping[str, Any], before: Mapping[str, Any]) -> Event | None:
    """What an act gives to say, by what the journal says of it and of the act before; None: nothing."""
    if action not in ACTIONS:
        return None
    if action is Action.FINISH:
        early = "finish_early" if facts["punctuality"] == Punctuality.EARLY else "finish"
        return EVENTS[_UNFINISHED.get(Outcome(facts["outcome"]), early)]
    if action is Action.REAPPOINT and promised(facts) == promised(before):
        return EVENTS["apologise"]
    if action is Action.RECOUNT and promised(facts) == promised(before):
        return None  # the citizen's own date, given with an apology, is not the law's
    return EVENTS[action]


def promised(facts: Mapping[str, Any]) -> str | None:
    """The date that the citizen goes by: the new one given with an apology, else the law's."""
    date: str | None = facts.get("appointment_at") or facts.get("due_at")
    return date
