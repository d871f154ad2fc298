"""Every component as a tag; README.md of this room shows the call of each, the page `components` its look.

Small ones are built here by format_html, because a work list calls them a hundred times; big ones have a template.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.rules.durations import duration_words
from motcua.ui import formats

register = template.Library()
register.filter("vn_date", formats.vn_date)
register.filter("vn_time", formats.vn_time)
register.filter("money", formats.money)
register.filter("file_size", formats.size)
register.filter("worktime", duration_words)

_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")

Table = Mapping[str, tuple[str, str]] | Iterable[tuple[str, str, str]]
"""Values with their words and tone: {value: (label, tone)} or rows of (value, label, tone)."""

# -- words and marks ------------------------------------------------------------------------------


@register.filter
def linked(text: str) -> SafeString:
    """Plain text that a person typed, in paragraphs, with web addresses as links. Everything else is shown as typed."""
    parts, last = [], 0
    for found in _ADDRESS.finditer(text):
        parts.append(escape(text[last : found.start()]))
        parts.append(format_html('<a href="{0}" rel="nofollow noopener noreferrer">{0}</a>', found[0]))
        last = found.end()
    parts.append(escape(text[last:]))
    return mark_safe(linebreaks("".join(parts)))


@register.simple_tag
def badge(label: object, tone: str = "neutral") -> SafeString:
    """A state in words on a tinted ground. Tones: neutral, info, active, wait, ok, bad."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, label)


@register.simple_tag
def state(value: object, table: Table) -> SafeString:
    """The badge of `value`, its words and tone looked up in the one table of its room."""
    rows = table if isinstance(table, Mapping) else {row[0]: row[1:] for row in table}
    label, tone = rows.get(str(value), (str(value), "neutral"))
    return badge(label, tone)


@register.simple_tag(takes_context=True)
def due(
    context: template.Context,
    at: datetime | None,
    done: datetime | None = None,
    paused: bool = False,
) -> SafeString:
    """A due time with what is left of it. A view may give `now`, so that all rows of a page agree."""
    if not at:
        return format_html('<span class="due">{}</span>', gettext("chưa có hạn"))
    at = formats.local(at)
    left = formats.left(at, context.get("now") or timezone.now(), done=done, paused=paused)
    return format_html(
        '<span class="due due-{}"><time datetime="{}">{}</time> <b>{}</b></span>',
        left.tone,
        at.isoformat(timespec="minutes"),
        formats.vn_time(at),
        left.words,
    )


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """A moment, readable by people and machines."""
    if not at:
        return mark_safe("")
    iso = formats.local(at).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', iso, formats.vn_time(at))


@register.simple_tag
def key(keys: str) -> SafeString:
    """A keyboard shortcut as shown beside what it does. The key itself is set by accesskey or data-hotkey."""
    return format_html('<kbd aria-hidden="true">{}</kbd>', keys)


# -- forms ----------------------------------------------------------------------------------------


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    help: str = "",  # noqa: A002
    width: str = "",
    hint: str = "",
    row: bool = False,
) -> dict[str, Any]:
    """A form's field whole: label, help, input, errors in place.

    `width`: xs, s, m, l. `hint`: a shortcut to show. `row`: choices side by side.
    """
    if help:
        bound.help_text = help
    return {
        "field": bound,
        "label": label or bound.label,
        "width": width,
        "hint": hint,
        "row": row,
        "group": bound.use_fieldset,
        "tick": isinstance(bound.field.widget, CheckboxInput),
        "described": bound.aria_describedby if bound.use_fieldset else None,
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: "BaseForm | BaseFormSet[Any] | Sequence[BaseForm] | None") -> dict[str, Any]:
    """All that is wrong in one or more forms, lists of forms and formsets, above them, each a link to its field."""
    each: list[BaseForm | BaseFormSet[Any] | None] = []
    for given in forms:
        each.extend(given if isinstance(given, list | tuple) else [given])  # type: ignore[list-item]
    rows = [row for form in each if form is not None and form.is_bound for row in _mistakes(form)]
    return {"rows": rows}


def _mistakes(form: "BaseForm | BaseFormSet[Any]") -> list[tuple[str, str, str]]:
    """(anchor, label, message) for each error."""
    if isinstance(form, BaseFormSet):
        whole = [("", "", str(message)) for message in form.non_form_errors()]
        return whole + [row for one in form.forms for row in _mistakes(one)]
    rows = [("", "", str(message)) for message in form.non_field_errors()]
    for bound in form:
        rows += [(_anchor(bound), str(bound.label), str(message)) for message in bound.errors]
    return rows


