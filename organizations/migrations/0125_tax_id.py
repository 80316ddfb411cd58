import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0124_versions_without_end"),
        ("records", "0140_merged_index"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organization",
                    name="version",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organization",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organization",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="organization",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="organization",
                    name="tax_id",
                    field=models.CharField(blank=True, max_length=40, verbose_name="tax id"),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="tax_id",
                    field=models.CharField(blank=True, max_length=40, verbose_name="tax id"),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="tax_key",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            models.Func(
                                models.F("tax_id"),
                                models.Value("[^A-Za-z0-9]+"),
                                models.Value(""),
                                models.Value("g"),
                                function="regexp_replace",
                            )
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "tax_key", "id"],
                        name="org_tax_key",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."employees" IS DISTINCT FROM (NEW."employees") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."location" IS DISTINCT FROM (NEW."location") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."tax_id" IS DISTINCT FROM (NEW."tax_id") OR OLD."website" IS DISTINCT FROM (NEW."website") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id") OR OLD."year_established" IS DISTINCT FROM (NEW."year_established"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="7a69d27edf0df900a6b1fbaeec54fcbbc03b5c9d",
                            operation="UPDATE",
                            pgid="pgtrigger_version_9afdb",
                            table="organizations_organization",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."revenue", new_values."sector", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="cc49fb0a3779a3fabd292380052b2ca3245321dd",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5a753",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organization",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."revenue", new_values."sector", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."location" IS DISTINCT FROM (new_values."location") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."revenue" IS DISTINCT FROM (new_values."revenue") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."tax_id" IS DISTINCT FROM (new_values."tax_id") OR old_values."website" IS DISTINCT FROM (new_values."website") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id") OR old_values."year_established" IS DISTINCT FROM (new_values."year_established"))) AS new_values$statement$; RETURN NULL;',
                            hash="264f67e537020aabc352a00d18eff64ab7cf7be1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73a92",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organization",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), old_values."created_at", old_values."created_by_id", old_values."currency", old_values."deleted_at", old_values."deleted_by_id", old_values."employees", old_values."external_id", old_values."id", old_values."location", old_values."name", old_values."owner_id", old_values."parent_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."revenue", old_values."sector", old_values."source_id", old_values."tax_id", old_values."website", old_values."workspace_id", old_values."year_established" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="63812ac1b71b523e90d2c0be69353777e53f286a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84ac6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organization",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
