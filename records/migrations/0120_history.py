import core.tenancy
import django.db.models.deletion
import django.utils.timezone
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0110_recent"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("record_id", models.BigIntegerField()),
                ("actor", models.CharField(max_length=120)),
                ("deleted", models.JSONField(default=dict)),
                ("redacted", models.JSONField(default=dict)),
                ("files", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "erasure",
                "verbose_name_plural": "erasures",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Undoing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("picks", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("failed", "Given up"),
                            ("done", "Done"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("steps", models.PositiveSmallIntegerField(default=1)),
                ("error", models.TextField(blank=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("skipped", models.JSONField(default=dict)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        workspaces.operations.Together(
            [
                migrations.RemoveConstraint(
                    model_name="changeset",
                    name="records_changeset_rls",
                ),
                migrations.RemoveIndex(
                    model_name="changeset",
                    name="records_cha_2e1d_member_id_idx",
                ),
                migrations.AddField(
                    model_name="changeset",
                    name="final",
                    field=models.BooleanField(db_default=False, default=False),
                ),
                migrations.AddField(
                    model_name="changeset",
                    name="outward",
                    field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
                ),
                migrations.AlterField(
                    model_name="changeset",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddIndex(
                    model_name="changeset",
                    index=models.Index(fields=["workspace", "member", "-id"], name="records_changeset_member"),
                ),
                migrations.AddConstraint(
                    model_name="changeset",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE (label), UPDATE (outward), UPDATE (final)",
                        name="records_changeset_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddField(
                    model_name="erasure",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="erasure",
                    name="workspace",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=core.tenancy.current_workspace_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                migrations.AddField(
                    model_name="undoing",
                    name="change_set",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="undoings", to="records.changeset"
                    ),
                ),
                migrations.AddField(
                    model_name="undoing",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="undoing",
                    name="result",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="records.changeset",
                    ),
                ),
                migrations.AddField(
                    model_name="undoing",
                    name="workspace",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=core.tenancy.current_workspace_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_erasure_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_erasure_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="records_erasure_member_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="undoing",
                    index=models.Index(fields=["workspace", "change_set"], name="records_04c7_change_set_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="undoing",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_undoing_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="undoing",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_undoing_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="undoing",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="change_set", name="records_undoing_change_set_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="undoing",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="records_undoing_member_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="undoing",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="result", name="records_undoing_result_id_wfk"
                    ),
                ),
            ]
        ),
    ]
