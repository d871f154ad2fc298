"""Every address of the house: who gets in, and how to visit it. Who adds a page adds a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = (
    "anonymous",
    "citizen",
    "stranger",
    "clerk",
    "specialist",
    "leader",
    "outsider",
    "district_supervisor",
    "supervisor",
    "administrator",
)
"""`citizen`: no officer, but the scene's dossier is shown to be his; `stranger`: an account without any role; `outsider`: the clerk of another commune."""

EVERYBODY = frozenset(ROLES)
NO_OFFICER = frozenset({"anonymous", "citizen"})
STAFF = EVERYBODY - NO_OFFICER
CITIZEN = frozenset({"citizen"})
CLERKS = frozenset({"clerk", "outsider"})
OWN_DESK = frozenset({"clerk", "specialist", "leader"})
DESKS = OWN_DESK | {"outsider"}
WATCHERS = frozenset({"district_supervisor", "supervisor", "administrator"})
OF_THE_PROVINCE = frozenset({"supervisor", "administrator"})
LEADER = frozenset({"leader"})
ADMINISTRATOR = frozenset({"administrator"})


@dataclass(frozen=True)
class Line:
    """Who gets in; the address's arguments (names out of `tests.house.conftest.scene`); how it can be visited."""

    roles: frozenset[str]
    args: tuple[str, ...] = ()
    get: bool = True
    post: Mapping[str, str] | None = None
    """What to send; None: it takes no POST. Nothing here changes anything."""
    html: bool = True
    """Whether a visit shows a page (not a file, not a redirection)."""
    hidden: frozenset[str] = field(default=frozenset())
    """For whom it must look as if it were not there (404)."""
    absent: bool = False
    """The scene has none: who may have it meets 404."""
    kept: bool = False
    """A public file that never changes: anybody may keep it."""
    open: bool = False
    """The same for everybody: kept for ten minutes, asked for again by its ETag, and no session is opened for it."""


_NOT_THEIRS = frozenset({"outsider", "district_supervisor", "stranger"})
_OTHER_READERS = frozenset({"district_supervisor"})
_STALE = {"revision": "999999"}


def _page(roles: frozenset[str], *args: str, **more: object) -> Line:
    return Line(roles, args, **more)  # type: ignore[arg-type]


def _act(roles: frozenset[str]) -> Line:
    hidden = frozenset({"outsider"}) if "clerk" in roles else frozenset()
    return Line(roles, ("code",), get=False, post=_STALE, html=False, hidden=hidden)


