from django.db import migrations


def say_unread(apps, schema_editor):
    """What was loaded before fees were read has its text only; loading the catalogue again reads it."""
    version = apps.get_model("catalog", "ProcedureVersion")
    version.objects.exclude(fee_text="").update(fee_state="unread")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_fees")]
    operations = [migrations.RunPython(say_unread, migrations.RunPython.noop)]
