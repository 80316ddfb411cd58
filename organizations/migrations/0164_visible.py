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
        ("organizations", "0158_content"),
        ("records", "0140_merged_index"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationViewer",
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
            name="OrganizationViewerVersion",
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
                    name="is_private",
                    field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="private"),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="is_private",
                    field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name="private"),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("is_private", True)), fields=["workspace", "owner"], name="org_private"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."employees" IS DISTINCT FROM (NEW."employees") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_private" IS DISTINCT FROM (NEW."is_private") OR OLD."location" IS DISTINCT FROM (NEW."location") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."tax_id" IS DISTINCT FROM (NEW."tax_id") OR OLD."website" IS DISTINCT FROM (NEW."website") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id") OR OLD."year_established" IS DISTINCT FROM (NEW."year_established"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="54afe3eea0e3bcd7e17c0b53f401c1130fb07719",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "is_private", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."is_private", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."revenue", new_values."sector", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="31917adf5aca6a80bffb54dd5626aff9d81925ba",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "is_private", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."is_private", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."revenue", new_values."sector", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_private" IS DISTINCT FROM (new_values."is_private") OR old_values."location" IS DISTINCT FROM (new_values."location") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."revenue" IS DISTINCT FROM (new_values."revenue") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."tax_id" IS DISTINCT FROM (new_values."tax_id") OR old_values."website" IS DISTINCT FROM (new_values."website") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id") OR old_values."year_established" IS DISTINCT FROM (new_values."year_established"))) AS new_values$statement$; RETURN NULL;',
                            hash="486a99ecda45fd2a9a9fd72654feb8b9ac7d7c48",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "is_private", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "revenue", "sector", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), old_values."created_at", old_values."created_by_id", old_values."currency", old_values."deleted_at", old_values."deleted_by_id", old_values."employees", old_values."external_id", old_values."id", old_values."is_private", old_values."location", old_values."name", old_values."owner_id", old_values."parent_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."revenue", old_values."sector", old_values."source_id", old_values."tax_id", old_values."website", old_values."workspace_id", old_values."year_established" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="7284a67487010581ce3855330becdff42af4dcd4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84ac6",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organization",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="organizationviewer",
                    name="member",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationviewer",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="viewers",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationviewer",
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
                    model_name="organizationviewerversion",
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
                    model_name="organizationviewerversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationviewer",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationviewerversion",
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
                    model_name="organizationviewerversion",
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
                    model_name="organizationviewer",
                    index=models.Index(fields=["workspace", "member", "record"], name="organizationviewer_mine"),
                ),
                migrations.AddConstraint(
                    model_name="organizationviewer",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "member"),
                        name="organizationviewer_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationviewer",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationviewer_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationviewer",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationviewer_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationviewer",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationviewer_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationviewer",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="organizations_organizationviewer_member_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."member_id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="882e8212a7b2d50512710569beb55cadb722f7cc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2e8e4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."member_id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="1b494303bf7b515d38d7bc77caae264a16998808",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_55636",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationviewer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationviewerversion" ("change_set_id", "id", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "workspace_id") SELECT records_change_set(), old_values."id", old_values."member_id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="68de31886c3099608d2976c3c352e906290e10d7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4f9fa",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationviewer",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationviewerversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_3992_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationviewerversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_3992_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationviewerversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_3992_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="organizationviewerversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationviewerversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
