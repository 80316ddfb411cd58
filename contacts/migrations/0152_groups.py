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
        ("contacts", "0131_versions_without_end"),
        ("records", "0152_saved_views"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactInGroup",
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
            name="ContactInGroupVersion",
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
            [
                migrations.AddField(
                    model_name="contactingroup",
                    name="group",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.group"
                    ),
                ),
                migrations.AddField(
                    model_name="contactingroup",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="group_links",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactingroup",
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
                    model_name="contactingroupversion",
                    name="group",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.group",
                    ),
                ),
                migrations.AddField(
                    model_name="contactingroupversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactingroup",
                    ),
                ),
                migrations.AddField(
                    model_name="contactingroupversion",
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
                    model_name="contactingroupversion",
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
                    model_name="contactingroup",
                    index=models.Index(fields=["workspace", "group"], name="contacts_con_2d7e_group_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactingroup",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "group"),
                        name="contactingroup_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactingroup",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactingroup_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactingroup",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="contacts_contactingroup_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactingroup_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactingroup",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="group", name="contacts_contactingroup_group_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="6ccb9e572653cb831ab9dfbdd5d077c990b45ada",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_45a18",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."group_id", new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="ca7a4825ef0ee6363f70eff12f7d1aa4841649af",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2fc20",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactingroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactingroupversion" ("change_set_id", "group_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."group_id", old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="99cde08e9e1ce17dd4fb1ee0eff04e6a35e3da9f",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d6eda",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactingroup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactingroupversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactingroup_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactingroupversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactingroup_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactingroupversion",
                    index=models.Index(fields=["workspace", "record"], name="contacts_contacti_2d7e_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="contactingroupversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactingroupversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
