"""Every address of the house: who gets in, and how to visit it. Who adds a page adds a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

ROLES = (
    "anonymous",
    "stranger",
    "clerk",
    "specialist",
    "leader",
    "outsider",
    "district_supervisor",
    "supervisor",
    "administrator",
)
"""`stranger`: an account without any role; `outsider`: the clerk of another commune."""

EVERYBODY = frozenset(ROLES)
STAFF = EVERYBODY - {"anonymous"}
CLERKS = frozenset({"clerk", "outsider"})
OWN_DESK = frozenset({"clerk", "specialist", "leader"})
DESKS = OWN_DESK | {"outsider"}
WATCHERS = frozenset({"district_supervisor", "supervisor", "administrator"})
OF_THE_PROVINCE = frozenset({"supervisor", "administrator"})
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


_NOT_THEIRS = frozenset({"outsider", "district_supervisor", "stranger"})
_STALE = {"revision": "999999"}


def _page(roles: frozenset[str], *args: str, **more: object) -> Line:
    return Line(roles, args, **more)  # type: ignore[arg-type]


def _act(roles: frozenset[str]) -> Line:
    hidden = frozenset({"outsider"}) if "clerk" in roles else frozenset()
    return Line(roles, ("code",), get=False, post=_STALE, html=False, hidden=hidden)


ACCESS: dict[str, Line] = {
    # citizens
    "welcome": _page(EVERYBODY),
    "track_find": _page(EVERYBODY),
    "track": _page(EVERYBODY, "code"),
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
    "work": _page(DESKS - {"leader"}, post={"q": "khong co ai"}),
    "approvals": _page(frozenset({"leader"}), post={}),
    "apologies": _page(frozenset({"leader", "specialist"}), post={}),
    "ready": _page(CLERKS, post={"q": "khong co ai"}),
    "register": _page(DESKS, post={"q": "khong co ai"}),
    "register_pdf": _page(OWN_DESK, "year", html=False, hidden=frozenset({"outsider"})),
    "register_xlsx": _page(OWN_DESK, "year", html=False, hidden=frozenset({"outsider"})),
    # a dossier
    "dossier": _page(OWN_DESK | OF_THE_PROVINCE, "code", hidden=_NOT_THEIRS),
    "receipt": _page(OWN_DESK | OF_THE_PROVINCE, "code", html=False, hidden=_NOT_THEIRS),
    "file": _page(OWN_DESK | OF_THE_PROVINCE, "code", "file", html=False, hidden=_NOT_THEIRS),
    "forward": _act(frozenset({"clerk", "specialist"})),
    "send_back": _act(OWN_DESK),
    "approve": _act(frozenset({"leader"})),
    "take": _act(frozenset({"specialist"})),
    "note": _act(OWN_DESK),
    "attach": _act(OWN_DESK),
    "result": _act(OWN_DESK),
    "hand_over": _act(frozenset({"clerk"})),
    "draft_apology": _act(frozenset({"specialist"})),
    "reappoint": _act(frozenset({"leader"})),
    "waive_apology": _act(frozenset({"leader"})),
    # those who watch, and those who administer
    "overview": _page(WATCHERS),
    "unit_dossiers": _page(OF_THE_PROVINCE, "unit", hidden=frozenset({"district_supervisor"})),
    "calendar": _page(ADMINISTRATOR, post={"day": "x"}),
    "calendar_withdraw": _page(ADMINISTRATOR, get=False, post={"day": "x"}, html=False),
    "limits": _page(ADMINISTRATOR, post={"procedure": "1", "limit": "x"}),
    "reactions": _page(ADMINISTRATOR),
    "reaction_retry": _page(ADMINISTRATOR, "reaction", get=False, post={}, html=False),
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
