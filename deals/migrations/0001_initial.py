import django.core.validators
import django.db.models.functions.datetime
import django.utils.timezone
import records.models.attachment
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("external_id", models.CharField(blank=True, max_length=120, verbose_name="external id")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="changed",
                    ),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "rank",
                    models.CharField(db_collation="C", db_default="V", default="V", editable=False, max_length=60),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("value", models.BigIntegerField(blank=True, null=True, verbose_name="value")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("expected_close", models.DateField(blank=True, null=True, verbose_name="expected close")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed")),
                ("close_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason")),
                ("stage_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), arg_joiner=" || ' ' || ", function="records_sort_key"),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
            ],
            options={
                "verbose_name": "deal",
                "verbose_name_plural": "deals",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary contact")),
            ],
            options={
                "ordering": ("-is_primary", "id"),
            },
        ),
        migrations.CreateModel(
            name="DealContactVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary contact")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occurred_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=200, upload_to=records.models.attachment.upload_path)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("size", models.BigIntegerField(help_text="In bytes.", verbose_name="size")),
                ("content_type", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "ordering": ("-id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealFileVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("file", models.FileField(max_length=200, upload_to=records.models.attachment.upload_path)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("size", models.BigIntegerField(help_text="In bytes.", verbose_name="size")),
                ("content_type", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealPulse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("last_activity_at", models.DateTimeField(null=True)),
                ("next_activity_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealTagVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("external_id", models.CharField(blank=True, max_length=120, verbose_name="external id")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="created",
                    ),
                ),
                ("deleted_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("value", models.BigIntegerField(blank=True, null=True, verbose_name="value")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("expected_close", models.DateField(blank=True, null=True, verbose_name="expected close")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed")),
                ("close_reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason")),
                ("stage_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Pipeline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "pipeline",
                "verbose_name_plural": "pipelines",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="PipelineVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "win_chance",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="In percent.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="win chance",
                    ),
                ),
                (
                    "idle_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Days without activity; empty for never.",
                        null=True,
                        verbose_name="idle after",
                    ),
                ),
                ("hue", models.PositiveSmallIntegerField(default=2, verbose_name="colour")),
            ],
            options={
                "verbose_name": "stage",
                "verbose_name_plural": "stages",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="StageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_status",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        max_length=10,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        max_length=10,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "stayed",
                    models.DurationField(help_text="How long the deal had been in the stage and status that it left."),
                ),
            ],
            options={
                "ordering": ("changed_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="StageChangeVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "from_status",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        max_length=10,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        max_length=10,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "stayed",
                    models.DurationField(help_text="How long the deal had been in the stage and status that it left."),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StageVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "win_chance",
                    models.PositiveSmallIntegerField(
                        default=50,
                        help_text="In percent.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="win chance",
                    ),
                ),
                (
                    "idle_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Days without activity; empty for never.",
                        null=True,
                        verbose_name="idle after",
                    ),
                ),
                ("hue", models.PositiveSmallIntegerField(default=2, verbose_name="colour")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
