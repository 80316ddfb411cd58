import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0165_guarded"),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."customer_status" IS DISTINCT FROM (NEW."customer_status") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."employees" IS DISTINCT FROM (NEW."employees") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_private" IS DISTINCT FROM (NEW."is_private") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."location" IS DISTINCT FROM (NEW."location") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."registration_id" IS DISTINCT FROM (NEW."registration_id") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."segment" IS DISTINCT FROM (NEW."segment") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."tax_id" IS DISTINCT FROM (NEW."tax_id") OR OLD."website" IS DISTINCT FROM (NEW."website") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id") OR OLD."year_established" IS DISTINCT FROM (NEW."year_established"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="4e5a8a6c16d4c48ab11e9bdab1650f60c93bdace",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "customer_status", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "is_private", "language", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "registration_id", "relation", "revenue", "sector", "segment", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."is_private", new_values."language", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."registration_id", new_values."relation", new_values."revenue", new_values."sector", new_values."segment", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="226250df987a58c3c92f465ea9d6d6c1b762e4d9",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "customer_status", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "is_private", "language", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "registration_id", "relation", "revenue", "sector", "segment", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."is_private", new_values."language", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."registration_id", new_values."relation", new_values."revenue", new_values."sector", new_values."segment", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."customer_status" IS DISTINCT FROM (new_values."customer_status") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_private" IS DISTINCT FROM (new_values."is_private") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."location" IS DISTINCT FROM (new_values."location") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."registration_id" IS DISTINCT FROM (new_values."registration_id") OR old_values."relation" IS DISTINCT FROM (new_values."relation") OR old_values."revenue" IS DISTINCT FROM (new_values."revenue") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."segment" IS DISTINCT FROM (new_values."segment") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."tax_id" IS DISTINCT FROM (new_values."tax_id") OR old_values."website" IS DISTINCT FROM (new_values."website") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id") OR old_values."year_established" IS DISTINCT FROM (new_values."year_established"))) AS new_values$statement$; RETURN NULL;',
                            hash="f74ef3294e4fcded4412df31126706babd6b32b7",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "customer_status", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "is_private", "language", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "registration_id", "relation", "revenue", "sector", "segment", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), old_values."created_at", old_values."created_by_id", old_values."currency", old_values."customer_status", old_values."deleted_at", old_values."deleted_by_id", old_values."employees", old_values."external_id", old_values."id", old_values."is_private", old_values."language", old_values."location", old_values."name", old_values."owner_id", old_values."parent_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."registration_id", old_values."relation", old_values."revenue", old_values."sector", old_values."segment", old_values."source_id", old_values."tax_id", old_values."website", old_values."workspace_id", old_values."year_established" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="2fb5199c08843b90161b1cc78397985286ba2e48",
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
