import core.tenancy
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0152_saved_views"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record", models.CharField(max_length=40)),
                ("action", models.CharField(max_length=40)),
                ("wanted", models.TextField(blank=True)),
                ("query", models.TextField(blank=True)),
                ("ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("stopped", "Stopped"),
                            ("failed", "Given up"),
                            ("done", "Done"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("stopping", models.BooleanField(default=False)),
                ("total", models.PositiveIntegerField(default=0)),
                ("place", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=dict)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "change_set",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="records.changeset",
                    ),
                ),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=core.tenancy.current_workspace_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_bulkrun_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                    models.UniqueConstraint(fields=("workspace", "id"), name="records_bulkrun_ws_id"),
                    workspaces.tenancy.CompositeForeignKey(field="member", name="records_bulkrun_member_id_wfk"),
                    workspaces.tenancy.CompositeForeignKey(
                        field="change_set", name="records_bulkrun_change_set_id_wfk"
                    ),
                ],
            },
        ),
    ]
