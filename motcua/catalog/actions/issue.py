"""The one place where a version comes into force: numbered, the one before it ended, its template carried over.

It records nothing: whoever calls it writes the journal entry of what was done, and then notes the change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.catalog.content import Content, content_of, write
from motcua.catalog.errors import DraftRefused, ProcedureUnknown
from motcua.catalog.models import Procedure, ProcedureVersion
from motcua.catalog.queries import current
from motcua.catalog.template_route import PlannedStep, carry_over, write_template
from motcua.ui.formats import vn_date


@dataclass(frozen=True, slots=True)
class Term:
    """By which decision, and from when to when. `starts` None: since before our records."""

    starts: date | None
    ends: date | None = None
    number: str = ""
    day: date | None = None


def locked(procedure_id: int) -> Procedure:
    """Two administrators at once: the second meets what the first one did. Raises ProcedureUnknown."""
    procedure = Procedure.objects.select_for_update().filter(pk=procedure_id).first()
    if procedure is None:
        raise ProcedureUnknown(_("Không có thủ tục này. Tải lại trang."))
    return procedure


def newest(procedure_id: int) -> ProcedureVersion | None:
    """The version published last, in force or not."""
    published = ProcedureVersion.objects.filter(procedure=procedure_id, published_at__isnull=False)
    return published.select_related("procedure", "field").order_by("-number").first()


def in_force(procedure: Procedure) -> ProcedureVersion:
    """The version of today. Raises ProcedureUnknown."""
    version = current().filter(procedure=procedure).first()
    if version is None:
        raise ProcedureUnknown(_("Thủ tục này không còn hiệu lực. Tải lại trang."))
    return version


def issue_content(
    procedure: Procedure,
    content: Content,
    term: Term,
    at: datetime,
    *,
    by_id: int | None,
    route: Sequence[PlannedStep] | None = None,
) -> ProcedureVersion:
    """A version that says this, in force at once or from its day; a draft that somebody is writing stays as it is."""
    version = ProcedureVersion(procedure=procedure, number=_next_number(procedure.pk))
    write(version, content)
    return issue(version, term, at, by_id=by_id, route=route)


def issue(
    version: ProcedureVersion,
    term: Term,
    at: datetime,
    *,
    by_id: int | None,
    route: Sequence[PlannedStep] | None = None,
) -> ProcedureVersion:
    """Publish a version that is written and not published yet. Raises DraftRefused.

    `route`: its template; None: the one of the version before is carried over.
    """
    old = newest(version.procedure_id)
    today = timezone.localdate(at)
    check_term(old, term, today)
    if old is not None and term.starts is not None:
        end = max(term.starts - timedelta(days=1), today)
        if old.valid_to is None or old.valid_to > end:
            ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=end)
    version.number = version.number or _next_number(version.procedure_id)
    version.base = version.base or old
    version.published_at, version.published_by_id = at, by_id
    version.valid_from, version.valid_to = term.starts, term.ends
    version.decision_number, version.decision_date = term.number, term.day
    version.save()
    if route is None:
        carry_over(old, version, at, by_id=by_id)
    else:
        write_template(version, route, at, by_id=by_id, decision=term.number)
    return version


def check_term(old: ProcedureVersion | None, term: Term, today: date) -> None:
    """Raises DraftRefused: what came into force is not undone, and one waits at a time."""
    if term.ends is not None and term.starts is not None and term.ends < term.starts:
        raise DraftRefused(_("Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi."), field="ends")
    if old is None:
        return
    if old.valid_from is not None and old.valid_from > today:
        told = {"number": old.number, "day": vn_date(old.valid_from)}
        raise DraftRefused(
            _("Bản số %(number)d đã công bố, có hiệu lực từ %(day)s; chờ đến ngày đó rồi công bố bản sau.")
            % told,
            field="starts",
        )
    if term.starts is None or term.starts < today:
        raise DraftRefused(
            _("Ngày có hiệu lực phải từ hôm nay trở đi: hồ sơ đã nhận trước đó theo bản đang có hiệu lực."),
            field="starts",
        )


def _next_number(procedure_id: int) -> int:
    old = newest(procedure_id)
    return (old.number or 0) + 1 if old else 1


def next_content(version: ProcedureVersion, **facts: object) -> Content:
    """What a version says, but for these facts."""
    return content_of(version).saying(**facts)
