import core.tenancy
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0152_groups"),
        ("records", "0156_custom_fields"),
        ("workspaces", "0156_custom_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("slot", models.BigIntegerField(default=0)),
                ("text", models.TextField(blank=True, default="")),
                (
                    "sort",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Left(
                                django.db.models.functions.comparison.NullIf(models.F("text"), models.Value("")),
                                200,
                            ),
                            function="records_sort_key",
                        ),
                        null=True,
                        output_field=models.TextField(db_collation="C", null=True),
                    ),
                ),
                ("number", models.BigIntegerField(null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("day", models.DateField(null=True)),
                ("linked", models.BigIntegerField(null=True)),
                (
                    "choice",
                    workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="%(class)s_set",
                        to="records.customchoice",
                    ),
                ),
                (
                    "field",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="%(class)s_set",
                        to="records.customfield",
                    ),
                ),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "record",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="custom_values",
                        to="organizations.organization",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        default=core.tenancy.current_workspace_id,
                        editable=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationValueVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("slot", models.BigIntegerField(default=0)),
                ("text", models.TextField(blank=True, default="")),
                ("number", models.BigIntegerField(null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("day", models.DateField(null=True)),
                ("linked", models.BigIntegerField(null=True)),
                (
                    "choice",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.customchoice",
                    ),
                ),
                (
                    "field",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.customfield",
                    ),
                ),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationvalue",
                    ),
                ),
                (
                    "record",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
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
            ],
            options={
                "abstract": False,
            },
        ),
        workspaces.operations.Together(
            operations=[
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(
                        condition=models.Q(("sort__isnull", False)),
                        fields=["workspace", "field", "sort", "record"],
                        name="organizationvalue_sort",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(
                        condition=models.Q(("number__isnull", False)),
                        fields=["workspace", "field", "number", "record"],
                        name="organizationvalue_number",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(
                        condition=models.Q(("day__isnull", False)),
                        fields=["workspace", "field", "day", "record"],
                        name="organizationvalue_day",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(
                        condition=models.Q(("choice__isnull", False)),
                        fields=["workspace", "field", "choice", "record"],
                        name="organizationvalue_choice",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(
                        condition=models.Q(("member__isnull", False)),
                        fields=["workspace", "field", "member", "record"],
                        name="organizationvalue_member",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(
                        condition=models.Q(("linked__isnull", False)),
                        fields=["workspace", "field", "linked", "record"],
                        name="organizationvalue_linked",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(fields=["workspace", "field"], name="organization_b32d_field_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(fields=["workspace", "choice"], name="organizatio_b32d_choice_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="organizationvalue",
                    index=models.Index(fields=["workspace", "member"], name="organizatio_b32d_member_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "field", "slot"),
                        name="organizationvalue_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationvalue_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationvalue_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationvalue_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="field", name="organizations_organizationvalue_field_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="choice", name="organizations_organizationvalue_choice_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="organizations_organizationvalue_member_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationvalueversion" ("change_set_id", "choice_id", "currency", "day", "field_id", "id", "linked", "member_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "slot", "text", "workspace_id") SELECT records_change_set(), new_values."choice_id", new_values."currency", new_values."day", new_values."field_id", new_values."id", new_values."linked", new_values."member_id", new_values."number", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."slot", new_values."text", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="60ebc675bd2f8e28c705acd6f730bddf78bd36bc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_647bd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationvalueversion" ("change_set_id", "choice_id", "currency", "day", "field_id", "id", "linked", "member_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "slot", "text", "workspace_id") SELECT records_change_set(), new_values."choice_id", new_values."currency", new_values."day", new_values."field_id", new_values."id", new_values."linked", new_values."member_id", new_values."number", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."slot", new_values."text", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."choice_id" IS DISTINCT FROM (new_values."choice_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."day" IS DISTINCT FROM (new_values."day") OR old_values."field_id" IS DISTINCT FROM (new_values."field_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."linked" IS DISTINCT FROM (new_values."linked") OR old_values."member_id" IS DISTINCT FROM (new_values."member_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."slot" IS DISTINCT FROM (new_values."slot") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="3453d6e9a9ecfe50c9a31a0000983bfc545555c4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d2bb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationvalueversion" ("change_set_id", "choice_id", "currency", "day", "field_id", "id", "linked", "member_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "slot", "text", "workspace_id") SELECT records_change_set(), old_values."choice_id", old_values."currency", old_values."day", old_values."field_id", old_values."id", old_values."linked", old_values."member_id", old_values."number", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."slot", old_values."text", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="d9ccbb21721e286627bed94fb94b3de864dda235",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e15a9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalueversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_b32d_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalueversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_b32d_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationvalueversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_b32d_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="organizationvalueversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationvalueversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
