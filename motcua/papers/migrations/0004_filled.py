"""Every paper says now what it is about. A migration of its own: PostgreSQL does not alter a table it has just filled."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_fill")]
    operations = [
        migrations.AlterField(
            "issuedpaper",
            "unit",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
            ),
        ),
        migrations.AddConstraint(
            "issuedpaper", models.UniqueConstraint(fields=["form", "about"], name="papers_form_once")
        ),
    ]
