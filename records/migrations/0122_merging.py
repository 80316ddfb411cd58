import workspaces.operations
import core.tenancy
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0121_erasure"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Distinct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(db_column="record_table", max_length=63)),
                ("one", models.BigIntegerField(db_column="one_id")),
                ("other", models.BigIntegerField(db_column="other_id")),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "said_by",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
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
                "verbose_name": "distinct pair",
                "verbose_name_plural": "distinct pairs",
            },
        ),
        migrations.CreateModel(
            name="DistinctVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("table", models.CharField(db_column="record_table", max_length=63)),
                ("one", models.BigIntegerField(db_column="one_id")),
                ("other", models.BigIntegerField(db_column="other_id")),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="records.distinct",
                    ),
                ),
                (
                    "said_by",
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
        migrations.CreateModel(
            name="Merged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(db_column="record_table", max_length=63)),
                ("record", models.BigIntegerField(db_column="record_id")),
                ("master", models.BigIntegerField(db_column="master_id")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                (
                    "followers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "merged_by",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
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
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
            },
        ),
        migrations.CreateModel(
            name="MergedVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("table", models.CharField(db_column="record_table", max_length=63)),
                ("record", models.BigIntegerField(db_column="record_id")),
                ("master", models.BigIntegerField(db_column="master_id")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                (
                    "followers",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list),
                ),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "merged_by",
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
                        to="records.merged",
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
                    model_name="distinct",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "table", "one", "other"),
                        name="records_distinct_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinct",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="records_distinct_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinct",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_distinct_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="distinct",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_distinct_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="distinct",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="said_by", name="records_distinct_said_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_distinctversion" ("change_set_id", "id", "one_id", "other_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_table", "said_at", "said_by_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."one_id", new_values."other_id", clock_timestamp(), \'insert\', new_values."id", new_values."record_table", new_values."said_at", new_values."said_by_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="816d40cbb4d0f3fa6ab00ad664f7592ca1a0ef86",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_62ef0",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_distinct",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_distinctversion" ("change_set_id", "id", "one_id", "other_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_table", "said_at", "said_by_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."one_id", new_values."other_id", clock_timestamp(), \'update\', new_values."id", new_values."record_table", new_values."said_at", new_values."said_by_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="9004723d5658ca71496f29836bd92809da68f1be",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_618ec",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_distinct",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="distinct",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_distinctversion" ("change_set_id", "id", "one_id", "other_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_table", "said_at", "said_by_id", "workspace_id") SELECT records_change_set(), old_values."id", old_values."one_id", old_values."other_id", clock_timestamp(), \'delete\', old_values."id", old_values."record_table", old_values."said_at", old_values."said_by_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="2e96ee3f183c680ccd93eeff5b68387118b7d168",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b1f3c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_distinct",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="distinctversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_distinct_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="distinctversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="records_distinct_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="distinctversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_distinctversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merged",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "table", "record"),
                        name="records_merged_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merged",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_merged_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="merged",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_merged_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="merged",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="merged_by", name="records_merged_merged_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="merged",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_mergedversion" ("change_set_id", "events", "followers", "id", "master_id", "merged_at", "merged_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "record_table", "workspace_id") SELECT records_change_set(), new_values."events", new_values."followers", new_values."id", new_values."master_id", new_values."merged_at", new_values."merged_by_id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."record_table", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="8420c34052b066780f6b372f5abae3bae579ad7e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9703",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_merged",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="merged",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_mergedversion" ("change_set_id", "events", "followers", "id", "master_id", "merged_at", "merged_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "record_table", "workspace_id") SELECT records_change_set(), new_values."events", new_values."followers", new_values."id", new_values."master_id", new_values."merged_at", new_values."merged_by_id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."record_table", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="f3bf1c4800f78294a30707d95501307123879966",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_12ca6",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_merged",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="merged",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_mergedversion" ("change_set_id", "events", "followers", "id", "master_id", "merged_at", "merged_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "record_table", "workspace_id") SELECT records_change_set(), old_values."events", old_values."followers", old_values."id", old_values."master_id", old_values."merged_at", old_values."merged_by_id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."record_table", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="b3c5e578dea02c5e6ea9c990a1666ea42ac88d5b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_125e3",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_merged",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="mergedversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_merged_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="mergedversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="records_merged_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="mergedversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_mergedversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
