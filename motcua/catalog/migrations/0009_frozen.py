"""The data base itself refuses to change what was published (R50)."""

from django.db import migrations

from motcua.catalog.frozen import protect


def guard(apps, schema_editor):
    protect(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_drafts")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop, elidable=False)]
