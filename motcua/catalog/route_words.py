"""How steps, and what is wrong with a route, read for the one who draws it."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.people.models import Unit, UnitLevel
from motcua.rules.durations import duration_words
from motcua.rules.routes import Complaint, Stage, Wrong
from motcua.rules.workflow import StepKind

KINDS: dict[str, Promise] = {
    StepKind.RECEPTION: gettext_lazy("Tiếp nhận"),
    StepKind.PROCESSING: gettext_lazy("Xử lý"),
    StepKind.APPROVAL: gettext_lazy("Lãnh đạo duyệt"),
    StepKind.RETURN: gettext_lazy("Trả kết quả"),
}
ROLE_OF: dict[str, str] = {
    StepKind.RECEPTION: "clerk",
    StepKind.PROCESSING: "specialist",
    StepKind.APPROVAL: "leader",
    StepKind.RETURN: "clerk",
}
"""Who does a step of a kind."""
_WORDS: dict[Wrong, Promise] = {
    Wrong.NO_RECEPTION: gettext_lazy("Bước đầu tiên phải là tiếp nhận tại đơn vị."),
    Wrong.NO_PROCESSING: gettext_lazy("Thiếu bước xử lý."),
    Wrong.NO_APPROVAL: gettext_lazy("Sau bước xử lý cuối phải có bước lãnh đạo duyệt."),
    Wrong.NO_RETURN: gettext_lazy("Bước cuối cùng, và chỉ bước đó, phải là trả kết quả tại đơn vị."),
    Wrong.NO_TIME: gettext_lazy("Bước này phải có thời gian."),
    Wrong.STEPS_CHANGED: gettext_lazy("Các bước của quy trình mẫu phải giữ nguyên, đủ và đúng thứ tự."),
    Wrong.ADDED_PLACE: gettext_lazy(
        "Bước thêm phải ở huyện hoặc một cơ quan của huyện, sau tiếp nhận và trước trả kết quả."
    ),
    Wrong.OFFICER: gettext_lazy("Chỉ bước xử lý tại đơn vị mới chỉ định được người làm."),
}


def complaint_words(complaint: Complaint) -> str:
    has, wants = duration_words(complaint.has), duration_words(complaint.wants)
    if complaint.wrong is Wrong.MINUTES:
        return _minutes(complaint)
    if complaint.wrong is Wrong.FOREIGN:
        return _("Thời gian của cơ quan khác phải giữ nguyên: %(wants)s.") % {"wants": wants}
    if complaint.wrong is Wrong.TASK_TOO_LONG:
        return _("Việc song song có %(has)s, dài hơn thời hạn %(wants)s.") % {"has": has, "wants": wants}
    return str(_WORDS[complaint.wrong])


def _minutes(complaint: Complaint) -> str:
    words = {
        "has": duration_words(complaint.has),
        "wants": duration_words(complaint.wants),
        "rest": duration_words(abs(complaint.has - complaint.wants)),
    }
    if complaint.has > complaint.wants:
        return _("Các bước cộng lại được %(has)s, vượt %(rest)s so với thời hạn %(wants)s.") % words
    return _("Các bước cộng lại được %(has)s, còn thiếu %(rest)s so với thời hạn %(wants)s.") % words


def told(complaints: Iterable[Complaint]) -> tuple[str, dict[int, str]]:
    """What is wrong with the whole, in one text, and with single steps by their place."""
    whole: list[str] = []
    places: dict[int, list[str]] = {}
    for complaint in complaints:
        words = complaint_words(complaint)
        if complaint.place is None:
            whole.append(words)
        else:
            places.setdefault(complaint.place, []).append(words)
    return " ".join(whole), {place: " ".join(words) for place, words in places.items()}


def stage_words(stage: Stage, agencies: Mapping[str, str]) -> str:
    """Xử lý tại Bảo hiểm xã hội; a step at the unit is only called what it is."""
    kind = str(KINDS[stage.kind])
    if not stage.agency:
        return kind
    return _("%(kind)s tại %(where)s") % {
        "kind": kind,
        "where": agencies.get(stage.agency, stage.agency),
    }


def agency_names() -> dict[str, str]:
    """What the agencies of routes are called, without their place: kind → "Bảo hiểm xã hội"."""
    found: dict[str, str] = {UnitLevel.DISTRICT: _("UBND huyện"), UnitLevel.PROVINCE: _("UBND tỉnh")}
    rows = Unit.objects.filter(level=UnitLevel.AGENCY, valid_to=None).order_by("-code")
    for kind, name, place in rows.values_list("agency_kind", "name", "parent__name"):
        found[kind] = name.removesuffix(place[0].lower() + place[1:]).strip()
    return found
