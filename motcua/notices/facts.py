"""What stands for the names in braces: facts of one dossier at one moment, and nothing that names a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from motcua.dossiers.choices import ReturnMethod
from motcua.dossiers.models import Apology, Consultation, Dossier, Move, Supplement
from motcua.journal.models import Entry
from motcua.notices.events import COMMON, Event, promised
from motcua.people.succession import acting
from motcua.rules.workflow import Action
from motcua.ui.formats import vn_time


@dataclass(frozen=True, slots=True)
class Occasion:
    """An entry of a dossier's journal, with what it and the one before it say."""

    entry: Entry
    dossier: Dossier
    facts: Mapping[str, Any]
    before: Mapping[str, Any]

    @property
    def action(self) -> Action:
        return Action(self.entry.kind.removeprefix("dossier."))


def occasion(entry: Entry, dossier: Dossier) -> Occasion:
    earlier = Entry.objects.filter(subject=entry.subject, pk__lt=entry.pk, kind__startswith="dossier.")
    last = earlier.order_by("-pk").first()
    return Occasion(entry, dossier, entry.read_facts(), last.read_facts() if last else {})


def values(event: Event, told: Occasion) -> dict[str, str]:
    """Every variable that a text about the event may have; Vietnamese, whatever language a page has."""
    with translation.override("vi"):
        return {name: _VALUES[name](told) for name in (*COMMON, *event.variables)}


def _time(moment: datetime | str | None) -> str:
    return vn_time(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)


def tracking_url(code: str) -> str:
    """What a citizen opens without a log-in: how far the dossier is (R51)."""
    return f"{settings.PUBLIC_URL}{reverse('track', args=[code])}"


def _how_to_collect(told: Occasion) -> str:
    return {
        ReturnMethod.POST: "Kết quả được gửi qua bưu chính công ích.",
        ReturnMethod.ONLINE: "Kết quả được trả trực tuyến.",
    }.get(
        ReturnMethod(told.dossier.return_method),
        "Mời mang giấy tiếp nhận đến Một cửa để nhận.",
    )


def _asked(told: Occasion) -> Supplement | None:
    """The supplement that was being asked for at that moment."""
    asked = Supplement.objects.filter(dossier=told.dossier, asked_at__lte=told.entry.at)
    return asked.order_by("-number").first()


def _lapses(told: Occasion) -> str:
    asked = _asked(told)
    return _time(asked.lapses_at) if asked and asked.lapses_at else "ngày ghi trong phiếu"


def _papers_missing(told: Occasion) -> str:
    asked = _asked(told)
    return f"{asked.items.count():02d}" if asked else "một số"


def _apology(told: Occasion) -> Apology | None:
    written = Apology.objects.filter(dossier=told.dossier, drafted_at__lte=told.entry.at)
    return written.order_by("-drafted_at", "-pk").first()


def _why(told: Occasion) -> str:
    """From a closed list, or the name of a public day off: never words that an officer wrote about somebody."""
    if told.action is Action.RECOUNT:
        move = Move.objects.filter(dossier=told.dossier, entry_id=told.entry.pk).first()
        return move.words if move and move.words else "ngày nghỉ, ngày làm bù"
    signed = _apology(told)
    if signed is None:
        return "cơ quan giải quyết chậm"
    if signed.cause == Apology.Cause.LATE:
        return str(signed.get_reason_display())
    return str(signed.get_cause_display())


def _sign_by(told: Occasion) -> str:
    drafted = _apology(told)
    return _time(drafted.sign_by) if drafted else "hôm nay"


def _consultation(told: Occasion) -> Consultation | None:
    """The question that the entry tells of; of an older entry, the one whose answer is late."""
    if number := told.facts.get("consultation"):
        asked = Consultation.objects.filter(dossier=told.dossier, number=number)
        return asked.select_related("to_unit", "from_unit").first()
    late = Consultation.objects.filter(dossier=told.dossier, due_at__lte=told.entry.at, answered_at=None)
    return late.select_related("to_unit").order_by("-due_at", "-pk").first()


def _asked_agency(told: Occasion) -> str:
    late = _consultation(told)
    return late.to_unit.name if late else "Cơ quan được hỏi"


def _asking_agency(told: Occasion) -> str:
    asked = _consultation(told)
    return asked.from_unit.name if asked else "Cơ quan khác"


def _answer_due(told: Occasion) -> str:
    late = _consultation(told)
    return _time(late.due_at) if late else "đã qua"


_VALUES: Final[dict[str, Callable[[Occasion], str]]] = {
    "ma_ho_so": lambda told: told.dossier.code,
    "thu_tuc": lambda told: told.dossier.version.name,
    "don_vi": lambda told: acting(told.dossier.unit, timezone.localdate(told.entry.at)).name,
    "hen_tra": lambda told: _time(promised(told.facts)),
    "tra_cuu": lambda told: tracking_url(told.dossier.code),
    "hen_cu": lambda told: _time(promised(told.before)),
    "ly_do": _why,
    "cach_nhan": _how_to_collect,
    "han_bo_sung": _lapses,
    "so_giay_to": _papers_missing,
    "co_quan": _asked_agency,
    "han_tra_loi": _answer_due,
    "noi_hoi": _asking_agency,
    "ky_truoc": _sign_by,
    "han_buoc": lambda told: _time(told.facts.get("step_due_at")),
}
MEANINGS: Final[dict[str, tuple[str, str]]] = {
    "ma_ho_so": ("Mã hồ sơ", "000.19.21.H57-190504-0012"),
    "thu_tuc": ("Tên thủ tục", "Đăng ký khai sinh"),
    "don_vi": ("Nơi tiếp nhận", "Phường Phước Vĩnh"),
    "hen_tra": ("Ngày hẹn trả đang có hiệu lực", "17:00, 09/05/2019"),
    "tra_cuu": ("Địa chỉ tra cứu công khai", ""),
    "hen_cu": ("Ngày hẹn trả trước đó", "17:00, 07/05/2019"),
    "ly_do": ("Lý do, lấy từ danh mục", "Phải xác minh, thẩm tra thêm"),
    "cach_nhan": ("Cách nhận kết quả", "Mời mang giấy tiếp nhận đến Một cửa để nhận."),
    "han_bo_sung": ("Hạn nộp bổ sung", "17:00, 03/06/2019"),
    "so_giay_to": ("Số loại giấy tờ cần bổ sung", "02"),
    "co_quan": ("Cơ quan được hỏi", "Công an Thành phố Huế"),
    "han_tra_loi": ("Hạn trả lời", "17:00, 06/05/2019"),
    "noi_hoi": ("Nơi hỏi ý kiến", "Phường Phước Vĩnh"),
    "ky_truoc": ("Hạn ký thư xin lỗi", "17:00, 07/05/2019"),
    "han_buoc": ("Hạn của bước xử lý", "17:00, 06/05/2019"),
}
"""What each variable means, and an example for the preview."""


def examples(event: Event) -> dict[str, str]:
    """Values of a dossier that does not exist, as long as real ones are."""
    sample = {name: MEANINGS[name][1] for name in (*COMMON, *event.variables)}
    return sample | {"tra_cuu": tracking_url(sample["ma_ho_so"])}
