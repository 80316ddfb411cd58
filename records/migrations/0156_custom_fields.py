import core.tenancy
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0154_bulk_runs"),
        ("workspaces", "0156_custom_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomField",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("record", models.CharField(editable=False, max_length=20)),
                ("position", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("long_text", "Long text"),
                            ("number", "Number"),
                            ("money", "Amount of money"),
                            ("date", "Date"),
                            ("yes_no", "Yes or no"),
                            ("choice", "Choice"),
                            ("choices", "Several choices"),
                            ("link", "Link"),
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("member", "Member"),
                            ("record", "Record"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "help_text",
                    models.CharField(
                        blank=True,
                        help_text="Stands below the field where it is filled in.",
                        max_length=200,
                        verbose_name="help",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "default",
                    models.CharField(
                        blank=True,
                        help_text="What a new record begins with, as one would type it.",
                        max_length=255,
                        verbose_name="default",
                    ),
                ),
                ("in_list", models.BooleanField(default=False, verbose_name="shown in the list")),
                ("in_form", models.BooleanField(default=True, verbose_name="shown in the form")),
                ("on_card", models.BooleanField(default=False, verbose_name="shown on the cards of the board")),
                ("target", models.CharField(blank=True, max_length=20, verbose_name="leads to")),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retired"),
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
                "verbose_name": "custom field",
                "verbose_name_plural": "custom fields",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CustomChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired")),
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
                (
                    "field",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="choices",
                        to="records.customfield",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice",
                "verbose_name_plural": "choices",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CustomGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("record", models.CharField(editable=False, max_length=20)),
                ("position", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
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
                "verbose_name": "group of fields",
                "verbose_name_plural": "groups of fields",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="CustomFieldVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("record", models.CharField(editable=False, max_length=20)),
                ("position", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("long_text", "Long text"),
                            ("number", "Number"),
                            ("money", "Amount of money"),
                            ("date", "Date"),
                            ("yes_no", "Yes or no"),
                            ("choice", "Choice"),
                            ("choices", "Several choices"),
                            ("link", "Link"),
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("member", "Member"),
                            ("record", "Record"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "help_text",
                    models.CharField(
                        blank=True,
                        help_text="Stands below the field where it is filled in.",
                        max_length=200,
                        verbose_name="help",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "default",
                    models.CharField(
                        blank=True,
                        help_text="What a new record begins with, as one would type it.",
                        max_length=255,
                        verbose_name="default",
                    ),
                ),
                ("in_list", models.BooleanField(default=False, verbose_name="shown in the list")),
                ("in_form", models.BooleanField(default=True, verbose_name="shown in the form")),
                ("on_card", models.BooleanField(default=False, verbose_name="shown on the cards of the board")),
                ("target", models.CharField(blank=True, max_length=20, verbose_name="leads to")),
                (
                    "retired_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retired"),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="records.customfield",
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
                    "group",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.customgroup",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CustomGroupVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("record", models.CharField(editable=False, max_length=20)),
                ("position", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="records.customgroup",
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
            name="CustomChoiceVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("position", models.PositiveIntegerField(default=0)),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="retired")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="records.customchoice",
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
                    "field",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.customfield",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_customchoice_v_obj"),
                    models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="records_customchoice_v_set"),
                    models.Index(fields=["workspace", "field"], name="records_customchoice_v_whole"),
                ],
                "constraints": [
                    workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_customchoiceversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    )
                ],
            },
        ),
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="customfield",
                    name="group",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="fields",
                        to="records.customgroup",
                        verbose_name="group",
                    ),
                ),
                migrations.AddIndex(
                    model_name="customchoice",
                    index=models.Index(fields=["workspace", "field"], name="records_cust_44a4_field_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="customchoice",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "field_id", "lower(name)"],
                        name="records_customchoice_name",
                        violation_error_message="A choice of this name exists.",
                        where="name <> ''",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customchoice",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_customchoice_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customchoice",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_customchoice_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="customchoice",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="field", name="records_customchoice_field_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customchoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customchoiceversion" ("change_set_id", "field_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_at", "workspace_id") SELECT records_change_set(), new_values."field_id", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."retired_at", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="f732c6e530b4cbed4411c1f323a89f85569aeec6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_01281",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_customchoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customchoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customchoiceversion" ("change_set_id", "field_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_at", "workspace_id") SELECT records_change_set(), new_values."field_id", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."retired_at", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="74a7002422d5fa6a406f9fd13eb1076e7c72232f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6c8be",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_customchoice",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customchoice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customchoiceversion" ("change_set_id", "field_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_at", "workspace_id") SELECT records_change_set(), old_values."field_id", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."retired_at", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="deb58b5f53030da027458aa2b73c7f500e696b1a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_15967",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_customchoice",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customgroup",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "record", "lower(name)"],
                        name="records_customgroup_name",
                        violation_error_message="A group of this name exists.",
                        where="name <> ''",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customgroup",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_customgroup_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customgroup",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_customgroup_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customgroupversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."record", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="bf2d5429dbfe89771d652cdb19db7e06a8e01571",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3dd7a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_customgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customgroupversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."record", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="3a6e1fe3bba240abd17db495e5926c7775e6052f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_963be",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_customgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customgroupversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record", "workspace_id") SELECT records_change_set(), old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."record", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="f0069246ab417af81aafe776ecdff747a7f17b53",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3f62e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_customgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="customfieldversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_customfield_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="customfieldversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="records_customfield_v_set"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customfieldversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_customfieldversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="customfield",
                    index=models.Index(fields=["workspace", "group"], name="records_cust_0994_group_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "record", "lower(name)"],
                        name="records_customfield_name",
                        violation_error_message="A field of this name exists.",
                        where="retired_at IS NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="records_customfield_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="records_customfield_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="customfield",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="group", name="records_customfield_group_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customfieldversion" ("change_set_id", "default", "group_id", "help_text", "id", "in_form", "in_list", "kind", "name", "on_card", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record", "required", "retired_at", "target", "workspace_id") SELECT records_change_set(), new_values."default", new_values."group_id", new_values."help_text", new_values."id", new_values."in_form", new_values."in_list", new_values."kind", new_values."name", new_values."on_card", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."record", new_values."required", new_values."retired_at", new_values."target", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="e7e1b341d13ca7459afad011ee2639a8eb1828e9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_172b6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="records_customfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customfieldversion" ("change_set_id", "default", "group_id", "help_text", "id", "in_form", "in_list", "kind", "name", "on_card", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record", "required", "retired_at", "target", "workspace_id") SELECT records_change_set(), new_values."default", new_values."group_id", new_values."help_text", new_values."id", new_values."in_form", new_values."in_list", new_values."kind", new_values."name", new_values."on_card", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."record", new_values."required", new_values."retired_at", new_values."target", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="f23635735a5af8a8736262dd1a2338923457b934",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5905e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="records_customfield",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="customfield",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "records_customfieldversion" ("change_set_id", "default", "group_id", "help_text", "id", "in_form", "in_list", "kind", "name", "on_card", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "record", "required", "retired_at", "target", "workspace_id") SELECT records_change_set(), old_values."default", old_values."group_id", old_values."help_text", old_values."id", old_values."in_form", old_values."in_list", old_values."kind", old_values."name", old_values."on_card", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."record", old_values."required", old_values."retired_at", old_values."target", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="46052dd7d8e5a6bbbfd683cfbb05108bd5140a78",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b323b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="records_customfield",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="customgroupversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="records_customgroup_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="customgroupversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="records_customgroup_v_set"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="customgroupversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="records_customgroupversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