def _anchor(bound: BoundField) -> str:
    """Where a link to the field lands: its input, or the first choice of a group."""
    return bound.id_for_label or f"{bound.auto_id}_0"


# -- parts of a page ------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A box that says something. Tones: info, ok, warn, bad. Bad ones are announced at once."""
    return format_html(
        '<div class="notice notice-{}" role="{}">{}<div>{}</div></div>',
        tone,
        "alert" if tone == "bad" else "note",
        format_html("<strong>{}</strong>", title) if title else "",
        mark_safe(content),
    )


@register.simple_block_tag
def page_head(content: str, title: str, over: str = "", back: str = "", back_label: str = "") -> SafeString:
    """The page's h1, with a line above it, a way back, and its actions as the content."""
    way = (
        format_html('<a class="back" href="{}">{}</a>', back, back_label or gettext("Quay lại"))
        if back
        else ""
    )
    top = format_html('<p class="over">{}</p>', over) if over else ""
    acts = format_html('<div class="acts">{}</div>', mark_safe(content)) if content.strip() else ""
    return format_html('<div class="page-head">{}<div>{}<h1>{}</h1></div>{}</div>', way, top, title, acts)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What stands where a list would: why it is empty, and what to do next as the content."""
    return format_html('<div class="empty"><p><strong>{}</strong></p>{}</div>', title, mark_safe(content))


@register.simple_block_tag
def confirm(content: str, label: str, tone: str = "") -> SafeString:
    """A weighty act in two moves without a dialog: the button opens the content, which holds the form."""
    return format_html(
        '<details class="confirm{}"><summary class="btn">{}</summary><div>{}</div></details>',
        f" confirm-{tone}" if tone else "",
        label,
        mark_safe(content),
    )


@register.simple_tag
def kv(pairs: Iterable[tuple[object, object]] | Mapping[str, object]) -> SafeString:
    """Names and values. What has not been published says so, and is never invented."""
    rows = pairs.items() if isinstance(pairs, Mapping) else pairs
    nothing = format_html('<span class="muted">{}</span>', gettext("chưa công bố"))
    inner = ((name, nothing if value in (None, "") else value) for name, value in rows)
    return format_html(
        '<dl class="kv">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", inner)
    )


@register.simple_tag
def stat(label: str, value: object, note: str = "", tone: str = "", href: str = "") -> SafeString:
    """One number that matters, with what it counts; a link to the list behind it if there is one."""
    body = format_html(
        "<b>{}</b> <span>{}</span>{}", value, label, format_html("<small>{}</small>", note) if note else ""
    )
    css = f"stat stat-{tone}" if tone else "stat"
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', css, href, body)
    return format_html('<div class="{}">{}</div>', css, body)


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Where one is on a way of several steps: items with label, state (done, current, todo), note."""
    return {"items": items}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest first: entries with at, title, actor, source, target, note, tone."""
    return {"entries": entries}


@register.inclusion_tag("ui/pager.html")
def pager(newer: str = "", older: str = "", count: str = "") -> dict[str, str]:
    """Links to the pages beside this one (addresses, empty when there is none) and what is counted."""
    return {"newer": newer, "older": older, "count": count}


@register.simple_tag
def tabs(items: Iterable[Mapping[str, Any]], label: str) -> SafeString:
    """Links between views of one thing: items with label, url, current, count."""
    rows = (
        (
            item["url"],
            mark_safe(' aria-current="page"') if item.get("current") else "",
            item["label"],
            "" if item.get("count") is None else format_html(" <span>{}</span>", item["count"]),
        )
        for item in items
    )
    inner = format_html_join("", '<li><a href="{}"{}>{}{}</a></li>', rows)
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, inner)


@register.simple_tag
def file_item(name: str, url: str, size: int = 0, note: str = "") -> SafeString:
    """A file to open: its name, its size, who added it and when."""
    small = " · ".join(part for part in (formats.size(size) if size else "", note) if part)
    kind = name.rsplit(".", 1)[-1].upper()[:4] if "." in name else "…"
    return format_html(
        '<div class="file"><span aria-hidden="true">{}</span><a href="{}">{}</a> <small>{}</small></div>',
        kind,
        url,
        name,
        small,
    )
