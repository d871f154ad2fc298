"""Who reacts to what. `config/wiring.py` fills this in at the start; nobody else does."""

from collections.abc import Callable

from motcua.journal.models import Entry

Handler = Callable[[Entry], None]

_handlers: dict[str, Handler] = {}
_by_kind: dict[str, tuple[str, ...]] = {}


def connect(kind: str, name: str, handler: Handler) -> None:
    """From now on an entry of this kind owes the handler a call. Connecting the same again changes nothing."""
    if _handlers.get(name, handler) is not handler:
        raise ValueError(f"two handlers are called {name}")
    _handlers[name] = handler
    names = _by_kind.get(kind, ())
    if name not in names:
        _by_kind[kind] = (*names, name)


def owed_for(kind: str) -> tuple[str, ...]:
    """Names of the handlers that an entry of this kind calls for."""
    return _by_kind.get(kind, ())


def handler_called(name: str) -> Handler:
    """Raises KeyError for a name that no wiring knows (an older version's row, say)."""
    return _handlers[name]
