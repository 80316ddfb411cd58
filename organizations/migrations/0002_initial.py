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
        ("organizations", "0001_initial"),
        ("records", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="organization",
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
                    model_name="organization",
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
                    model_name="organization",
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
                    model_name="organization",
                    name="parent",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="children",
                        to="organizations.organization",
                        verbose_name="parent organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organization",
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
                    model_name="organization",
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
                    model_name="organizationevent",
                    name="event",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.event"
                    ),
                ),
                migrations.AddField(
                    model_name="organizationevent",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="event_links",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationevent",
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
                    model_name="organizationfile",
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
                    model_name="organizationfile",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="files",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationfile",
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
                    model_name="organizationfileversion",
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
                    model_name="organizationfileversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationfile",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationfileversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationfileversion",
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
                    model_name="organizationpulse",
                    name="record",
                    field=workspaces.tenancy.WorkspaceOneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="pulse",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationpulse",
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
                    model_name="organizationtag",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="tag_links",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationtag",
                    name="tag",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.tag"
                    ),
                ),
                migrations.AddField(
                    model_name="organizationtag",
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
                    model_name="organization",
                    name="tags",
                    field=models.ManyToManyField(
                        related_name="+", through="organizations.OrganizationTag", to="records.tag"
                    ),
                ),
                migrations.AddField(
                    model_name="organizationtagversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationtag",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationtagversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationtagversion",
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
                    model_name="organizationtagversion",
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
                    model_name="organizationversion",
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
                    model_name="organizationversion",
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
                    model_name="organizationversion",
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
                    model_name="organizationversion",
                    name="parent",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                        verbose_name="parent organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationversion",
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
                    model_name="organizationversion",
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
                    model_name="organizationevent",
                    index=models.Index(
                        models.F("workspace"),
                        models.F("record"),
                        models.OrderBy(models.F("occurred_at"), descending=True),
                        models.OrderBy(models.F("event"), descending=True),
                        name="organizationevent_timeline",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationevent",
                    index=models.Index(fields=["workspace", "event"], name="organization_e989_event_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationevent",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationevent_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationevent",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationevent_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationevent_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="event", name="organizations_organizationevent_event_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationfile",
                    index=models.Index(fields=["workspace", "record"], name="organizatio_383b_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationfile",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationfile_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationfile",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationfile_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationfile_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="organizations_organizationfile_created_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="ac2823fee846432a9780ef617203e8c767513ef6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2d92d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="dfe8634d25cd08fadd72f36ff05f6d238a977b71",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ebf52",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), old_values."content_type", old_values."created_at", old_values."created_by_id", old_values."file", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."size", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="a75d9e3127fc303fb0ea07d3eedc4f6215add9ab",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3fc1f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationfile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationfileversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_383b_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationfileversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="organizations_organ_383b_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="organizationfileversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationfileversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationpulse",
                    index=models.Index(
                        fields=["workspace", "last_activity_at", "record"], name="organizationpulse_last"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationpulse",
                    index=models.Index(
                        fields=["workspace", "next_activity_at", "record"], name="organizationpulse_next"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationpulse",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationpulse_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationpulse",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationpulse_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationpulse",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationpulse_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationpulse",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "record"), name="organizations_organizationpulse_record_id_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationtag",
                    index=models.Index(fields=["workspace", "tag"], name="organizations__3f6b_tag_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationtag",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "tag"),
                        name="organizationtag_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationtag",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationtag_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationtag",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationtag_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationtag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationtag_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationtag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="tag", name="organizations_organizationtag_tag_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationtagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="55e44a5a281d8d39e60c5025971d23a1c8693aef",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62169",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationtag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationtagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="a329683488df25347dd6eb013cac1a9444f8f788",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_602bb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationtag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationtagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."tag_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="a6f2abd588919eefcd8002cb058ccfebe92776b0",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1e811",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationtag",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_name", "id"],
                        name="org_sort_name",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "created_at", "id"],
                        name="org_created_at",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_sector", "id"],
                        name="org_sort_sector",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_location", "id"],
                        name="org_sort_location",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "employees", "id"],
                        name="org_employees",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "revenue", "id"],
                        name="org_revenue",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(fields=["workspace", "owner", "sort_name", "id"], name="org_owner"),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(fields=["workspace", "parent"], name="organizatio_36c1_parent_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "external_id"],
                        name="organization_external_id",
                        where="external_id <> '' AND deleted_at IS NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organization_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organization_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="parent", name="organizations_organization_parent_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="owner", name="organizations_organization_owner_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="source", name="organizations_organization_source_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="organizations_organization_created_by_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organization",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deleted_by", name="organizations_organization_deleted_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."employees" IS DISTINCT FROM (NEW."employees") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."location" IS DISTINCT FROM (NEW."location") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."website" IS DISTINCT FROM (NEW."website") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id") OR OLD."year_established" IS DISTINCT FROM (NEW."year_established"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="431d0230161667d5097d970d7689a78ae19dcd36",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."revenue", new_values."sector", new_values."source_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="775e7b462a849ea0fa45cf5147ee05cfc70eb908",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."revenue", new_values."sector", new_values."source_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."location" IS DISTINCT FROM (new_values."location") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."revenue" IS DISTINCT FROM (new_values."revenue") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."website" IS DISTINCT FROM (new_values."website") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id") OR old_values."year_established" IS DISTINCT FROM (new_values."year_established"))) AS new_values$statement$; RETURN NULL;',
                            hash="c739327820b09db086be568d57e5fea8d0fa8a5c",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "website", "workspace_id", "year_established") SELECT records_change_set(), old_values."created_at", old_values."created_by_id", old_values."currency", old_values."deleted_at", old_values."deleted_by_id", old_values."employees", old_values."external_id", old_values."id", old_values."location", old_values."name", old_values."owner_id", old_values."parent_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."revenue", old_values."sector", old_values."source_id", old_values."website", old_values."workspace_id", old_values."year_established" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="d01a5c71a39a92bc3665abdcba72e900e134db5e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84ac6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organization",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationtagversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_3f6b_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationtagversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="organizations_organ_3f6b_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="organizationtagversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationtagversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_36c1_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="organizations_organ_36c1_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="organizationversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ],
        ),
    ]
