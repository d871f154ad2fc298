"""Reading the environment aloud: a bad value stops the start with a sentence, it is never guessed."""

import contextlib
import logging
import os
import re
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(SystemExit):
    """A setting that cannot be used; the process ends with the sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"motcua: {sentence}")


def text(name: str, default: str = "") -> str:
    """The value of NAME, or of the file that NAME_FILE points to (so that secrets can live in files)."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(f"{name}_FILE={path} cannot be read: {error}") from error
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if not value else value in ("1", "true", "yes", "on")
    raise BadSetting(f"{name}={value!r}: say yes or no")


def number(name: str, default: int) -> int:
    value = text(name)
    if value and not (value.isascii() and value.isdigit()):
        raise BadSetting(f"{name}={value!r} is not a whole number")
    return int(value) if value else default


def web_address(name: str, default: str) -> str:
    """Scheme and host, without a slash at the end: it is printed on papers."""
    value = text(name).rstrip("/") or default
    if not re.fullmatch(r"https?://[^\s/]+(/\S+)?", value):
        raise BadSetting(f"{name}={value!r} is not an address like https://motcua.example.gov.vn")
    return value


def log_level(name: str, default: str) -> str:
    value = (text(name) or default).upper()
    if value not in logging.getLevelNamesMapping():
        raise BadSetting(f"{name}={value!r}: say DEBUG, INFO, WARNING or ERROR")
    return value


def home() -> Path:
    """Where all local state lives: MOTCUA_HOME, else var/ in the checkout, else var/ where we stand."""
    if path := os.environ.get("MOTCUA_HOME"):
        place = Path(path).absolute()
    else:
        checkout = Path(__file__).resolve().parents[2]
        place = (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "var"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"the folder for local state, {place}, cannot be made: {error.strerror}") from error
    return place


def secret_key(place: Path) -> str:
    """MOTCUA_SECRET_KEY, else a key made once for this installation and kept where only we can read."""
    if key := text("MOTCUA_SECRET_KEY"):
        return key
    path = place / "secret-key"
    if not path.exists():
        draft = place / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="utf-8")
        with contextlib.suppress(FileExistsError):  # another process was quicker: its key is the key
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text(encoding="utf-8")


def database(place: Path) -> dict[str, object]:
    """Django's description of the data base that MOTCUA_DATABASE_URL names; unset, SQLite in `place`."""
    url = text("MOTCUA_DATABASE_URL") or f"sqlite:///{place / 'motcua.sqlite3'}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadSetting(f"MOTCUA_DATABASE_URL cannot be read: {error}") from error
    if parts.scheme == "sqlite":
        return _sqlite(unquote(url.removeprefix("sqlite:///")))
    if parts.scheme in ("postgresql", "postgres"):
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")) or "motcua",
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": query.pop("port", str(port or "")),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": query,
        }
    raise BadSetting(
        f"MOTCUA_DATABASE_URL begins with {parts.scheme!r}; it takes sqlite:/// or postgresql://"
    )


def _sqlite(path: str) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # One writer at a time, who says so when he begins: no deadlock when a read turns into a write.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
