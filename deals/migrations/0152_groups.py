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
        ("deals", "0132_versions_without_end"),
        ("records", "0152_saved_views"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealInGroup",
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
            name="DealInGroupVersion",
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
                    model_name="dealingroup",
                    name="group",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.group"
                    ),
                ),
                migrations.AddField(
                    model_name="dealingroup",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="group_links",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealingroup",
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
                    model_name="dealingroupversion",
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
                    model_name="dealingroupversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealingroup",
                    ),
                ),
                migrations.AddField(
                    model_name="dealingroupversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealingroupversion",
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
                    model_name="dealingroup",
                    index=models.Index(fields=["workspace", "group"], name="deals_dealingroup_group_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealingroup",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "group"),
                        name="dealingroup_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealingroup",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealingroup_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealingroup",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealingroup_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealingroup_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="group", name="deals_dealingroup_group_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="fd1e9e483139d8c963f47be42a9629a070840137",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_51ba8",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="d00f19153396055acb3f6c90486f1ced9f0722d7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0c5ad",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."group_id", old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="89767187ec40825328a3eecdb258e4528d76616f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c800f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealingroupversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealingroup_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealingroupversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealingroup_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealingroupversion",
                    index=models.Index(fields=["workspace", "record"], name="deals_dealingroup_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="dealingroupversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealingroupversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
