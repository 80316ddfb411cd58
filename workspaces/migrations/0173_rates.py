import workspaces.operations
import core.tenancy
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
from decimal import Decimal
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0164_visible"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("base", models.CharField(editable=False, max_length=3, verbose_name="currency of the workspace")),
                ("day", models.DateField(verbose_name="counts from")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=10,
                        max_digits=20,
                        validators=[django.core.validators.MinValueValidator(Decimal("1E-10"))],
                        verbose_name="rate",
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
                "verbose_name": "exchange rate",
                "verbose_name_plural": "exchange rates",
                "ordering": ("currency", "-day"),
            },
        ),
        migrations.CreateModel(
            name="RateVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("base", models.CharField(editable=False, max_length=3, verbose_name="currency of the workspace")),
                ("day", models.DateField(verbose_name="counts from")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=10,
                        max_digits=20,
                        validators=[django.core.validators.MinValueValidator(Decimal("1E-10"))],
                        verbose_name="rate",
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
                        to="workspaces.rate",
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
                migrations.AddConstraint(
                    model_name="rate",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "base", "currency", "day"),
                        name="workspaces_rate_once",
                        violation_error_message="This currency has a rate of this day already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)), name="workspaces_rate_value"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rate",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="workspaces_rate_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rate",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_rate_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_rateversion" ("base", "change_set_id", "currency", "day", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "workspace_id") SELECT new_values."base", records_change_set(), new_values."currency", new_values."day", new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="b9a792ca74860c0098da4bcbb0dfb33aa1c4f541",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f5c4",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="workspaces_rate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_rateversion" ("base", "change_set_id", "currency", "day", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "workspace_id") SELECT new_values."base", records_change_set(), new_values."currency", new_values."day", new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="57603687b12d80b9c1c8010b6e9886a3e3db2743",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4dbcd",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="workspaces_rate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_rateversion" ("base", "change_set_id", "currency", "day", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "workspace_id") SELECT old_values."base", records_change_set(), old_values."currency", old_values."day", old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."value", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="aaea491b9a9ac3373934b3d3c93b3a466976aad7",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_29e13",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="workspaces_rate",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="rateversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="workspaces_rate_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="rateversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="workspaces_rate_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="rateversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="workspaces_rateversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
