import workspaces.operations
import core.tenancy
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("workspaces", "0164_visible"),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="month")),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="goals",
                        to="workspaces.membership",
                        verbose_name="member",
                    ),
                ),
                (
                    "team",
                    workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="goals",
                        to="workspaces.team",
                        verbose_name="team",
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
                "verbose_name": "goal",
                "verbose_name_plural": "goals",
                "ordering": ("month", "id"),
            },
        ),
        migrations.CreateModel(
            name="GoalVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("month", models.DateField(verbose_name="month")),
                ("amount", models.BigIntegerField(verbose_name="amount")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                        verbose_name="member",
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
                        to="reports.goal",
                    ),
                ),
                (
                    "team",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.team",
                        verbose_name="team",
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
                    model_name="goal",
                    index=models.Index(fields=["workspace", "month"], name="reports_goal_month"),
                ),
                migrations.AddIndex(
                    model_name="goal",
                    index=models.Index(fields=["workspace", "member"], name="reports_goal_member_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="goal",
                    index=models.Index(fields=["workspace", "team"], name="reports_goal_team_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "month", "coalesce(member_id, 0)", "coalesce(team_id, 0)"],
                        name="reports_goal_once",
                        where="amount >= 0",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="reports_goal_amount"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="reports_goal_first_day"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("member", None), ("team", None), _connector="OR"),
                        name="reports_goal_of_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="reports_goal_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="reports_goal_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="reports_goal_member_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="goal",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="team", name="reports_goal_team_id_wfk"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "reports_goalversion" ("amount", "change_set_id", "currency", "id", "member_id", "month", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "workspace_id") SELECT new_values."amount", records_change_set(), new_values."currency", new_values."id", new_values."member_id", new_values."month", clock_timestamp(), \'insert\', new_values."id", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="b7f1dc243c8ff370bb0d0f4ed60228c20eee1de2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7bc1b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "reports_goalversion" ("amount", "change_set_id", "currency", "id", "member_id", "month", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "workspace_id") SELECT new_values."amount", records_change_set(), new_values."currency", new_values."id", new_values."member_id", new_values."month", clock_timestamp(), \'update\', new_values."id", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="d7763f491cdf27d0d42722d2fd1e92ba70d8edb6",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6e2b5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "reports_goalversion" ("amount", "change_set_id", "currency", "id", "member_id", "month", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "workspace_id") SELECT old_values."amount", records_change_set(), old_values."currency", old_values."id", old_values."member_id", old_values."month", clock_timestamp(), \'delete\', old_values."id", old_values."team_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="40692e4e03f6517533eec9dc847b7f007675e09b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d2ba",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="reports_goal",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="goalversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="reports_goal_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="goalversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="reports_goal_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="goalversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="reports_goalversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
