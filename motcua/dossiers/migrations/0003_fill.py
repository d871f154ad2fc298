"""What was received before the clock knew of supplements counts from its reception; its steps are its own field's."""

from django.db import migrations

FILL = [
    "UPDATE dossiers_dossier SET counted_from = received_at WHERE counted_from IS NULL",
    """
    UPDATE dossiers_step SET field_id =
        (SELECT d.field_id FROM dossiers_dossier d WHERE d.id = dossiers_step.dossier_id)
    WHERE field_id IS NULL
    """,
]


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_law")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
