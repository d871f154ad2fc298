"""What was issued so far: one receipt for each dossier, told in the chain of the unit that received it."""

from django.db import migrations

FILL = """
    UPDATE papers_issuedpaper SET
        about = 'dossier:' || dossier_id,
        unit_id = (SELECT d.unit_id FROM dossiers_dossier d WHERE d.id = papers_issuedpaper.dossier_id)
    WHERE about = ''
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_several")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
