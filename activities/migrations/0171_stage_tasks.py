import workspaces.operations
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0152_groups"),
        ("deals", "0170_pipelines"),
        ("records", "0164_visible"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="activity",
                    name="version",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="activity",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="activity",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="activity",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="activity",
                    name="stage_task",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="deals.stagetask",
                    ),
                ),
                migrations.AddField(
                    model_name="activityversion",
                    name="stage_task",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stagetask",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("stage_task__isnull", False)),
                        fields=["workspace", "stage_task"],
                        name="activity_stage_task",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."direction" IS DISTINCT FROM (NEW."direction") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."location" IS DISTINCT FROM (NEW."location") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."next_steps" IS DISTINCT FROM (NEW."next_steps") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."stage_task_id" IS DISTINCT FROM (NEW."stage_task_id") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="87d5fe4b6472de4dfb24550a985f533da9d3c19e",
                            operation="UPDATE",
                            pgid="pgtrigger_version_de90a",
                            table="activities_activity",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityversion" ("body", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "direction", "done_at", "due_at", "external_id", "id", "kind", "location", "minutes", "next_steps", "occurred_at", "outcome", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "stage_task_id", "subject", "workspace_id") SELECT new_values."body", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."direction", new_values."done_at", new_values."due_at", new_values."external_id", new_values."id", new_values."kind", new_values."location", new_values."minutes", new_values."next_steps", new_values."occurred_at", new_values."outcome", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."source_id", new_values."stage_task_id", new_values."subject", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="490b6e853767299e4ae8994d8b7270b78bec6c90",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6de9c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityversion" ("body", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "direction", "done_at", "due_at", "external_id", "id", "kind", "location", "minutes", "next_steps", "occurred_at", "outcome", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "stage_task_id", "subject", "workspace_id") SELECT new_values."body", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."direction", new_values."done_at", new_values."due_at", new_values."external_id", new_values."id", new_values."kind", new_values."location", new_values."minutes", new_values."next_steps", new_values."occurred_at", new_values."outcome", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."source_id", new_values."stage_task_id", new_values."subject", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."body" IS DISTINCT FROM (new_values."body") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."direction" IS DISTINCT FROM (new_values."direction") OR old_values."done_at" IS DISTINCT FROM (new_values."done_at") OR old_values."due_at" IS DISTINCT FROM (new_values."due_at") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."location" IS DISTINCT FROM (new_values."location") OR old_values."minutes" IS DISTINCT FROM (new_values."minutes") OR old_values."next_steps" IS DISTINCT FROM (new_values."next_steps") OR old_values."occurred_at" IS DISTINCT FROM (new_values."occurred_at") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."stage_task_id" IS DISTINCT FROM (new_values."stage_task_id") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="79ef6b5f46db33d281913f4f70dee1d5241ea4da",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a56a1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityversion" ("body", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "direction", "done_at", "due_at", "external_id", "id", "kind", "location", "minutes", "next_steps", "occurred_at", "outcome", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "stage_task_id", "subject", "workspace_id") SELECT old_values."body", records_change_set(), old_values."created_at", old_values."created_by_id", old_values."deleted_at", old_values."deleted_by_id", old_values."direction", old_values."done_at", old_values."due_at", old_values."external_id", old_values."id", old_values."kind", old_values."location", old_values."minutes", old_values."next_steps", old_values."occurred_at", old_values."outcome", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."source_id", old_values."stage_task_id", old_values."subject", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="1b6f27a0c1a7b5086ab335126cf773a9d7369850",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc776",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="stage_task", name="activities_activity_stage_task_id_wfk"
                    ),
                ),
            ]
        ),
    ]
