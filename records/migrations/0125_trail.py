import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import core.tenancy
import workspaces.operations
import workspaces.tenancy


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0123_merged_events"),
        ("workspaces", "0125_trail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("listed", "Listed"),
                            ("exported", "Exported"),
                            ("fetched", "Fetched by the API"),
                        ],
                        max_length=10,
                    ),
                ),
                ("table", models.CharField(db_column="record_table", max_length=63)),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("read_at", models.DateTimeField()),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
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
                "verbose_name": "entry of the read trail",
                "verbose_name_plural": "entries of the read trail",
            },
        ),
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="reading",
                    index=models.Index(fields=["workspace", "read_at"], name="records_reading_age"),
                ),
                migrations.AddIndex(
                    model_name="reading",
                    index=django.contrib.postgres.indexes.GinIndex(fields=["ids"], name="records_reading_ids"),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="records_reading_member_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_reading_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reading",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_reading_ws_id"),
                ),
            ]
        ),
    ]
