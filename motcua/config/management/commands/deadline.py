import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.catalog.queries import version_called
from motcua.config.command import Command as OurCommand
from motcua.journal.errors import Refused
from motcua.people.calendar import calendar_of
from motcua.people.queries import unit_called
from motcua.rules import deadline
from motcua.rules.calendar import OutsideCalendar
from motcua.rules.deadline import Deadline
from motcua.rules.limits import Limit, LimitUnreadable


def moment(text: str) -> datetime:
    """A time as ISO 8601; without an offset it is local. Returns it as local clock time."""
    try:
        read = datetime.fromisoformat(text)
        return timezone.localtime(read).replace(tzinfo=None) if read.tzinfo else read
    except (ValueError, OverflowError) as error:
        raise ArgumentTypeError(f"{text!r} is not a time like 2019-04-26T09:00") from error


def limit(text: str) -> Limit:
    try:
        return Limit.parse(text)
    except LimitUnreadable as error:
        raise ArgumentTypeError(str(error)) from error


class Command(OurCommand):
    help = "The due time of a dossier and its explanation, by the same code as at the counter (R10-R16)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE", help="statistical code or identifier")
        parser.add_argument("--received", required=True, type=moment, metavar="T")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--procedure", metavar="CODE")
        which.add_argument("--limit", type=limit, metavar='"3 working days"')
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = options["limit"] or self._published(options["procedure"])
        try:
            answer = deadline.explain(asked, options["received"], calendar_of(unit_called(options["unit"])))
        except OutsideCalendar as error:
            raise Refused(str(error)) from error
        self.stdout.write(as_json(answer) if options["json"] else as_text(answer))

    def _published(self, code: str) -> Limit:
        version = version_called(code)
        if version.typed_limit is None:
            raise Refused(f"Thủ tục {code} chưa công bố thời hạn giải quyết.")
        return version.typed_limit


def as_json(answer: Deadline) -> str:
    lines = [
        {"date": line.date.isoformat(), "counted": line.counted, "reason": line.sentence()}
        for line in answer.lines
    ]
    facts = {"due_at": answer.due_at.isoformat(), "limit": str(answer.limit), "explanation": lines}
    return json.dumps(facts, ensure_ascii=False, indent=2)


def as_text(answer: Deadline) -> str:
    lines = [
        f"{line.date:%d/%m/%Y}  {'✓' if line.counted else '·'}  {line.sentence()}" for line in answer.lines
    ]
    return "\n".join([f"{answer.due_at:%H:%M, %d/%m/%Y}  ({answer.limit})", *lines])
