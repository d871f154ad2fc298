"""Dossiers that ran before units could have ways of their own ran the province's."""

from django.db import migrations

FILL = """
    UPDATE dossiers_dossier SET route_id =
        (SELECT r.id FROM catalog_route r WHERE r.version_id = dossiers_dossier.version_id)
    WHERE route_id IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_route"), ("catalog", "0006_fill_routes")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
