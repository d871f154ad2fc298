"""The data base itself refuses to change or delete an entry (R27), on both engines."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION journal_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the journal is append-only';
    END $$
    """,
    """
    CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_append_only()
    """,
    """
    CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_append_only()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER journal_entry_no_{act.lower()} BEFORE {act} ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """
    for act in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE deletes what stands in its way without asking the trigger of DELETE.
    """
    CREATE TRIGGER journal_entry_no_replace BEFORE INSERT ON journal_entry
    WHEN EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM journal_entry WHERE chain = NEW.chain AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """
]


def protect(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(protect, elidable=False)]
