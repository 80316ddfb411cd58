import django.utils.timezone
import transfers.models
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("records", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.CharField(max_length=40)),
                ("file", models.FileField(max_length=200, upload_to=transfers.models.store_path)),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("rows", models.PositiveIntegerField(null=True, verbose_name="rows")),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("query", models.TextField(blank=True)),
                ("ids", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("failed", "Stopped by an error"),
                            ("done", "Done"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.CharField(max_length=40)),
                ("file", models.FileField(max_length=200, upload_to=transfers.models.store_path)),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("rows", models.PositiveIntegerField(null=True, verbose_name="rows")),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("columns", models.JSONField(default=list)),
                ("dialect", models.JSONField(default=dict)),
                ("mapping", models.JSONField(default=list)),
                ("fixes", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("failed", "Stopped by an error"),
                            ("done", "Done"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("last_row", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0, verbose_name="created")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="updated")),
                ("skipped", models.PositiveIntegerField(default=0, verbose_name="left as they were")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="ImportLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                ("record_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=250)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportRefusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("cells", models.JSONField()),
                ("taken", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("line", "id"),
            },
        ),
    ]
