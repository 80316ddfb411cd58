import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0165_guarded"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="version",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="delete_delete",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."birthday" IS DISTINCT FROM (NEW."birthday") OR OLD."birthday_reminder" IS DISTINCT FROM (NEW."birthday_reminder") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."customer_status" IS DISTINCT FROM (NEW."customer_status") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."hours_from" IS DISTINCT FROM (NEW."hours_from") OR OLD."hours_to" IS DISTINCT FROM (NEW."hours_to") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."is_private" IS DISTINCT FROM (NEW."is_private") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."linkedin" IS DISTINCT FROM (NEW."linkedin") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."style" IS DISTINCT FROM (NEW."style") OR OLD."title_prefix" IS DISTINCT FROM (NEW."title_prefix") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="90ed709704be1ee0caa40851c6906638bc87ee6f",
                            operation="UPDATE",
                            pgid="pgtrigger_version_cb52f",
                            table="contacts_contact",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "birthday_reminder", "change_set_id", "channel", "created_at", "created_by_id", "customer_status", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "hours_from", "hours_to", "id", "interests", "is_private", "job_title", "language", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "style", "title_prefix", "workspace_id") SELECT new_values."birthday", new_values."birthday_reminder", records_change_set(), new_values."channel", new_values."created_at", new_values."created_by_id", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."hours_from", new_values."hours_to", new_values."id", new_values."interests", new_values."is_private", new_values."job_title", new_values."language", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."source_id", new_values."style", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="4a507414a196209f9ebcd279e4bab85f37c25017",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_60225",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "birthday_reminder", "change_set_id", "channel", "created_at", "created_by_id", "customer_status", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "hours_from", "hours_to", "id", "interests", "is_private", "job_title", "language", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "style", "title_prefix", "workspace_id") SELECT new_values."birthday", new_values."birthday_reminder", records_change_set(), new_values."channel", new_values."created_at", new_values."created_by_id", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."hours_from", new_values."hours_to", new_values."id", new_values."interests", new_values."is_private", new_values."job_title", new_values."language", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."source_id", new_values."style", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."birthday" IS DISTINCT FROM (new_values."birthday") OR old_values."birthday_reminder" IS DISTINCT FROM (new_values."birthday_reminder") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."customer_status" IS DISTINCT FROM (new_values."customer_status") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."hours_from" IS DISTINCT FROM (new_values."hours_from") OR old_values."hours_to" IS DISTINCT FROM (new_values."hours_to") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."interests" IS DISTINCT FROM (new_values."interests") OR old_values."is_private" IS DISTINCT FROM (new_values."is_private") OR old_values."job_title" IS DISTINCT FROM (new_values."job_title") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."linkedin" IS DISTINCT FROM (new_values."linkedin") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."style" IS DISTINCT FROM (new_values."style") OR old_values."title_prefix" IS DISTINCT FROM (new_values."title_prefix") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="ec26981e2389fbcc1470895434764c74e02465a8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7498c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "birthday_reminder", "change_set_id", "channel", "created_at", "created_by_id", "customer_status", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "hours_from", "hours_to", "id", "interests", "is_private", "job_title", "language", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "style", "title_prefix", "workspace_id") SELECT old_values."birthday", old_values."birthday_reminder", records_change_set(), old_values."channel", old_values."created_at", old_values."created_by_id", old_values."customer_status", old_values."deleted_at", old_values."deleted_by_id", old_values."email", old_values."external_id", old_values."first_name", old_values."hours_from", old_values."hours_to", old_values."id", old_values."interests", old_values."is_private", old_values."job_title", old_values."language", old_values."last_name", old_values."linkedin", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."source_id", old_values."style", old_values."title_prefix", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="99cafa314b4ac95ec50149964afc745cd1ae928c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2e36",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
