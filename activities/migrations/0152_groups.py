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
        ("activities", "0124_versions_without_end"),
        ("records", "0152_saved_views"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityInGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "group",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="%(class)s_set",
                        to="records.group",
                    ),
                ),
                (
                    "record",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="group_links",
                        to="activities.activity",
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
            },
        ),
        migrations.CreateModel(
            name="ActivityInGroupVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "group",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.group",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="activities.activityingroup",
                    ),
                ),
                (
                    "record",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
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
                        related_query_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="activityingroup",
                    index=models.Index(fields=["workspace", "group"], name="activities_a_644c_group_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="activityingroup",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "group"),
                        name="activityingroup_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityingroup",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="activities_activityingroup_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityingroup",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="activities_activityingroup_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="activities_activityingroup_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="group", name="activities_activityingroup_group_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activityingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="6262c7af9037f1cd9a39d64a80072ee35bed1a62",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f313c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activityingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activityingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="78e4ec53154c7e5b8f95730e84d9181f88671283",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_45b68",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activityingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activityingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."group_id", old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="9fed45df6af64b06178c36792028dbac3709a4ae",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_42804",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activityingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityingroupversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="activities_activity_644c_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityingroupversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="activities_activity_644c_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityingroupversion",
                    index=models.Index(fields=["workspace", "record"], name="activities_activi_644c_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="activityingroupversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="activities_activityingroupversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
