"""Every row has them now. A migration of its own: PostgreSQL does not alter a table it has just filled."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_fill")]
    operations = [
        migrations.AlterField("dossier", "counted_from", models.DateTimeField()),
        migrations.AlterField(
            "step",
            "field",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.field"),
        ),
    ]