ACCESS: dict[str, Line] = {
    # citizens
    "welcome": _page(EVERYBODY),
    "procedures_public": _page(EVERYBODY, open=True),
    "procedure_public": _page(EVERYBODY, "published", open=True),
    "version_public": _page(EVERYBODY, "published", "published_number", open=True),
    "procedure_file": _page(EVERYBODY, "published", "form", html=False, open=True),
    "sheet": _page(EVERYBODY, "published", html=False, open=True),
    "units_public": _page(EVERYBODY),
    "unit_public": _page(EVERYBODY, "unit", open=True),
    "kiosk": _page(EVERYBODY, "unit", open=True),
    "kiosk_procedures": _page(EVERYBODY, "unit", open=True),
    "kiosk_procedure": _page(EVERYBODY, "unit", "published", open=True),
    "kiosk_track": _page(EVERYBODY, "unit"),
    "open_data": _page(EVERYBODY, open=True),
    "procedures_json": _page(EVERYBODY, html=False, open=True),
    "procedures_csv": _page(EVERYBODY, html=False, open=True),
    "units_json": _page(EVERYBODY, html=False, open=True),
    "track_find": _page(EVERYBODY),
    "track": _page(EVERYBODY, "code"),
    # one's own pages: who has shown nothing to be his is asked to, officers too
    "claim": _page(EVERYBODY, "code", post={"contact": ""}),
    "citizen_login": _page(EVERYBODY, post={"contact": ""}),
    "citizen_code": _page(CITIZEN, post={"digits": ""}),
    "citizen_logout": _page(EVERYBODY, get=False, post={}, html=False),
    "my_dossiers": _page(CITIZEN),
    "my_dossier": _page(CITIZEN, "code"),
    "my_submit": _page(CITIZEN, "code", get=False, post={}, html=False),
    "my_upload": _page(CITIZEN, "code", "paper", get=False, post={}, html=False),
    "my_upload_file": _page(CITIZEN, "code", "paper", html=False, absent=True),
    "my_paper": _page(CITIZEN, "code", "paper", html=False),
    "my_result": _page(CITIZEN, "code", html=False, absent=True),
    "seals": _page(EVERYBODY),
    "seal": _page(EVERYBODY, "day"),
    "seal_file": _page(EVERYBODY, "day", html=False, kept=True),
    "apologies_public": _page(EVERYBODY),
    "components": _page(EVERYBODY),
    # coming in and going out
    "login": _page(EVERYBODY, post={}),
    "logout": _page(EVERYBODY, get=False, post={}, html=False),
    "password_change": _page(STAFF, post={}),
    # the desk
    "home": _page(STAFF - {"stranger"}),
    "find": _page(STAFF, get=False, post={"q": "khong co ai"}),
    "receive_find": _page(CLERKS),
    "applicant": _page(CLERKS, get=False, post={"id_number": "046199000017"}, html=False),
    "receive": _page(CLERKS, "version", post={"full_name": ""}),
    "turn_away": _page(CLERKS, "version", get=False, post={"full_name": "x"}),
    "turned_away": _page(CLERKS),
    "turned_away_slip": _page(frozenset({"clerk"}), "slip", html=False, hidden=frozenset({"outsider"})),
    "fee_receipt": _page(OWN_DESK | OF_THE_PROVINCE, "code", "payment", html=False, hidden=_NOT_THEIRS),
    "work": _page(DESKS - {"leader"}, post={"q": "khong co ai"}),
    "approvals": _page(frozenset({"leader"}), post={}),
    "interlinked": _page(DESKS, post={}),
    "assignments": _page(LEADER, post={}),
    "orphans": _page(LEADER, post={}),
    "unit_settings": _page(LEADER, post={}),
    "staff": _page(LEADER),
    "departure": _page(LEADER, "officer", post={"cach": "x"}),
    "setup": _page(LEADER),
    "changes": _page(LEADER, post={"last": "x"}),
    "own_routes_again": _page(LEADER, get=False, post={}, html=False),
    "own_route": _page(LEADER, "procedure_id", post={"reason": ""}),
    "own_route_again": _page(LEADER, "procedure_id", get=False, post={}, html=False),
    "own_route_follow": _page(LEADER, "procedure_id", get=False, post={}, html=False),
    "own_counter": _page(LEADER, "procedure_id", get=False, post={"counter": "x"}, html=False),
    "not_arising": _page(LEADER, "procedure_id", get=False, post={"why": ""}, html=False),
    "absences": _page(DESKS, post={}),
    "absence": _page(
        frozenset({"specialist", "leader"}), "absence", post={}, hidden=frozenset({"clerk", "outsider"})
    ),
    "apologies": _page(frozenset({"leader", "specialist"}), post={}),
    "ready": _page(CLERKS, post={"q": "khong co ai"}),
    "inbox": _page(DESKS, post={}),
    "calls": _page(CLERKS, post={}),
    "authorisations": _page(frozenset({"leader"}), post={"decision": ""}),
    "authorisation_withdraw": _page(frozenset({"leader"}), get=False, post={"authorisation": ""}, html=False),
    "scans": _page(DESKS),
    "register": _page(DESKS, post={"q": "khong co ai"}),
    "register_pdf": _page(OWN_DESK, "year", html=False, hidden=frozenset({"outsider"})),
    "register_xlsx": _page(OWN_DESK, "year", html=False, hidden=frozenset({"outsider"})),
    "register_close": _page(frozenset({"leader"}), "year", get=False, post={}, html=False),
    "register_changes": _page(OWN_DESK, "closed_year", hidden=frozenset({"outsider"})),
    "bulk_print": _page(DESKS, get=False, post={}, html=False),
    "announcements": _page(ADMINISTRATOR),
    "announcement_new": _page(ADMINISTRATOR, post={"title": ""}),
    "announcement": _page(ADMINISTRATOR, "announcement", post={"title": ""}),
    "announcement_withdraw": _page(ADMINISTRATOR, "announcement", get=False, post={}, html=False),
    "notice_board": _page(DESKS),
    "notice_board_pdf": _page(DESKS, "field", html=False),
    "cash_book": _page(DESKS - {"specialist"}),
    "cash_days": _page(DESKS - {"specialist"}),
    "close_day": _page(CLERKS, get=False, post={"counted": "x"}, html=False),
    "cash_xlsx": _page(
        frozenset({"clerk", "leader"}), "year", "month", html=False, hidden=frozenset({"outsider"})
    ),
    # a dossier
    "dossier": _page(OWN_DESK | OF_THE_PROVINCE, "code", hidden=_NOT_THEIRS),
    "receipt": _page(OWN_DESK | OF_THE_PROVINCE, "code", html=False, hidden=_NOT_THEIRS),
    "paper": _page(OWN_DESK | OF_THE_PROVINCE, "code", "paper", html=False, hidden=_NOT_THEIRS),
    "slip": _page(OWN_DESK | OF_THE_PROVINCE, "code", html=False, hidden=_NOT_THEIRS),
    "file": _page(OWN_DESK | OF_THE_PROVINCE, "code", "file", html=False, hidden=_NOT_THEIRS),
    "readers": _page(frozenset({"leader"}) | OF_THE_PROVINCE, "code", hidden=_NOT_THEIRS),
    "forward": _act(frozenset({"clerk", "specialist"})),
    "send_back": _act(OWN_DESK),
    "approve": _act(frozenset({"leader"})),
    "take": _act(frozenset({"specialist"})),
    "assign": _act(LEADER),
    "note": _act(OWN_DESK),
    "attach": _act(OWN_DESK),
    "result": _act(OWN_DESK),
    "hand_over": _act(frozenset({"clerk"})),
    "acknowledge": _act(OWN_DESK),
    "consult": _act(frozenset({"specialist"})),
    "answer": _act(OWN_DESK),
    "ask_supplement": _act(frozenset({"clerk", "specialist"})),
    "propose_supplement": _act(frozenset({"specialist"})),
    "permit_supplement": _act(frozenset({"leader"})),
    "decline_supplement": _act(frozenset({"leader"})),
    "resume": _act(frozenset({"clerk"})),
    "reject_submission": _act(frozenset({"clerk"})),
    "withdraw": _act(OWN_DESK),
    "catalogue": _page(ADMINISTRATOR),
    "procedure_new": _page(ADMINISTRATOR, post={"code": ""}),
    "procedure": _page(ADMINISTRATOR, "procedure"),
    "version": _page(ADMINISTRATOR, "procedure", "number"),
    "compare": _page(ADMINISTRATOR, "procedure"),
    "repeal": _page(ADMINISTRATOR, "procedure", post={"decision": ""}),
    "draft_start": _page(ADMINISTRATOR, "procedure", get=False, post={}, html=False),
    "draft": _page(ADMINISTRATOR, "procedure"),
    "draft_part": _page(ADMINISTRATOR, "procedure", "part", post={"papers-count": "1"}),
    "draft_preview": _page(ADMINISTRATOR, "procedure"),
    "draft_discard": _page(ADMINISTRATOR, "procedure", get=False, post=_STALE, html=False),
    "publish": _page(ADMINISTRATOR, "procedure", post={"number": ""}),
    "paper_files": _page(ADMINISTRATOR, "procedure", "place", post=_STALE),
    "paper_file": _page(ADMINISTRATOR, "requirement", "which", html=False),
    "catalogue_files": _page(ADMINISTRATOR, post={}),
    "catalogue_export": _page(ADMINISTRATOR, "kind", html=False),
    "catalogue_file": _page(ADMINISTRATOR, "catalogue_file", post={"number": ""}),
    "unit_orphans": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "signals": _page(WATCHERS | {"leader"}),
    "signal": _page(OF_THE_PROVINCE | {"leader"}, "signal", hidden=EVERYBODY),
    "signal_answer": _page(
        OF_THE_PROVINCE | {"leader"}, "signal", get=False, post={}, html=False, hidden=EVERYBODY
    ),
    "signal_solve": _page(
        OF_THE_PROVINCE | {"leader"}, "signal", get=False, post={}, html=False, hidden=EVERYBODY
    ),
    "pay": _page(frozenset({"clerk"}), "code", post={"count": "1"}, hidden=frozenset({"outsider"})),
    "void_payment": _page(
        frozenset({"clerk", "leader"}),
        "code",
        "payment",
        get=False,
        post=_STALE | {"words": ""},
        html=False,
        hidden=frozenset({"outsider"}),
    ),
    "verify": _act(frozenset({"specialist"})),
    "scan": _act(frozenset({"clerk", "specialist"})),
    "recall": _act(frozenset({"leader"})),
    "reissue": _act(frozenset({"leader"})),
    "record_loss": _act(OWN_DESK),
    "draft_apology": _act(frozenset({"specialist"})),
    "reappoint": _act(frozenset({"leader"})),
    "waive_apology": _act(frozenset({"leader"})),
    # those who watch, and those who administer
    "overview": _page(WATCHERS),
    "unit_dossiers": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "unit_setup": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "unit_routes": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "unconfirmed": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "arising_again": _page(
        OF_THE_PROVINCE,
        "unit",
        "procedure_id",
        get=False,
        post={},
        html=False,
        hidden=frozenset({"district_supervisor"}),
    ),
    "templates": _page(ADMINISTRATOR),
    "template_route": _page(ADMINISTRATOR, "procedure_id", post={"decision": ""}),
    "offerings": _page(ADMINISTRATOR, post={"what": "x"}),
    "offerings_file": _page(ADMINISTRATOR, get=False, post={}, html=False),
    "offerings_confirm": _page(ADMINISTRATOR, get=False, post={"rows": ""}, html=False),
    "cash_totals": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "calendar": _page(ADMINISTRATOR, post={"day": "x"}),
    "calendar_withdraw": _page(ADMINISTRATOR, get=False, post={"day": "x"}, html=False),
    "units": _page(WATCHERS | {"leader"}),
    "unit": _page(OF_THE_PROVINCE | LEADER, "unit", hidden=_OTHER_READERS),
    "unit_hours": _page(OF_THE_PROVINCE | LEADER, "unit", post={"first": "x"}, hidden=_OTHER_READERS),
    "unit_closures": _page(OF_THE_PROVINCE | LEADER, "unit", post={"first": "x"}, hidden=_OTHER_READERS),
    "closure_withdraw": _page(ADMINISTRATOR, "unit", get=False, post={"closure": "x"}, html=False),
    "unit_counters": _page(OF_THE_PROVINCE | LEADER, "unit", post={"number": "x"}, hidden=_OTHER_READERS),
    "unit_counter": _page(
        OF_THE_PROVINCE | LEADER, "unit", "counter", post={"act": "day", "day": "x"}, hidden=_OTHER_READERS
    ),
    "unit_staff": _page(OF_THE_PROVINCE | LEADER, "unit", post={"role": "x"}, hidden=_OTHER_READERS),
    "staff_passwords": _page(ADMINISTRATOR, "unit", get=False, post={}, html=False),
    "unit_officer": _page(
        OF_THE_PROVINCE | LEADER, "unit", "officer", post={"act": "grant"}, hidden=_OTHER_READERS
    ),
    "staff_import": _page(ADMINISTRATOR, post={}),
    "staff_template": _page(ADMINISTRATOR, html=False),
    "publication": _page(ADMINISTRATOR),
    "limits": _page(ADMINISTRATOR, post={"procedure": "1", "limit": "x"}),
    "mergers": _page(ADMINISTRATOR),
    "merger_plan": _page(ADMINISTRATOR, post={"on": "x"}),
    "merger": _page(ADMINISTRATOR, "merger"),
    "merger_cancel": _page(ADMINISTRATOR, "merger", get=False, post={}, html=False),
    "thresholds": _page(ADMINISTRATOR, post={"haste_moves": "x"}),
    "reactions": _page(ADMINISTRATOR),
    "reaction_retry": _page(ADMINISTRATOR, "reaction", get=False, post={}, html=False),
    "message_queue": _page(ADMINISTRATOR),
    "message_retry": _page(ADMINISTRATOR, "message", get=False, post={}, html=False),
    "message_retry_all": _page(ADMINISTRATOR, get=False, post={}, html=False),
    "wordings": _page(ADMINISTRATOR),
    "wording": _page(ADMINISTRATOR, "event", "channel", post={"text": ""}),
    "sms_style": _page(ADMINISTRATOR, get=False, post={"unit": "x"}, html=False),
}


def names() -> Iterator[str]:
    """The name of every address, out of the resolver."""
    return _below(get_resolver().url_patterns)


def _below(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns)
        else:
            yield str(pattern.name)
