import core.tenancy
import django.db.models.deletion
import workspaces.operations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("records", "0002_initial"),
        ("transfers", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="export",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="export",
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
                    model_name="import",
                    name="change_set",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="records.changeset",
                    ),
                ),
                migrations.AddField(
                    model_name="import",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="import",
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
                    model_name="importlink",
                    name="run",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="links", to="transfers.import"
                    ),
                ),
                migrations.AddField(
                    model_name="importlink",
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
                    model_name="importrefusal",
                    name="run",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="refusals", to="transfers.import"
                    ),
                ),
                migrations.AddField(
                    model_name="importrefusal",
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
                    model_name="export",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="transfers_export_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="export",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="transfers_export_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="export",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="transfers_export_created_by_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="transfers_import_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="transfers_import_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="change_set", name="transfers_import_change_set_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="transfers_import_created_by_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="importlink",
                    index=models.Index(fields=["workspace", "run"], name="transfers_impo_b673_run_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="importlink",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="transfers_importlink_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importlink",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="transfers_importlink_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="importlink",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="run", name="transfers_importlink_run_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="importrefusal",
                    index=models.Index(fields=["workspace", "run"], name="transfers_impo_e912_run_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="importrefusal",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="transfers_importrefusal_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrefusal",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="transfers_importrefusal_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importrefusal",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="run", name="transfers_importrefusal_run_id_wfk"
                    ),
                ),
            ],
        ),
    ]
