"""A version in words, section by section, and what differs between two: for people who decide what is published."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalog.content import Content, Paper
from motcua.catalog.fee_text import FeeState, FeeText
from motcua.catalog.models import Fee, FeeExemption, OnlineLevel, PaperKind
from motcua.catalog.template_route import PlannedStep
from motcua.catalog.words import limit_words, price_words
from motcua.files.models import StoredFile
from motcua.people.models import Field, Role, UnitLevel
from motcua.rules.limits import Limit, LimitUnreadable
from motcua.rules.words_changed import Line, lines_changed
from motcua.rules.workflow import StepKind

STEP_LABELS = {
    StepKind.RECEPTION: gettext_lazy("Tiếp nhận"),
    StepKind.PROCESSING: gettext_lazy("Xử lý"),
    StepKind.APPROVAL: gettext_lazy("Phê duyệt"),
    StepKind.RETURN: gettext_lazy("Trả kết quả"),
}
FEE_STATES = {
    FeeState.UNKNOWN: gettext_lazy("chưa công bố"),
    FeeState.UNREAD: gettext_lazy("nguồn có ghi nhưng chưa rõ mức"),
    FeeState.FREE: gettext_lazy("không thu"),
    FeeState.LISTED: gettext_lazy("có thu, theo danh sách"),
}


class Section(NamedTuple):
    """`part`: where a draft is edited for it; empty: nowhere."""

    part: str
    label: str
    lines: tuple[str, ...]


class Difference(NamedTuple):
    label: str
    lines: tuple[Line, ...]


class Names(NamedTuple):
    """What the ids in contents are called: fields and files."""

    fields: Mapping[int, str]
    files: Mapping[int, str]


def names_for(*contents: Content) -> Names:
    """In two queries, however many contents."""
    fields = dict(Field.objects.values_list("pk", "name"))
    ids = {
        one
        for content in contents
        for paper in content.papers
        for one in (paper.template_id, paper.sample_id)
    }
    known = [one for one in ids if one is not None]
    files = StoredFile.objects.filter(pk__in=known) if known else StoredFile.objects.none()
    return Names(fields, {file.pk: f"{file.name} ({file.sha256[:8]})" for file in files})


def described(content: Content, names: Names, route: Sequence[PlannedStep] | None = None) -> list[Section]:
    """All that a version says; `route` None: it is not looked at."""
    facts = content.facts
    online = dict(OnlineLevel.choices).get(facts["online_level"], "")
    sections = [
        ("general", _("Tên"), facts["name"]),
        ("general", _("Lĩnh vực"), names.fields.get(facts["field_id"], "")),
        ("general", _("Cấp thực hiện"), facts["level"]),
        ("general", _("Mức độ trực tuyến"), str(online) if facts["online_level"] else ""),
        ("general", _("Liên thông"), _yes_no(facts["is_interlinked"])),
        ("doing", _("Đối tượng thực hiện"), facts["audience"]),
        ("doing", _("Trình tự thực hiện"), facts["steps_text"]),
        ("doing", _("Kết quả"), facts["result_name"]),
        ("doing", _("Hiệu lực của kết quả"), facts["result_validity"]),
        ("doing", _("Căn cứ pháp lý"), facts["legal_basis"]),
        ("limit", _("Thời hạn giải quyết"), _limit(facts)),
        ("limit", _("Thời hạn, lời văn công bố"), facts["limit_text"]),
        ("limit", _("Ghi chú thời hạn"), facts["limit_note"]),
        ("papers", _("Thành phần hồ sơ"), "\n".join(_paper(paper, names) for paper in content.papers)),
        ("fees", _("Phí, lệ phí"), str(FEE_STATES.get(facts["fee_state"], facts["fee_state"]))),
        ("fees", _("Các khoản thu"), "\n".join(line for fee in content.fees for line in _fee(fee))),
        ("fees", _("Phí, lời văn công bố"), facts["fee_text"]),
        ("fees", _("Văn bản quy định phí"), facts["fee_decision"]),
        ("fees", _("Ghi chú phí"), facts["fee_note"]),
        ("supplement", _("Khi chờ bổ sung"), _supplement(facts)),
        ("", _("Nguồn"), facts["source"]),
        ("", _("Dữ liệu tính đến"), facts["as_of"]),
    ]
    if route is not None:
        sections.append(("", _("Quy trình mẫu"), "\n".join(_step(step, names) for step in route)))
    return [Section(part, label, tuple(filter(None, text.split("\n")))) for part, label, text in sections]


def differences(old: Sequence[Section], new: Sequence[Section]) -> list[Difference]:
    """The sections in which something differs, word by word."""
    found = []
    for before, after in zip(old, new, strict=True):
        if lines := tuple(lines_changed(before.lines, after.lines)):
            found.append(Difference(after.label, lines))
    return found


def compare(
    old: Content | None,
    new: Content,
    *,
    routes: tuple[Sequence[PlannedStep], Sequence[PlannedStep]] | None = None,
) -> list[Difference]:
    """What is new; `old` None: all of it."""
    before = old or Content()
    names = names_for(before, new)
    old_route, new_route = routes or (None, None)
    return differences(described(before, names, old_route), described(new, names, new_route))


def _yes_no(value: bool | None) -> str:
    return "" if value is None else _("có") if value else _("không")


def _limit(facts: Mapping[str, Any]) -> str:
    if not facts["limit"]:
        return ""
    try:
        Limit.parse(facts["limit"])
    except LimitUnreadable:
        return str(facts["limit"])
    return limit_words(facts["limit"], confirmed=facts["limit_confirmed"])


def _supplement(facts: Mapping[str, Any]) -> str:
    clock = _("tạm dừng tính thời hạn") if facts["supplement_pauses"] else _("tính lại thời hạn từ đầu")
    return _("%(clock)s; yêu cầu bổ sung trong %(days)d ngày làm việc") % {
        "clock": clock,
        "days": facts["supplement_notice_days"],
    }


def _paper(paper: Paper, names: Names) -> str:
    if paper.is_note:
        return _("Lưu ý: %(name)s") % {"name": paper.name}
    told = [f"{PaperKind(paper.kind).label} × {paper.number}"]
    told += [_("xuất trình")] if paper.to_show else []
    told += [] if paper.online_allowed else [_("không nhận bản điện tử")]
    told += (
        [_("mẫu: %(file)s") % {"file": names.files.get(paper.template_id, "?")}] if paper.template_id else []
    )
    told += (
        [_("bản điền mẫu: %(file)s") % {"file": names.files.get(paper.sample_id, "?")}]
        if paper.sample_id
        else []
    )
    return f"{paper.name} – {', '.join(str(word) for word in told)}"


def _fee(fee: FeeText) -> list[str]:
    kind = str(Fee.Kind(fee.kind).label)
    price = price_words(fee.price, fee.unit, fee.item, confirmed=fee.confirmed)
    told = [f"{kind} – {fee.label}: {price}" if fee.label != kind else f"{kind}: {price}"]
    told[0] += _(" (chỉ khi người nộp yêu cầu)") if fee.is_optional else ""
    told[0] += f"; {fee.note}" if fee.note else ""
    told += [
        f"{fee.label}: {FeeExemption(ground=g.words, percent_off=g.percent_off).label}" for g in fee.grounds
    ]
    return told


def _step(step: PlannedStep, names: Names) -> str:
    where = agency_words(step.agency)
    told = f"{STEP_LABELS[StepKind(step.kind)]} – {Role(step.role).label}"
    told += f", {where}" if where else ""
    told += f" ({names.fields.get(step.field_id, '?')})" if step.field_id else ""
    told += _(": %(n)d phút") % {"n": step.minutes}
    for task in step.tasks:
        told += _("; cùng lúc %(agency)s: %(task)s (%(n)d phút)") % {
            "agency": agency_words(task.agency),
            "task": task.task,
            "n": task.minutes,
        }
    return told


def agency_words(agency: str) -> str:
    """Which agency a route means (RouteStep.agency); empty: the one that received it."""
    levels = {UnitLevel.DISTRICT.value: _("UBND cấp huyện"), UnitLevel.PROVINCE.value: _("UBND cấp tỉnh")}
    return levels.get(agency, agency)
