"""A saved view remembers the page that it was saved on."""

import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0175_search_of_names"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="savedview",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="savedview",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="savedview",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="savedview",
                    name="layout",
                    field=models.CharField(default="list", editable=False, max_length=20, verbose_name="layout"),
                ),
                migrations.AddField(
                    model_name="savedviewversion",
                    name="layout",
                    field=models.CharField(default="list", editable=False, max_length=20, verbose_name="layout"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_savedviewversion" ("audience", "change_set_id", "id", "is_segment", "kind", "layout", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "query", "team_id", "workspace_id") SELECT new_values."audience", records_change_set(), new_values."id", new_values."is_segment", new_values."kind", new_values."layout", new_values."name", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."place", new_values."query", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="2382411d129cd2a508ca64f24e2b62fbaee7e524",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fabfa",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_savedviewversion" ("audience", "change_set_id", "id", "is_segment", "kind", "layout", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "query", "team_id", "workspace_id") SELECT new_values."audience", records_change_set(), new_values."id", new_values."is_segment", new_values."kind", new_values."layout", new_values."name", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."place", new_values."query", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="7330f8f18132fb9f563f84b4dd7a180c3899179c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8467e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_savedviewversion" ("audience", "change_set_id", "id", "is_segment", "kind", "layout", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "query", "team_id", "workspace_id") SELECT old_values."audience", records_change_set(), old_values."id", old_values."is_segment", old_values."kind", old_values."layout", old_values."name", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."place", old_values."query", old_values."team_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="924c9fb91acd0a56542f184ae0a51e02b2570f17",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_92849",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
