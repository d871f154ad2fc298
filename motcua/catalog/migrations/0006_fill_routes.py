"""What was published before versions had drafts is published; the steps of each version are the province's template."""

from django.db import migrations

FILL = [
    "UPDATE catalog_procedureversion SET published_at = CURRENT_TIMESTAMP WHERE published_at IS NULL",
    """
    INSERT INTO catalog_route (version_id, unit_id, number, base_id, decision, made_at, made_by_id, ended_at)
    SELECT DISTINCT version_id, CAST(NULL AS bigint), 1, CAST(NULL AS bigint), '', CURRENT_TIMESTAMP,
        CAST(NULL AS bigint), CAST(NULL AS timestamp with time zone)
    FROM catalog_routestep
    """,
    """
    UPDATE catalog_routestep SET route_id =
        (SELECT r.id FROM catalog_route r WHERE r.version_id = catalog_routestep.version_id)
    """,
]
SQLITE = [line.replace("CAST(NULL AS timestamp with time zone)", "NULL") for line in FILL]


def fill(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else FILL:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_routes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
