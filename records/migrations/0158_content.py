import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0157_fields_version"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="source",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="source",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="source",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="source",
                    name="customer_status",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "Lead"),
                            ("prospect", "Prospect"),
                            ("customer", "Customer"),
                            ("former", "Former customer"),
                        ],
                        help_text="New organizations and people from this source begin with it.",
                        max_length=10,
                        verbose_name="first customer status",
                    ),
                ),
                migrations.AddField(
                    model_name="sourceversion",
                    name="customer_status",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "Lead"),
                            ("prospect", "Prospect"),
                            ("customer", "Customer"),
                            ("former", "Former customer"),
                        ],
                        help_text="New organizations and people from this source begin with it.",
                        max_length=10,
                        verbose_name="first customer status",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_sourceversion" ("change_set_id", "customer_status", "direction", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."customer_status", new_values."direction", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="b10434f6aba5f4740f22bad5b4d69919b52dadfa",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_40289",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_sourceversion" ("change_set_id", "customer_status", "direction", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."customer_status", new_values."direction", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="965219606b427e9d86bad9f004268429280bac5a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f5303",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_sourceversion" ("change_set_id", "customer_status", "direction", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."customer_status", old_values."direction", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="01466e83677b50a846fe328cec1b5a40260a0c7d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_32624",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_source",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
