"""What was published cannot be changed in the data base either (R50), on both engines.

`protect` is called by a migration. A later one that makes SQLite build one of these tables anew (a new constraint, a
changed column) begins with `unprotect`, or SQLite stumbles over their triggers, and ends with `protect` again.
"""

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

VERSION, ROUTE = "catalog_procedureversion", "catalog_route"
MAY_CHANGE = {VERSION: ("valid_to", "repeal_decision"), ROUTE: ("ended_at",)}
"""What may still be set of a published row: when it ends, and by what."""
IS_PUBLISHED = {
    VERSION: "{row}.published_at IS NOT NULL",
    ROUTE: "(SELECT published_at FROM catalog_procedureversion WHERE id = {row}.version_id) IS NOT NULL",
}
PARTS = {
    "catalog_paperrequirement": "(SELECT published_at FROM catalog_procedureversion WHERE id = {row}.version_id) "
    "IS NOT NULL",
    "catalog_fee": "(SELECT published_at FROM catalog_procedureversion WHERE id = {row}.version_id) IS NOT NULL",
    "catalog_feeexemption": "(SELECT v.published_at FROM catalog_procedureversion v "
    "JOIN catalog_fee f ON f.version_id = v.id WHERE f.id = {row}.fee_id) IS NOT NULL",
    "catalog_routestep": "(SELECT v.published_at FROM catalog_procedureversion v "
    "JOIN catalog_route r ON r.version_id = v.id WHERE r.id = {row}.route_id) IS NOT NULL",
    "catalog_routetask": "(SELECT v.published_at FROM catalog_procedureversion v "
    "JOIN catalog_route r ON r.version_id = v.id JOIN catalog_routestep s ON s.route_id = r.id "
    "WHERE s.id = {row}.step_id) IS NOT NULL",
}
"""What belongs to a published version, table by table."""
WRITTEN_WITH_THE_VERSION = ("catalog_paperrequirement", "catalog_fee", "catalog_feeexemption")
"""Nothing is added to these once it is published; a route may be made later, and is fixed from then on."""
WORDS = "what was published cannot be changed"
WRONG_END = {
    VERSION: "OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to) "
    "OR OLD.repeal_decision <> '' AND NEW.repeal_decision <> OLD.repeal_decision",
    ROUTE: "OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at <> OLD.ended_at)",
}
"""An end once set is only ever brought forward, and a repeal or a route's end never taken back."""


def protect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards up; those that stand already are built anew."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql() if is_postgresql else _sqlite(schema_editor):
        schema_editor.execute(statement)


def unprotect(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards down on SQLite, so that its tables can be built anew; PostgreSQL needs no such thing."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        return
    tables = (*MAY_CHANGE, *PARTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        for name, table in cursor.fetchall():
            if table in tables:
                cursor.execute(f"DROP TRIGGER {name}")


def _sqlite(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[str]:
    for table, may_change in MAY_CHANGE.items():
        published = IS_PUBLISHED[table].format(row="OLD")
        fixed = ", ".join(f'"{name}"' for name in _columns(schema_editor, table) if name not in may_change)
        yield from _guard(f"{table}_fixed", f"UPDATE OF {fixed} ON {table}", published)
        yield from _guard(f"{table}_ends_once", f"UPDATE ON {table}", f"{published} AND ({WRONG_END[table]})")
        yield from _guard(f"{table}_stays", f"DELETE ON {table}", published)
        # INSERT OR REPLACE deletes what stands in its way without asking the trigger of DELETE.
        old = published.replace("OLD.", "o.")
        same = f"EXISTS (SELECT 1 FROM {table} o WHERE o.id = NEW.id AND {old})"  # noqa: S608  names are ours
        yield from _guard(f"{table}_not_replaced", f"INSERT ON {table}", same)
    for table, published in PARTS.items():
        yield from _guard(f"{table}_fixed", f"UPDATE ON {table}", _either(published))
        yield from _guard(f"{table}_stays", f"DELETE ON {table}", published.format(row="OLD"))
        if table in WRITTEN_WITH_THE_VERSION:
            yield from _guard(f"{table}_complete", f"INSERT ON {table}", published.format(row="NEW"))


def _either(published: str) -> str:
    return f"{published.format(row='OLD')} OR {published.format(row='NEW')}"


def _columns(schema_editor: BaseDatabaseSchemaEditor, table: str) -> list[str]:
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _guard(name: str, event: str, condition: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"


def _postgresql() -> Iterator[str]:
    for table, may_change in MAY_CHANGE.items():
        kept = " - ".join(["to_jsonb({row})", *(f"'{name}'" for name in may_change)])
        changed = f"{kept.format(row='OLD')} IS DISTINCT FROM {kept.format(row='NEW')}"
        published = IS_PUBLISHED[table].format(row="OLD")
        yield from _function(
            table,
            f"IF {published} AND (TG_OP = 'DELETE' OR {changed} OR {WRONG_END[table]}) THEN "
            f"RAISE EXCEPTION '{WORDS}'; END IF;",
        )
        yield from _trigger(table, "UPDATE OR DELETE")
    for table, published in PARTS.items():
        new, old = published.format(row="NEW"), published.format(row="OLD")
        yield from _function(
            table,
            f"IF TG_OP <> 'INSERT' AND {old} THEN RAISE EXCEPTION '{WORDS}'; END IF; "
            f"IF TG_OP <> 'DELETE' AND {new} THEN RAISE EXCEPTION '{WORDS}'; END IF;",
        )
        added = "INSERT OR " if table in WRITTEN_WITH_THE_VERSION else ""
        yield from _trigger(table, f"{added}UPDATE OR DELETE")


def _function(table: str, body: str) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_fixed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )


def _trigger(table: str, events: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {table}_fixed ON {table}"
    yield (
        f"CREATE TRIGGER {table}_fixed BEFORE {events} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_fixed()"
    )
