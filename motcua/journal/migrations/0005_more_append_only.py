"""Seals, readings and doubts can't be changed or deleted either (R27), on both engines."""

from django.db import migrations

# Table: the columns of which no two rows are the same, and what SQLite does with a second such row. A reading or a
# doubt that is there already is left out; a seal that is there already is refused.
TABLES = {
    "journal_sealedday": (("day",), "ABORT, 'the journal is append-only'"),
    "journal_seal": (("day_id", "chain"), "ABORT, 'the journal is append-only'"),
    "journal_reading": (("subject", "officer_id", "slot"), "IGNORE"),
    "journal_doubt": (("chain", "number", "subject"), "IGNORE"),
}


def postgresql(table):
    yield f"""
    CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION journal_entry_append_only()
    """
    yield f"""
    CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_append_only()
    """


def sqlite(table):
    columns, answer = TABLES[table]
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    for act in ("UPDATE", "DELETE"):
        yield f"""
        CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
        """
    # INSERT OR REPLACE deletes what stands in its way without asking the trigger of DELETE.
    yield f"""
    CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM {table} WHERE {same})
    BEGIN SELECT RAISE({answer}); END
    """  # noqa: S608  the names are those above


def protect(apps, schema_editor):
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for table in TABLES:
        for statement in statements(table):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_honesty")]
    operations = [migrations.RunPython(protect, elidable=False)]
