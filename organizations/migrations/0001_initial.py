import django.db.models.functions.datetime
import django.utils.timezone
import records.models.attachment
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("transfers", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organization",
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
                ("sector", models.CharField(blank=True, max_length=80, verbose_name="sector")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                ("location", models.CharField(blank=True, max_length=120, verbose_name="location")),
                (
                    "year_established",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year established"),
                ),
                ("employees", models.PositiveIntegerField(blank=True, null=True, verbose_name="employees")),
                ("revenue", models.BigIntegerField(blank=True, null=True, verbose_name="revenue")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), arg_joiner=" || ' ' || ", function="records_sort_key"),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                (
                    "sort_sector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("sector"), arg_joiner=" || ' ' || ", function="records_sort_key"
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                (
                    "sort_location",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("location"), arg_joiner=" || ' ' || ", function="records_sort_key"
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occurred_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationFile",
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
            name="OrganizationFileVersion",
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
            name="OrganizationPulse",
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
            name="OrganizationTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationTagVersion",
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
            name="OrganizationVersion",
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
                ("sector", models.CharField(blank=True, max_length=80, verbose_name="sector")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                ("location", models.CharField(blank=True, max_length=120, verbose_name="location")),
                (
                    "year_established",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year established"),
                ),
                ("employees", models.PositiveIntegerField(blank=True, null=True, verbose_name="employees")),
                ("revenue", models.BigIntegerField(blank=True, null=True, verbose_name="revenue")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
