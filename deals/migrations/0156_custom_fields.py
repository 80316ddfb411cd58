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
        ("deals", "0152_groups"),
        ("records", "0156_custom_fields"),
        ("workspaces", "0156_custom_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealValue",
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
                        to="deals.deal",
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
            name="DealValueVersion",
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
                        to="deals.dealvalue",
                    ),
                ),
                (
                    "record",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
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
                    model_name="dealvalue",
                    index=models.Index(
                        condition=models.Q(("sort__isnull", False)),
                        fields=["workspace", "field", "sort", "record"],
                        name="dealvalue_sort",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(
                        condition=models.Q(("number__isnull", False)),
                        fields=["workspace", "field", "number", "record"],
                        name="dealvalue_number",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(
                        condition=models.Q(("day__isnull", False)),
                        fields=["workspace", "field", "day", "record"],
                        name="dealvalue_day",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(
                        condition=models.Q(("choice__isnull", False)),
                        fields=["workspace", "field", "choice", "record"],
                        name="dealvalue_choice",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(
                        condition=models.Q(("member__isnull", False)),
                        fields=["workspace", "field", "member", "record"],
                        name="dealvalue_member",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(
                        condition=models.Q(("linked__isnull", False)),
                        fields=["workspace", "field", "linked", "record"],
                        name="dealvalue_linked",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(fields=["workspace", "field"], name="deals_dealvalue_field_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(fields=["workspace", "choice"], name="deals_dealvalue_choice_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="dealvalue",
                    index=models.Index(fields=["workspace", "member"], name="deals_dealvalue_member_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "field", "slot"),
                        name="dealvalue_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealvalue_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealvalue_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealvalue_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="field", name="deals_dealvalue_field_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="choice", name="deals_dealvalue_choice_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealvalue",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="deals_dealvalue_member_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealvalueversion" ("change_set_id", "choice_id", "currency", "day", "field_id", "id", "linked", "member_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "slot", "text", "workspace_id") SELECT records_change_set(), new_values."choice_id", new_values."currency", new_values."day", new_values."field_id", new_values."id", new_values."linked", new_values."member_id", new_values."number", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."slot", new_values."text", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="ce128d2e5b05fc1d9a82e84fd33cce2ef8b30c41",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_88a8b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealvalueversion" ("change_set_id", "choice_id", "currency", "day", "field_id", "id", "linked", "member_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "slot", "text", "workspace_id") SELECT records_change_set(), new_values."choice_id", new_values."currency", new_values."day", new_values."field_id", new_values."id", new_values."linked", new_values."member_id", new_values."number", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."slot", new_values."text", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."choice_id" IS DISTINCT FROM (new_values."choice_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."day" IS DISTINCT FROM (new_values."day") OR old_values."field_id" IS DISTINCT FROM (new_values."field_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."linked" IS DISTINCT FROM (new_values."linked") OR old_values."member_id" IS DISTINCT FROM (new_values."member_id") OR old_values."number" IS DISTINCT FROM (new_values."number") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."slot" IS DISTINCT FROM (new_values."slot") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="82ee477dfdfe7f8f144f55c2173a7ad83dfe2712",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b3bfb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealvalue",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealvalueversion" ("change_set_id", "choice_id", "currency", "day", "field_id", "id", "linked", "member_id", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "slot", "text", "workspace_id") SELECT records_change_set(), old_values."choice_id", old_values."currency", old_values."day", old_values."field_id", old_values."id", old_values."linked", old_values."member_id", old_values."number", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."slot", old_values."text", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="3a5dd57384d0c7183acb387dd20ee4a5d63d6d16",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_aa98f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealvalue",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealvalueversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealvalue_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealvalueversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealvalue_v_set"),
                ),
                migrations.AddIndex(
                    model_name="dealvalueversion",
                    index=models.Index(fields=["workspace", "record"], name="deals_dealvalue_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="dealvalueversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealvalueversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
