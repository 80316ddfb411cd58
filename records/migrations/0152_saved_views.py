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
        ("records", "0140_merged_index"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="record type")),
                (
                    "member",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                        verbose_name="member",
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
                "verbose_name": "default view",
                "verbose_name_plural": "default views",
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(editable=False, max_length=40, verbose_name="record type")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "audience",
                    models.CharField(
                        choices=[("private", "Only me"), ("team", "A team"), ("workspace", "Everybody")],
                        default="private",
                        max_length=10,
                        verbose_name="shared with",
                    ),
                ),
                ("place", models.CharField(db_collation="C", editable=False, max_length=40)),
                (
                    "owner",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
                    ),
                ),
                (
                    "team",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
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
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ("kind", "place", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="GroupVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(editable=False, max_length=40, verbose_name="record type")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "audience",
                    models.CharField(
                        choices=[("private", "Only me"), ("team", "A team"), ("workspace", "Everybody")],
                        default="private",
                        max_length=10,
                        verbose_name="shared with",
                    ),
                ),
                ("place", models.CharField(db_collation="C", editable=False, max_length=40)),
                (
                    "owner",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
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
                        to="records.group",
                    ),
                ),
                (
                    "team",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
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
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("kind", models.CharField(editable=False, max_length=40, verbose_name="record type")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "audience",
                    models.CharField(
                        choices=[("private", "Only me"), ("team", "A team"), ("workspace", "Everybody")],
                        default="private",
                        max_length=10,
                        verbose_name="shared with",
                    ),
                ),
                ("place", models.CharField(db_collation="C", editable=False, max_length=40)),
                ("query", models.TextField(blank=True, editable=False, verbose_name="filters")),
                ("is_segment", models.BooleanField(default=False, verbose_name="segment")),
                (
                    "owner",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
                    ),
                ),
                (
                    "team",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
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
                "verbose_name": "view",
                "verbose_name_plural": "views",
                "ordering": ("kind", "place", "pk"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DefaultViewVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=40, verbose_name="record type")),
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
                        to="records.defaultview",
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
                (
                    "view",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.savedview",
                        verbose_name="view",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedViewVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(editable=False, max_length=40, verbose_name="record type")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "audience",
                    models.CharField(
                        choices=[("private", "Only me"), ("team", "A team"), ("workspace", "Everybody")],
                        default="private",
                        max_length=10,
                        verbose_name="shared with",
                    ),
                ),
                ("place", models.CharField(db_collation="C", editable=False, max_length=40)),
                ("query", models.TextField(blank=True, editable=False, verbose_name="filters")),
                ("is_segment", models.BooleanField(default=False, verbose_name="segment")),
                (
                    "owner",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
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
                        to="records.savedview",
                    ),
                ),
                (
                    "team",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
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
            [
                migrations.AddField(
                    model_name="defaultview",
                    name="view",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="defaults",
                        to="records.savedview",
                        verbose_name="view",
                    ),
                ),
                migrations.AddIndex(
                    model_name="group",
                    index=models.Index(fields=["workspace", "kind", "place"], name="records_group_list"),
                ),
                migrations.AddIndex(
                    model_name="group",
                    index=models.Index(fields=["workspace", "team"], name="records_group_team_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="group",
                    index=models.Index(fields=["workspace", "owner"], name="records_group_owner_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="group",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_group_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="group",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_group_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="group",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="team", name="records_group_team_id_wfk"),
                ),
                migrations.AddConstraint(
                    model_name="group",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="owner", name="records_group_owner_id_wfk"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_groupversion" ("audience", "change_set_id", "id", "kind", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id", "workspace_id") SELECT new_values."audience", records_change_set(), new_values."id", new_values."kind", new_values."name", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."place", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="196ccd17185ded3a91ddb7c66b08c6b16eb82240",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2f080",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_group",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_groupversion" ("audience", "change_set_id", "id", "kind", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id", "workspace_id") SELECT new_values."audience", records_change_set(), new_values."id", new_values."kind", new_values."name", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."place", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="c17d057e7d27f9e29595fb96c608657ea82849eb",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2c757",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_group",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="group",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_groupversion" ("audience", "change_set_id", "id", "kind", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "team_id", "workspace_id") SELECT old_values."audience", records_change_set(), old_values."id", old_values."kind", old_values."name", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."place", old_values."team_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="32452381e061fd767643311a99cd7161985796a8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7d9c5",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_group",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="groupversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_group_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="groupversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="records_group_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="groupversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_groupversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="savedview",
                    index=models.Index(fields=["workspace", "kind", "place"], name="records_savedview_list"),
                ),
                migrations.AddIndex(
                    model_name="savedview",
                    index=models.Index(fields=["workspace", "team"], name="records_savedview_team_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="savedview",
                    index=models.Index(fields=["workspace", "owner"], name="records_savedview_owner_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_savedview_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_savedview_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="team", name="records_savedview_team_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedview",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="owner", name="records_savedview_owner_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_savedviewversion" ("audience", "change_set_id", "id", "is_segment", "kind", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "query", "team_id", "workspace_id") SELECT new_values."audience", records_change_set(), new_values."id", new_values."is_segment", new_values."kind", new_values."name", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."place", new_values."query", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="4bcdc7abab9991d0890a185c7d6d4903d13b23df",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fabfa",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_savedviewversion" ("audience", "change_set_id", "id", "is_segment", "kind", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "query", "team_id", "workspace_id") SELECT new_values."audience", records_change_set(), new_values."id", new_values."is_segment", new_values."kind", new_values."name", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."place", new_values."query", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="623400978f0ddc2a93b78672f94018ad45ae3ad9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8467e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="savedview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_savedviewversion" ("audience", "change_set_id", "id", "is_segment", "kind", "name", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "query", "team_id", "workspace_id") SELECT old_values."audience", records_change_set(), old_values."id", old_values."is_segment", old_values."kind", old_values."name", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."place", old_values."query", old_values."team_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="27b7b8656f9021768e296584b6e669a400ba031e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_92849",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_savedview",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="defaultviewversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_defaultview_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="defaultviewversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="records_defaultview_v_set"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="defaultviewversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_defaultviewversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="defaultview",
                    index=models.Index(fields=["workspace", "view"], name="records_defau_91d3_view_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="defaultview",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "member", "kind"),
                        name="records_defaultview_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="defaultview",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "kind"], name="records_defaultview_for_all", where="member_id IS NULL"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="defaultview",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_defaultview_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="defaultview",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_defaultview_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="defaultview",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="member", name="records_defaultview_member_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="defaultview",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="view", name="records_defaultview_view_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="defaultview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_defaultviewversion" ("change_set_id", "id", "kind", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "view_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."kind", new_values."member_id", clock_timestamp(), \'insert\', new_values."id", new_values."view_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="75ffaff4e768f716fb46647040eb0a776f5328c0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3e2f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_defaultview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="defaultview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_defaultviewversion" ("change_set_id", "id", "kind", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "view_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."kind", new_values."member_id", clock_timestamp(), \'update\', new_values."id", new_values."view_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="a0bea3d36f3845a26ebd53212c2935f0ef32deb8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2c768",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_defaultview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="defaultview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_defaultviewversion" ("change_set_id", "id", "kind", "member_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "view_id", "workspace_id") SELECT records_change_set(), old_values."id", old_values."kind", old_values."member_id", clock_timestamp(), \'delete\', old_values."id", old_values."view_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="f56e2c3804da1e2f3be09337aabce5ba397c66b3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4cb9a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_defaultview",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="savedviewversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_savedview_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="savedviewversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="records_savedview_v_set"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="savedviewversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_savedviewversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
