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
        ("contacts", "0164_visible"),
        ("deals", "0156_custom_fields"),
        ("organizations", "0125_tax_id"),
        ("records", "0140_merged_index"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealViewer",
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
            name="DealViewerVersion",
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
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="version",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="deal",
                    name="is_private",
                    field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="private"),
                ),
                migrations.AddField(
                    model_name="dealversion",
                    name="is_private",
                    field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="private"),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("is_private", True)), fields=["workspace", "owner"], name="deal_private"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."close_reason" IS DISTINCT FROM (NEW."close_reason") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."expected_close" IS DISTINCT FROM (NEW."expected_close") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_private" IS DISTINCT FROM (NEW."is_private") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."pipeline_id" IS DISTINCT FROM (NEW."pipeline_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."stage_id" IS DISTINCT FROM (NEW."stage_id") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="824053839527687fb46b06af3705cbb8714efbb6",
                            operation="UPDATE",
                            pgid="pgtrigger_version_a5a6e",
                            table="deals_deal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("change_set_id", "close_reason", "closed_on", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "id", "is_private", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT records_change_set(), new_values."close_reason", new_values."closed_on", new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."expected_close", new_values."external_id", new_values."id", new_values."is_private", new_values."name", new_values."organization_id", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."pipeline_id", new_values."source_id", new_values."stage_id", new_values."stage_since", new_values."started_on", new_values."status", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="ca81ca1a5e74d6751b5d4e4ee5b84cb7a5dd3d85",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_107f7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("change_set_id", "close_reason", "closed_on", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "id", "is_private", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT records_change_set(), new_values."close_reason", new_values."closed_on", new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."expected_close", new_values."external_id", new_values."id", new_values."is_private", new_values."name", new_values."organization_id", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."pipeline_id", new_values."source_id", new_values."stage_id", new_values."stage_since", new_values."started_on", new_values."status", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."close_reason" IS DISTINCT FROM (new_values."close_reason") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."expected_close" IS DISTINCT FROM (new_values."expected_close") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_private" IS DISTINCT FROM (new_values."is_private") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."pipeline_id" IS DISTINCT FROM (new_values."pipeline_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."stage_id" IS DISTINCT FROM (new_values."stage_id") OR old_values."stage_since" IS DISTINCT FROM (new_values."stage_since") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."value" IS DISTINCT FROM (new_values."value") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="eb710d4b8da4c24ad2bec8dafd7c41250170e586",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9aad",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("change_set_id", "close_reason", "closed_on", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "id", "is_private", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT records_change_set(), old_values."close_reason", old_values."closed_on", old_values."created_at", old_values."created_by_id", old_values."currency", old_values."deleted_at", old_values."deleted_by_id", old_values."expected_close", old_values."external_id", old_values."id", old_values."is_private", old_values."name", old_values."organization_id", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."pipeline_id", old_values."source_id", old_values."stage_id", old_values."stage_since", old_values."started_on", old_values."status", old_values."value", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="b1d6d58f79cc39aa7b3228110ac85cfd9072d153",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8271c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="dealviewer",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="dealviewer",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="viewers",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealviewer",
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
                    model_name="dealviewerversion",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="dealviewerversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealviewer",
                    ),
                ),
                migrations.AddField(
                    model_name="dealviewerversion",
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
                    model_name="dealviewerversion",
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
                    model_name="dealviewer",
                    index=models.Index(fields=["workspace", "member", "record"], name="dealviewer_mine"),
                ),
                migrations.AddConstraint(
                    model_name="dealviewer",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "member"),
                        name="dealviewer_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealviewer",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealviewer_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealviewer",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealviewer_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealviewer",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealviewer_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealviewer",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="deals_dealviewer_member_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."member_id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="b095effffee893270d4109e36bbf48dd3d3ae003",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5a9b9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."member_id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="8a58cbb828b73a3bda7b59a7b46595f1384f5ead",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d8f76",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."id", old_values."member_id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="fa6befede04f5cd4d7a433cd74b6e3555e96882b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9c567",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealviewerversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealviewer_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealviewerversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealviewer_v_set"),
                ),
                migrations.AddIndex(
                    model_name="dealviewerversion",
                    index=models.Index(fields=["workspace", "record"], name="deals_dealviewer_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="dealviewerversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealviewerversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
