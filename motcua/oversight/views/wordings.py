"""The province's own words: what is said on which occasion, checked, and seen as it will be read before it is kept."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.notices import actions as notices
from motcua.notices import queries
from motcua.notices.actions.word import check_words
from motcua.notices.choices import Channel
from motcua.notices.errors import WordingRefused
from motcua.notices.events import COMMON, EVENTS, Event
from motcua.notices.facts import MEANINGS, examples
from motcua.notices.models import SmsStyle
from motcua.notices.render import render as fill_in
from motcua.oversight.access import administering, officer_of
from motcua.oversight.forms import SmsStyleForm, WordingForm
from motcua.oversight.tabs import background_tabs
from motcua.people.models import Unit
from motcua.people.succession import exists_on
from motcua.rules.sms import Size, size, without_accents


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as it will be read: for an SMS also what it costs."""

    label: str
    subject: str
    text: str
    size: Size | None = None


@administering
@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    return _list(request, SmsStyleForm(units=_units()))


def _list(request: HttpRequest, form: SmsStyleForm) -> HttpResponse:
    rows = [
        {"event": event, "channel": channel, "said": said, "size": _size(event, channel, said.text)}
        for event, channel, said in queries.all_words()
    ]
    context = {
        "pages": background_tabs("wordings"),
        "rows": rows,
        "form": form,
        "styles": SmsStyle.objects.select_related("unit").order_by("unit__path"),
        "otherwise": queries.WITHOUT_ACCENTS,
    }
    return render(request, "oversight/wordings.html", context, status=422 if form.errors else 200)


def _size(event: Event, channel: Channel, text: str) -> Size | None:
    return size(without_accents(fill_in(text, examples(event)))) if channel is Channel.SMS else None


def _units() -> list[tuple[str, str]]:
    """The province, its districts and their communes, in the order of the tree."""
    units = (
        Unit.objects.filter(exists_on(timezone.localdate()))
        .order_by("path")
        .values_list("code", "name", "path")
    )
    return [(code, "– " * (path.count(".") - 1) + name) for code, name, path in units]


@administering
@require_POST
def sms_style(request: HttpRequest) -> HttpResponse:
    """With or without accents, for a unit and those below it."""
    form = SmsStyleForm(request.POST, units=_units())
    if not form.is_valid():
        return _list(request, form)
    unit = Unit.objects.get(code=form.cleaned_data["unit"])
    notices.set_sms_style(officer_of(request), unit, without_accents=form.chosen)
    messages.success(request, _("Đã ghi cách viết SMS của %(unit)s.") % {"unit": unit.name})
    return redirect("wordings")


@administering
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: HttpRequest, event: str, channel: str) -> HttpResponse:
    """One text: seen as typed, kept, or given back to the software's own. What was typed stays typed."""
    about, way = _which(event, channel)
    said = queries.words(about, way)
    if request.method != "POST":
        initial = {"subject": said.subject, "text": said.text, "is_on": said.is_on}
        return _editor(request, about, way, WordingForm(initial=initial, channel=way))
    if "default" in request.POST:
        notices.to_default(officer_of(request), about, way)
        messages.success(request, _("Đã trở lại lời nhắn có sẵn."))
        return redirect("wording", event=event, channel=channel)
    form = WordingForm(request.POST, channel=way)
    if form.is_valid() and _done(request, about, way, form):
        return redirect("wordings")
    return _editor(request, about, way, form)


def _which(event: str, channel: str) -> tuple[Event, Channel]:
    about = EVENTS.get(event)
    if about is None or channel not in about.drafts:
        raise Http404
    return about, Channel(channel)


def _done(request: HttpRequest, event: Event, channel: Channel, form: WordingForm) -> bool:
    """Whether it was kept; a preview, or what cannot be sent, comes back in the form."""
    facts = form.cleaned_data
    subject, text = facts.get("subject", ""), facts["text"]
    try:
        if "preview" in request.POST:
            check_words(event, channel, subject, text)
            return False
        notices.reword(officer_of(request), event, channel, subject=subject, text=text, is_on=facts["is_on"])
    except WordingRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    messages.success(request, _("Đã lưu. Tin từ bây giờ dùng lời này; tin đã xếp hàng giữ lời cũ."))
    return True


def _editor(request: HttpRequest, event: Event, channel: Channel, form: WordingForm) -> HttpResponse:
    context: dict[str, Any] = {
        "event": event,
        "channel": channel,
        "form": form,
        "said": queries.words(event, channel),
        "seen": [] if form.errors else _seen(event, channel, form),
        "variables": [(name, *MEANINGS[name]) for name in (*COMMON, *event.variables)],
    }
    return render(request, "oversight/wording.html", context, status=422 if form.errors else 200)


def _seen(event: Event, channel: Channel, form: WordingForm) -> list[Seen]:
    """What stands in the form, filled in with a dossier that does not exist."""
    values = examples(event)
    subject = fill_in(form["subject"].value() or "", values) if "subject" in form.fields else ""
    text = fill_in(form["text"].value() or "", values)
    if channel is not Channel.SMS:
        return [Seen(_("Sẽ đọc như sau"), subject, text)]
    plain = without_accents(text)
    return [
        Seen(_("Không dấu"), "", plain, size(plain)),
        Seen(_("Có dấu"), "", text, size(text)),
    ]
