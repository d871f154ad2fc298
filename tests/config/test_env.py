"""A setting that cannot be used stops the start with a sentence; it is never guessed."""

from pathlib import Path

import pytest

from motcua.config import env


@pytest.mark.parametrize(
    ("url", "engine", "name", "host"),
    [
        ("sqlite:////srv/a b/m.sqlite3", "sqlite3", "/srv/a b/m.sqlite3", None),
        ("postgresql://u:p%40ss@db.example:5433/province", "postgresql", "province", "db.example"),
        ("postgresql:///motcua?host=/run/postgresql", "postgresql", "motcua", "/run/postgresql"),
    ],
)
def test_a_data_base_url_is_read(
    monkeypatch, tmp_path: Path, url: str, engine: str, name: str, host: str
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", url)
    read = env.database(tmp_path)
    assert str(read["ENGINE"]).endswith(engine)
    assert (read["NAME"], read.get("HOST")) == (name, host)
    if "p%40ss" in url:
        assert (read["PASSWORD"], read["PORT"]) == ("p@ss", "5433")


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("MOTCUA_DATABASE_URL", "mysql://x", lambda: env.database(Path())),
        ("MOTCUA_DATABASE_URL", "province", lambda: env.database(Path())),
        ("MOTCUA_DATABASE_URL", "postgresql://db:port/province", lambda: env.database(Path())),
        ("MOTCUA_DATABASE_URL", "postgresql://[db/province", lambda: env.database(Path())),
        ("MOTCUA_DEBUG", "perhaps", lambda: env.flag("MOTCUA_DEBUG", default=False)),
        ("MOTCUA_IDLE_MINUTES", "ten", lambda: env.number("MOTCUA_IDLE_MINUTES", 30)),
        ("MOTCUA_IDLE_MINUTES", "-1", lambda: env.number("MOTCUA_IDLE_MINUTES", 30)),
        ("MOTCUA_IDLE_MINUTES", "3²", lambda: env.number("MOTCUA_IDLE_MINUTES", 30)),
        ("MOTCUA_SECRET_KEY_FILE", "/nowhere", lambda: env.text("MOTCUA_SECRET_KEY")),
        ("MOTCUA_PUBLIC_URL", "motcua.example.gov.vn", lambda: env.web_address("MOTCUA_PUBLIC_URL", "")),
        ("MOTCUA_PUBLIC_URL", "https://", lambda: env.web_address("MOTCUA_PUBLIC_URL", "")),
        ("MOTCUA_PUBLIC_URL", "ftp://example.vn", lambda: env.web_address("MOTCUA_PUBLIC_URL", "")),
        ("MOTCUA_LOG_LEVEL", "loud", lambda: env.log_level("MOTCUA_LOG_LEVEL", "INFO")),
    ],
)
def test_a_bad_setting_is_said(monkeypatch, name: str, value: str, read) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=f"^motcua: {name}"):
        read()


def test_a_file_that_is_no_text_is_said(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("MOTCUA_SECRET_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(SystemExit, match="MOTCUA_SECRET_KEY_FILE"):
        env.text("MOTCUA_SECRET_KEY")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("https://motcua.example.gov.vn/", "https://motcua.example.gov.vn"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("", "http://here"),
    ],
)
def test_the_public_address_is_printed_as_given(monkeypatch, value: str, read: str) -> None:
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", value)
    assert env.web_address("MOTCUA_PUBLIC_URL", "http://here") == read


@pytest.mark.parametrize(
    ("value", "read"), [("", True), ("yes", True), ("ON", True), ("0", False), ("No", False)]
)
def test_yes_and_no_are_read(monkeypatch, value: str, read: bool) -> None:
    monkeypatch.setenv("MOTCUA_DEBUG", value)
    assert env.flag("MOTCUA_DEBUG", default=True) is read


def test_the_log_level_may_be_written_small(monkeypatch) -> None:
    monkeypatch.setenv("MOTCUA_LOG_LEVEL", "warning")
    assert env.log_level("MOTCUA_LOG_LEVEL", "INFO") == "WARNING"


def test_the_secret_key_is_made_once_and_only_we_can_read_it(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MOTCUA_SECRET_KEY", raising=False)
    key = env.secret_key(tmp_path)
    assert len(key) > 50
    assert env.secret_key(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_secret_can_lie_in_a_file(monkeypatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("MOTCUA_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert env.secret_key(tmp_path) == "from a file"


def test_the_home_is_made_or_said_why_not(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "a" / "b"))
    assert env.home() == tmp_path / "a" / "b"
    (tmp_path / "file").touch()
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "file" / "b"))
    with pytest.raises(SystemExit, match="the folder for local state"):
        env.home()
