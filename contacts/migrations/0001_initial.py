import django.db.models.functions.datetime
import django.utils.timezone
import records.models.attachment
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                ("title_prefix", models.CharField(blank=True, max_length=40, verbose_name="title")),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="first name")),
                ("last_name", models.CharField(max_length=80, verbose_name="last name")),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                ("linkedin", models.URLField(blank=True, verbose_name="LinkedIn")),
                ("birthday", models.DateField(blank=True, null=True, verbose_name="birthday")),
                ("email", models.CharField(blank=True, editable=False, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, editable=False, max_length=20, verbose_name="phone")),
                (
                    "sort_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("last_name"),
                            models.F("first_name"),
                            arg_joiner=" || ' ' || ",
                            function="records_sort_key",
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                (
                    "sort_job_title",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("job_title"), arg_joiner=" || ' ' || ", function="records_sort_key"
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                (
                    "sort_email",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("email"), arg_joiner=" || ' ' || ", function="records_sort_key"
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactEmail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "kind",
                    models.CharField(
                        choices=[("work", "Work"), ("private", "Private"), ("other", "Other")],
                        default="work",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "address_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("address"), arg_joiner=" || ' ' || ", function="records_sort_key"
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mail",
                "verbose_name_plural": "e-mails",
                "ordering": ("-is_primary", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactEmailVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "kind",
                    models.CharField(
                        choices=[("work", "Work"), ("private", "Private"), ("other", "Other")],
                        default="work",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occurred_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactFile",
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
            name="ContactFileVersion",
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
            name="ContactPhone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mobile", "Mobile"),
                            ("work", "Work"),
                            ("private", "Private"),
                            ("whatsapp", "WhatsApp"),
                            ("other", "Other"),
                        ],
                        default="mobile",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="phone")),
            ],
            options={
                "verbose_name": "phone",
                "verbose_name_plural": "phones",
                "ordering": ("-is_primary", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactPhoneVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mobile", "Mobile"),
                            ("work", "Work"),
                            ("private", "Private"),
                            ("whatsapp", "WhatsApp"),
                            ("other", "Other"),
                        ],
                        default="mobile",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="phone")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactPulse",
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
            name="ContactTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactTagVersion",
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
            name="ContactVersion",
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
                ("title_prefix", models.CharField(blank=True, max_length=40, verbose_name="title")),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="first name")),
                ("last_name", models.CharField(max_length=80, verbose_name="last name")),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                ("linkedin", models.URLField(blank=True, verbose_name="LinkedIn")),
                ("birthday", models.DateField(blank=True, null=True, verbose_name="birthday")),
                ("email", models.CharField(blank=True, editable=False, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, editable=False, max_length=20, verbose_name="phone")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary contact")),
            ],
            options={
                "verbose_name": "position",
                "verbose_name_plural": "positions",
                "ordering": ("-is_primary", "id"),
            },
        ),
        migrations.CreateModel(
            name="PositionRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="PositionRoleVersion",
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
            name="PositionVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary contact")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ("position", "name"),
            },
        ),
        migrations.CreateModel(
            name="RoleVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
