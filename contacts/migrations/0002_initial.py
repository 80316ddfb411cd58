import core.tenancy
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0001_initial"),
        ("organizations", "0001_initial"),
        ("records", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="contact",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="deleted_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="owner",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="source",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
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
                    model_name="contactemail",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="emails", to="contacts.contact"
                    ),
                ),
                migrations.AddField(
                    model_name="contactemail",
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
                    model_name="contactemailversion",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactemailversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactemail",
                    ),
                ),
                migrations.AddField(
                    model_name="contactemailversion",
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
                migrations.AddField(
                    model_name="contactevent",
                    name="event",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.event"
                    ),
                ),
                migrations.AddField(
                    model_name="contactevent",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="event_links",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactevent",
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
                    model_name="contactfile",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contactfile",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="files", to="contacts.contact"
                    ),
                ),
                migrations.AddField(
                    model_name="contactfile",
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
                    model_name="contactfileversion",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contactfileversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactfile",
                    ),
                ),
                migrations.AddField(
                    model_name="contactfileversion",
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
                    model_name="contactfileversion",
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
                migrations.AddField(
                    model_name="contactphone",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="phones", to="contacts.contact"
                    ),
                ),
                migrations.AddField(
                    model_name="contactphone",
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
                    model_name="contactphoneversion",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactphoneversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactphone",
                    ),
                ),
                migrations.AddField(
                    model_name="contactphoneversion",
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
                migrations.AddField(
                    model_name="contactpulse",
                    name="record",
                    field=workspaces.tenancy.WorkspaceOneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="pulse",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactpulse",
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
                    model_name="contacttag",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="tag_links",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contacttag",
                    name="tag",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.tag"
                    ),
                ),
                migrations.AddField(
                    model_name="contacttag",
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
                    model_name="contact",
                    name="tags",
                    field=models.ManyToManyField(related_name="+", through="contacts.ContactTag", to="records.tag"),
                ),
                migrations.AddField(
                    model_name="contacttagversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contacttag",
                    ),
                ),
                migrations.AddField(
                    model_name="contacttagversion",
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
                    model_name="contacttagversion",
                    name="tag",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.tag",
                    ),
                ),
                migrations.AddField(
                    model_name="contacttagversion",
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
                migrations.AddField(
                    model_name="contactversion",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="deleted_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="owner",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="source",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
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
                migrations.AddField(
                    model_name="position",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="positions",
                        to="contacts.contact",
                        verbose_name="person",
                    ),
                ),
                migrations.AddField(
                    model_name="position",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="positions",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                migrations.AddField(
                    model_name="position",
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
                    model_name="positionrole",
                    name="position",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="role_links",
                        to="contacts.position",
                    ),
                ),
                migrations.AddField(
                    model_name="positionrole",
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
                    model_name="positionroleversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.positionrole",
                    ),
                ),
                migrations.AddField(
                    model_name="positionroleversion",
                    name="position",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.position",
                    ),
                ),
                migrations.AddField(
                    model_name="positionroleversion",
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
                migrations.AddField(
                    model_name="positionversion",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                        verbose_name="person",
                    ),
                ),
                migrations.AddField(
                    model_name="positionversion",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                migrations.AddField(
                    model_name="positionversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.position",
                    ),
                ),
                migrations.AddField(
                    model_name="positionversion",
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
                migrations.AddField(
                    model_name="role",
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
                    model_name="positionroleversion",
                    name="role",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.role",
                    ),
                ),
                migrations.AddField(
                    model_name="positionrole",
                    name="role",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="position_links",
                        to="contacts.role",
                    ),
                ),
                migrations.AddField(
                    model_name="position",
                    name="roles",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="contacts.PositionRole",
                        to="contacts.role",
                        verbose_name="roles",
                    ),
                ),
                migrations.AddField(
                    model_name="roleversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.role",
                    ),
                ),
                migrations.AddField(
                    model_name="roleversion",
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
                    model_name="contactemail",
                    index=models.Index(fields=["workspace", "address_key"], name="contact_email_key"),
                ),
                migrations.AddIndex(
                    model_name="contactemail",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_c_6fb9_contact_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactemail",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "contact_id"], name="contact_email_primary", where="is_primary"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactemail",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactemail_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactemail",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactemail_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactemail",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="contact", name="contacts_contactemail_contact_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactemail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactemailversion" ("address", "change_set_id", "contact_id", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT new_values."address", records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."kind", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="c4ead69a3a2cc0a9bfdd91bb1dba58ba6c7cd539",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a3fed",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactemail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactemail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactemailversion" ("address", "change_set_id", "contact_id", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT new_values."address", records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."kind", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address" IS DISTINCT FROM (new_values."address") OR old_values."contact_id" IS DISTINCT FROM (new_values."contact_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_primary" IS DISTINCT FROM (new_values."is_primary") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="4d7dd0a7358d901284befc35f6b47e2f5ea7347f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_650fa",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactemail",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactemail",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactemailversion" ("address", "change_set_id", "contact_id", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT old_values."address", records_change_set(), old_values."contact_id", old_values."id", old_values."is_primary", old_values."kind", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="2588346b197a79530f171a1dd4ae12c80b0658f4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5784a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactemail",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactemailversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactemail_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactemailversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_contactemail_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="contactemailversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactemailversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactevent",
                    index=models.Index(
                        models.F("workspace"),
                        models.F("record"),
                        models.OrderBy(models.F("occurred_at"), descending=True),
                        models.OrderBy(models.F("event"), descending=True),
                        name="contactevent_timeline",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactevent",
                    index=models.Index(fields=["workspace", "event"], name="contacts_con_0c15_event_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactevent",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactevent_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactevent",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactevent_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactevent_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="event", name="contacts_contactevent_event_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactfile",
                    index=models.Index(fields=["workspace", "record"], name="contacts_co_2d07_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactfile",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactfile_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactfile",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactfile_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactfile_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="contacts_contactfile_created_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="890e8f46a5ad4f9528dd35ecf033ffad7fc11ad7",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1b190",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="9be496e4c3ad4fb8880ee6e3bfa98ab8f165ed16",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e0aae",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), old_values."content_type", old_values."created_at", old_values."created_by_id", old_values."file", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."size", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="81804718c579c2270ee2bee674f5eec3e6e5da9e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_16671",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactfile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactfileversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactfile_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactfileversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_contactfile_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="contactfileversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactfileversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactphone",
                    index=models.Index(fields=["workspace", "number"], name="contact_phone_number"),
                ),
                migrations.AddIndex(
                    model_name="contactphone",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_c_de7a_contact_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactphone",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "contact_id"], name="contact_phone_primary", where="is_primary"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactphone",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactphone_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactphone",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactphone_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactphone",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="contact", name="contacts_contactphone_contact_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactphone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactphoneversion" ("change_set_id", "contact_id", "id", "is_primary", "kind", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."kind", new_values."number", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="2f24ee43a8a2032610dba8de54066707c4231bc9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6c368",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactphone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactphone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactphoneversion" ("change_set_id", "contact_id", "id", "is_primary", "kind", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."kind", new_values."number", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="7d7cf4fdcc8af3b6bc4c843524f2e6473dbcefdc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fb7d2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactphone",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactphone",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactphoneversion" ("change_set_id", "contact_id", "id", "is_primary", "kind", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."contact_id", old_values."id", old_values."is_primary", old_values."kind", old_values."number", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="1510ad0b8336d7cfe8948a8668368c0143550ba5",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_00976",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactphone",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactphoneversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactphone_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactphoneversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_contactphone_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="contactphoneversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactphoneversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactpulse",
                    index=models.Index(fields=["workspace", "last_activity_at", "record"], name="contactpulse_last"),
                ),
                migrations.AddIndex(
                    model_name="contactpulse",
                    index=models.Index(fields=["workspace", "next_activity_at", "record"], name="contactpulse_next"),
                ),
                migrations.AddConstraint(
                    model_name="contactpulse",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactpulse_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpulse",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactpulse_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactpulse",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactpulse_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactpulse",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "record"), name="contacts_contactpulse_record_id_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contacttag",
                    index=models.Index(fields=["workspace", "tag"], name="contacts_contacttag_tag_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contacttag",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "tag"),
                        name="contacttag_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contacttag",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contacttag_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contacttag",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contacttag_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contacttag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contacttag_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contacttag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="tag", name="contacts_contacttag_tag_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contacttag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contacttagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="86cea186df6c055a060bf21d96c77d122735f5ce",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b7e4d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contacttag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contacttag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contacttagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="b42d1529210fe8cdff67578f7ba67b2f1389341b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c036f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contacttag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contacttag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contacttagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."tag_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="0a3fd6a39f383c8d928cd0e5de5c7551e9d4fae1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_260db",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contacttag",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_name", "id"],
                        name="contact_sort_name",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "created_at", "id"],
                        name="contact_created_at",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_email", "id"],
                        name="contact_sort_email",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_job_title", "id"],
                        name="contact_sort_job_title",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(fields=["workspace", "owner", "sort_name", "id"], name="contact_owner"),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "external_id"],
                        name="contact_external_id",
                        where="external_id <> '' AND deleted_at IS NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contact_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contact_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="owner", name="contacts_contact_owner_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="source", name="contacts_contact_source_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="contacts_contact_created_by_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deleted_by", name="contacts_contact_deleted_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."birthday" IS DISTINCT FROM (NEW."birthday") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."linkedin" IS DISTINCT FROM (NEW."linkedin") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."title_prefix" IS DISTINCT FROM (NEW."title_prefix") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="e6920fedba4f7c3447d6d48397cc1b6ec0888034",
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
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "id", "job_title", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "title_prefix", "workspace_id") SELECT new_values."birthday", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."id", new_values."job_title", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."source_id", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="601dc4903874194a8013129c37467d306a2b6e3e",
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
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "id", "job_title", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "title_prefix", "workspace_id") SELECT new_values."birthday", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."id", new_values."job_title", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."source_id", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."birthday" IS DISTINCT FROM (new_values."birthday") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."job_title" IS DISTINCT FROM (new_values."job_title") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."linkedin" IS DISTINCT FROM (new_values."linkedin") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."title_prefix" IS DISTINCT FROM (new_values."title_prefix") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="9ffbe4135a3ea48e5529ece268eea0f3af12369c",
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
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "id", "job_title", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "title_prefix", "workspace_id") SELECT old_values."birthday", records_change_set(), old_values."created_at", old_values."created_by_id", old_values."deleted_at", old_values."deleted_by_id", old_values."email", old_values."external_id", old_values."first_name", old_values."id", old_values."job_title", old_values."last_name", old_values."linkedin", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."source_id", old_values."title_prefix", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="96a9ba74522da12b5f5f22f5c1aca4a7de0095e0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2e36",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contacttagversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contacttag_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contacttagversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_contacttag_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="contacttagversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contacttagversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contact_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_contact_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="contactversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="positionversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_position_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="positionversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_position_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="positionversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_positionversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="role",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "name"),
                        name="contacts_role_name",
                        violation_error_message="A role of this name exists.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="role",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_role_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="role",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_role_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_roleversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="abb2258652ec12860588b6b3cbfa05aeabff447a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c5dec",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_role",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_roleversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="f3ead289570cc2385ac2fa047d813e15183e57b3",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33c90",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_role",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_roleversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="102bbc89e8aa5d809be02dff1cf1a29aae6c7249",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1d854",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_role",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="positionroleversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_positionrole_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="positionroleversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_positionrole_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="positionroleversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_positionroleversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="positionrole",
                    index=models.Index(fields=["workspace", "role"], name="contacts_posi_9bb4_role_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="positionrole",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "position", "role"),
                        name="contacts_positionrole_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="positionrole",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_positionrole_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="positionrole",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_positionrole_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="positionrole",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="position", name="contacts_positionrole_position_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="positionrole",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="role", name="contacts_positionrole_role_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="positionrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionroleversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_id", "role_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."position_id", new_values."role_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="695935738d957088544c67b15ba1a2ff94ee1a12",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_980d3",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_positionrole",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="positionrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionroleversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_id", "role_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."position_id", new_values."role_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="eb8494d756a6cf94291b94e3c497db9a21bf1175",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b1ae7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_positionrole",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="positionrole",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionroleversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_id", "role_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."position_id", old_values."role_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="c93522cc670b36a37fca65feac79d60d09b5b6f3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4a71e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_positionrole",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="position",
                    index=models.Index(fields=["workspace", "organization"], name="conta_3491_organization_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "contact", "organization"),
                        name="contacts_position_once",
                        violation_error_message="This person has a position there already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "organization_id"],
                        name="contacts_position_primary",
                        where="is_primary",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_position_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_position_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="contact", name="contacts_position_contact_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="position",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="organization", name="contacts_position_organization_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionversion" ("change_set_id", "contact_id", "id", "is_primary", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."job_title", new_values."organization_id", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="73fbf9707fe02282f091ff0e5fffe85fc7bce2cc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_51c5a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionversion" ("change_set_id", "contact_id", "id", "is_primary", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."job_title", new_values."organization_id", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="8010449c455c2a65f9e564162a208cdee295189e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2096b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionversion" ("change_set_id", "contact_id", "id", "is_primary", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."contact_id", old_values."id", old_values."is_primary", old_values."job_title", old_values."organization_id", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="9b7c12db0e8c0317c8feb342cfa99ba5caf5db11",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1b8de",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_position",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="roleversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_role_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="roleversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="contacts_role_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="roleversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_roleversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ],
        ),
    ]
