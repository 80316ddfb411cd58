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
        ("contacts", "0161_who_decides"),
        ("records", "0140_merged_index"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactViewer",
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
            name="ContactViewerVersion",
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
                migrations.AddField(
                    model_name="contact",
                    name="is_private",
                    field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="private"),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="is_private",
                    field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="private"),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("is_private", True)), fields=["workspace", "owner"], name="contact_private"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."birthday" IS DISTINCT FROM (NEW."birthday") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_private" IS DISTINCT FROM (NEW."is_private") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."linkedin" IS DISTINCT FROM (NEW."linkedin") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title_prefix" IS DISTINCT FROM (NEW."title_prefix") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="097803bb4fc07180c41c6417c2f472c9f76826fc",
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
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "id", "is_private", "job_title", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "title_prefix", "workspace_id") SELECT new_values."birthday", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."id", new_values."is_private", new_values."job_title", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."source_id", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="3a6c40bbefeab80ff92c15d1bdbbd2ef4e7cd803",
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
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "id", "is_private", "job_title", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "title_prefix", "workspace_id") SELECT new_values."birthday", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."id", new_values."is_private", new_values."job_title", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."source_id", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."birthday" IS DISTINCT FROM (new_values."birthday") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_private" IS DISTINCT FROM (new_values."is_private") OR old_values."job_title" IS DISTINCT FROM (new_values."job_title") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."linkedin" IS DISTINCT FROM (new_values."linkedin") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."title_prefix" IS DISTINCT FROM (new_values."title_prefix") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="0e6f6dade2ccb437cb67e565b94cc57b4480d478",
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
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "id", "is_private", "job_title", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "title_prefix", "workspace_id") SELECT old_values."birthday", records_change_set(), old_values."created_at", old_values."created_by_id", old_values."deleted_at", old_values."deleted_by_id", old_values."email", old_values."external_id", old_values."first_name", old_values."id", old_values."is_private", old_values."job_title", old_values."last_name", old_values."linkedin", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."source_id", old_values."title_prefix", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="99424f7e97c900b766eafcc56c4ab5592c5f9caa",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2e36",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="contactviewer",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contactviewer",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="viewers",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactviewer",
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
                    model_name="contactviewerversion",
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
                    model_name="contactviewerversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactviewer",
                    ),
                ),
                migrations.AddField(
                    model_name="contactviewerversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactviewerversion",
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
                    model_name="contactviewer",
                    index=models.Index(fields=["workspace", "member", "record"], name="contactviewer_mine"),
                ),
                migrations.AddConstraint(
                    model_name="contactviewer",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "member"),
                        name="contactviewer_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactviewer",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactviewer_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactviewer",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactviewer_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactviewer",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactviewer_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactviewer",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="contacts_contactviewer_member_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."member_id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="59bd16d87d55afdf0fa67d9d5d26fffe9146c992",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21559",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."member_id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="38fe47010f2cc23fd05fc9fb0273a04da36555d2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f7459",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."id", old_values."member_id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="73ff574c2f53ad31492720f0fbf530a438a5534a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3647d",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactviewerversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactviewer_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactviewerversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactviewer_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactviewerversion",
                    index=models.Index(fields=["workspace", "record"], name="contacts_contactviewer_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="contactviewerversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactviewerversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
