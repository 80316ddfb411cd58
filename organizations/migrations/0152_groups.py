import core.tenancy
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0125_tax_id"),
        ("records", "0152_saved_views"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationInGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationInGroupVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        workspaces.operations.Together(
            [
                migrations.AddField(
                    model_name="organizationingroup",
                    name="group",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.group"
                    ),
                ),
                migrations.AddField(
                    model_name="organizationingroup",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="group_links",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationingroup",
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
                    model_name="organizationingroupversion",
                    name="group",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.group",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationingroupversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationingroup",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationingroupversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationingroupversion",
                    name="workspace",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=core.tenancy.current_workspace_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.workspace",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationingroup",
                    index=models.Index(fields=["workspace", "group"], name="organization_38ca_group_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationingroup",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "group"),
                        name="organizationingroup_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationingroup",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationingroup_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationingroup",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationingroup_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationingroup_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="group", name="organizations_organizationingroup_group_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="75e41c704bcb27cb494f1ff2491a826067bcf90b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a365e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="1a3420363041a8060db2d004f4c4ba658d7b6bef",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_60c45",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."group_id", old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="9d3e10fb55a8e5440be9253314f18eb585558d64",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d2518",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationingroupversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_38ca_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationingroupversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_38ca_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationingroupversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_38ca_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="organizationingroupversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationingroupversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
