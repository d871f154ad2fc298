"""Who opened what is part of the daily seal (R27); such a row can't be changed or deleted either, on both engines."""

import django.db.models.deletion
from django.db import migrations, models

TABLE = "journal_readingseal"
POSTGRESQL = [
    f"""
    CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION journal_entry_append_only()
    """,
    f"""
    CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_append_only()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """
    for act in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE deletes what stands in its way without asking the trigger of DELETE.
    f"""
    CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE}
    WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM {TABLE} WHERE day_id = NEW.day_id AND unit_id = NEW.unit_id)
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """  # noqa: S608  the name is that above
]


def protect(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_more_append_only")]
    operations = [
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["at", "id"], name="journal_readings_of_day"),
        ),
        migrations.CreateModel(
            name="ReadingSeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit_id", models.BigIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("hash", models.CharField(max_length=64)),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="journal.sealedday",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "unit_id"), name="journal_reading_seal_once")
                ],
            },
        ),
        migrations.RunPython(protect, elidable=False),
    ]
