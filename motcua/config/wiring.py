"""Who reacts to what, and what comes back by the clock: the whole list.

A reaction runs after the transaction, in its own, and may run twice; so may a turn of periodic work.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from motcua.dossiers.actions import foresee, recount, watch_consultations, watch_supplements
from motcua.dossiers.choices import Outcome
from motcua.dossiers.clock import aware
from motcua.dossiers.mergers import carry_out_due
from motcua.dossiers.models import Apology, Dossier, Supplement, TurnedAway
from motcua.journal import periodic, reactions
from motcua.journal.models import Entry
from motcua.journal.seals import seal_days
from motcua.notices import actions as notices
from motcua.notices.events import ACTIONS as TOLD
from motcua.oversight.looking import look
from motcua.papers import actions as papers
from motcua.people import accounts
from motcua.people.queries import unit_called
from motcua.portal import codes
from motcua.rules.workflow import State


def connect() -> None:
    _papers()
    for what in ("corrected", "correction_withdrawn", "office_closed", "office_opened", "hours_changed"):
        reactions.connect(f"calendar.{what}", "dossiers.recount", follow_calendar)
    periodic.connect("dossiers.foresee", timedelta(minutes=10), foresee)
    periodic.connect("dossiers.watch_supplements", timedelta(minutes=15), watch_supplements)
    periodic.connect("dossiers.watch_consultations", timedelta(minutes=15), watch_consultations)
    periodic.connect("dossiers.carry_out_mergers", timedelta(minutes=10), carry_out_due)
    periodic.connect("people.close_accounts", timedelta(hours=1), accounts.close_due)
    periodic.connect("journal.seal_days", timedelta(minutes=10), seal_days)
    periodic.connect("oversight.signals", timedelta(minutes=10), look)
    _notices()


def _notices() -> None:
    """Citizens and officers hear of it; what is queued for them is sent every few seconds."""
    for action in sorted(TOLD):
        reactions.connect(f"dossier.{action}", "notices.tell", tell)
    periodic.connect("portal.send_codes", timedelta(seconds=3), codes.send_due)
    periodic.connect("notices.send", timedelta(seconds=5), notices.send_due)
    periodic.connect("notices.forget", timedelta(hours=6), notices.forget)


def tell(entry: Entry) -> None:
    """Who must hear of an act on a dossier hears of it."""
    notices.tell(entry, _dossier(entry))


def _papers() -> None:
    """Each legal form is there before anybody asks to print it."""
    reactions.connect("dossier.receive", "papers.receipt", make_receipt)
    reactions.connect("dossier.resume", "papers.receipt_again", make_receipt_again)
    for kind in ("dossier.ask_supplement", "dossier.permit_supplement"):
        reactions.connect(kind, "papers.supplement", make_supplements)
    reactions.connect("dossier.reappoint", "papers.apology", make_apologies)
    for kind in ("dossier.finish", "dossier.reissue"):
        reactions.connect(kind, "papers.refusal", make_refusal)
    reactions.connect("dossier.hand_over", "papers.slip", keep_slip)
    reactions.connect("reception.turned_away", "papers.turned_away", make_turned_away)


def make_receipt(entry: Entry) -> None:
    """A dossier was received: its receipt is there before anybody asks to print it; on the spot none is owed (R05)."""
    if not entry.read_facts().get("receipt", True):
        return
    papers.receipt(_dossier(entry))


def make_receipt_again(entry: Entry) -> None:
    """The complete dossier is back: the citizen gets the new date on paper."""
    answered = Supplement.objects.filter(
        dossier=_dossier(entry), answered_at__isnull=False, asked_at__isnull=False
    )
    last = answered.select_related(*_of("dossier")).order_by("-number").first()
    if last is not None:
        papers.receipt_again(last)


def make_supplements(entry: Entry) -> None:
    """Mẫu 02 of all that was asked until now: a reaction that comes late leaves none out."""
    asked = Supplement.objects.filter(dossier=_dossier(entry), asked_at__isnull=False)
    for supplement in asked.order_by("pk").select_related(*_of("dossier"), "proposed_by", "permitted_by"):
        papers.supplement(supplement)


def make_apologies(entry: Entry) -> None:
    """Mẫu 04 of all that was signed until now."""
    signed = Apology.objects.filter(dossier=_dossier(entry), signed_at__isnull=False)
    for apology in signed.order_by("pk").select_related(*_of("dossier"), "unit__parent__parent", "signed_by"):
        papers.apology(apology)


def make_refusal(entry: Entry) -> None:
    """Mẫu 03 of a dossier that was refused; of any other there is nothing to issue."""
    dossier = _dossier(entry)
    if dossier.outcome == Outcome.REFUSED:
        papers.refusal(dossier)


def keep_slip(entry: Entry) -> None:
    """A dossier is closed: its control slip is kept, unless it was opened again in the meantime."""
    dossier = _dossier(entry)
    if dossier.state == State.RETURNED:
        papers.slip(dossier)


def make_turned_away(entry: Entry) -> None:
    """Mẫu 02 or 03 for somebody whose papers were not received."""
    pk = int(entry.subject.removeprefix("turned_away:"))
    rows = TurnedAway.objects.select_related("unit__parent", "version__procedure", "by")
    papers.turned_away(rows.get(pk=pk))


def follow_calendar(entry: Entry) -> None:
    """A day off was declared, an office closed, its hours changed: due times of running dossiers move, with the reason."""
    facts = entry.read_facts()
    if "day" in facts:
        since = aware(datetime.fromisoformat(facts["day"]))
        until, path = since + timedelta(days=1), ""
    else:
        since, until = datetime.fromisoformat(facts["starts"]), datetime.fromisoformat(facts["ends"])
        path = unit_called(facts["unit"]).path
    recount(since, until, at=timezone.now(), why=facts.get("name", ""), path=path)


def _dossier(entry: Entry) -> Dossier:
    pk = int(entry.subject.removeprefix("dossier:"))
    return Dossier.objects.select_related(*_of(), "step").get(pk=pk)


def _of(dossier: str = "") -> list[str]:
    """What papers read of a dossier."""
    way = f"{dossier}__" if dossier else ""
    return [f"{way}unit__parent", f"{way}version__procedure", f"{way}applicant"]
