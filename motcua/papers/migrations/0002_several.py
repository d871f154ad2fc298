"""Several papers of one form for a dossier, papers without a dossier, and closed books."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_filled"),
        ("files", "0001_initial"),
        ("papers", "0001_initial"),
        ("people", "0002_agencies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("issuedpaper", "papers_form_once"),
        migrations.AddField(
            "issuedpaper",
            "unit",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.unit",
            ),
        ),
        migrations.AddField(
            "issuedpaper", "about", models.CharField(default="", max_length=40), preserve_default=False
        ),
        migrations.AlterField(
            "issuedpaper",
            "dossier",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="issued_papers",
                to="dossiers.dossier",
            ),
        ),
        migrations.AlterField(
            "issuedpaper",
            "form",
            models.CharField(
                choices=[
                    ("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
                    ("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
                    ("03", "Phiếu từ chối giải quyết hồ sơ"),
                    ("04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
                    ("05", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
                    ("fee", "Biên lai thu phí, lệ phí"),
                ],
                max_length=4,
            ),
        ),
        migrations.CreateModel(
            name="ClosedBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField()),
                ("count", models.PositiveIntegerField()),
                ("last_number", models.PositiveIntegerField()),
                ("revisions", models.PositiveBigIntegerField()),
                ("salt", models.CharField(max_length=32)),
                ("rows", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "closed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="files.storedfile"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "year"), name="papers_book_closed_once")
                ],
            },
        ),
    ]
