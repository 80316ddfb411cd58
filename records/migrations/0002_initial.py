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
        ("records", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="changeset",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="changeset",
                    name="undoes",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="undone_by",
                        to="records.changeset",
                    ),
                ),
                migrations.AddField(
                    model_name="changeset",
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
                    model_name="event",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="event",
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
                    model_name="source",
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
                    model_name="sourceversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="records.source",
                    ),
                ),
                migrations.AddField(
                    model_name="sourceversion",
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
                    model_name="tag",
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
                    model_name="tagversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="records.tag",
                    ),
                ),
                migrations.AddField(
                    model_name="tagversion",
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
                    model_name="changeset",
                    index=models.Index(fields=["workspace", "-id"], name="records_changeset_recent"),
                ),
                migrations.AddIndex(
                    model_name="changeset",
                    index=models.Index(fields=["workspace", "member"], name="records_cha_2e1d_member_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="changeset",
                    index=models.Index(fields=["workspace", "undoes"], name="records_cha_2e1d_undoes_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="changeset",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE (label)",
                        name="records_changeset_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="changeset",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_changeset_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="changeset",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="records_changeset_member_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="changeset",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="undoes", name="records_changeset_undoes_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["workspace", "change_set_id"], name="records_event_change_set"),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["workspace", "member"], name="records_event_member_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_event_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_event_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="records_event_member_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "name"),
                        name="records_source_name",
                        violation_error_message="A source of this name exists.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_source_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="source",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_source_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_sourceversion" ("change_set_id", "direction", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."direction", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="b76a7974abb33c64d58417fa24a541a470720129",
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
                            func='EXECUTE $statement$INSERT INTO "records_sourceversion" ("change_set_id", "direction", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."direction", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="e979731f30f953f368fef9cf88d1a5242d36bb03",
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
                            func='EXECUTE $statement$INSERT INTO "records_sourceversion" ("change_set_id", "direction", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."direction", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="7a25226eb00acbc3624bf423c4514398a1bf39f8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_32624",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_source",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="sourceversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_source_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="sourceversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="records_source_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="sourceversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_sourceversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tag",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "lower(name)"],
                        name="records_tag_name",
                        violation_error_message="A tag of this name exists.",
                        where="name <> ''",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tag",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_tag_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tag",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_tag_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_tagversion" ("change_set_id", "hue", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."hue", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="624da602bc4fff4fe0043bdc20c051f0e8025d80",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4a920",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_tagversion" ("change_set_id", "hue", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."hue", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="0a9f0fd29965341791f3ecc52f501043421fec3f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c583",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_tagversion" ("change_set_id", "hue", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."hue", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="fb4eca5a4ffde1211b2a3a70a95c7fbcbb0766f1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_098ed",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_tag",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="tagversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_tag_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="tagversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="records_tag_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="tagversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_tagversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ],
        ),
    ]
