"""Rows of a form that are added, moved and removed by buttons, without a script. What was typed stays typed."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from django import forms

F = TypeVar("F", bound=forms.Form)
MOST_ROWS = 60
ACT = "hang"
"""The name of the buttons: `papers.add`, `papers.up.2`, `papers.down.2`, `papers.remove.2`."""


class Rows(Generic[F]):
    """The forms of the rows named `name`, as sent (`data`) or as kept (`initial`); a row left empty is none."""

    def __init__(
        self,
        form: type[F],
        name: str,
        *,
        data: Mapping[str, Any] | None = None,
        initial: Sequence[Mapping[str, Any]] = (),
        focus: int | None = None,
    ) -> None:
        self.form, self.name = form, name
        if data is None:
            self.forms = [self._row(place, initial=row) for place, row in enumerate(initial)]
        else:
            self.forms = [
                self._row(place, data=data) for place in range(_count(data.get(f"{name}-count", "")))
            ]
        if focus is not None and self.forms:
            row = self.forms[min(focus, len(self.forms) - 1)]
            next(bound for bound in row if not bound.is_hidden).field.widget.attrs["autofocus"] = True

    def _row(self, place: int, **given: Any) -> F:
        return self.form(
            prefix=f"{self.name}-{place}", empty_permitted=True, use_required_attribute=False, **given
        )

    def is_valid(self) -> bool:
        checked = [row.is_valid() for row in self.forms]
        return all(checked)

    def typed(self) -> list[dict[str, Any]]:
        """The rows that say something, checked."""
        return [row.cleaned_data for row in self.forms if row.has_changed()]

    def raw(self) -> list[dict[str, Any]]:
        """The rows as they were typed, right or wrong."""
        return [{bound.name: bound.data for bound in row} for row in self.forms]

    def after(self, act: str) -> "Rows[F]":
        """The same rows after a button of theirs; nothing else happens to what was typed."""
        words = act.split(".")
        rows = self.raw()
        verb = words[1] if len(words) > 1 else ""
        place = _count(words[2]) if len(words) > 2 else 0  # noqa: PLR2004
        focus = place
        if verb == "add" and len(rows) < MOST_ROWS:
            rows.append({})
            focus = len(rows) - 1
        elif verb == "remove" and place < len(rows):
            del rows[place]
        elif verb in ("up", "down") and place < len(rows):
            focus = max(0, min(len(rows) - 1, place + (1 if verb == "down" else -1)))
            rows.insert(focus, rows.pop(place))
        return Rows(self.form, self.name, initial=rows, focus=focus)


def _count(text: str) -> int:
    return min(int(text), MOST_ROWS) if text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004
