import core.tenancy
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0158_content"),
        ("organizations", "0125_tax_id"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastPosition",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                ("roles", models.CharField(blank=True, max_length=400, verbose_name="roles")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ended_on", models.DateField(verbose_name="until")),
            ],
            options={
                "verbose_name": "past position",
                "verbose_name_plural": "past positions",
            },
        ),
        migrations.CreateModel(
            name="PastPositionVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("job_title", models.CharField(blank=True, max_length=120, verbose_name="job title")),
                ("roles", models.CharField(blank=True, max_length=400, verbose_name="roles")),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="since")),
                ("ended_on", models.DateField(verbose_name="until")),
            ],
            options={
                "abstract": False,
            },
        ),
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="position",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="position",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="position",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="role",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="role",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="role",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="position",
                    name="started_on",
                    field=models.DateField(blank=True, null=True, verbose_name="since"),
                ),
                migrations.AddField(
                    model_name="positionversion",
                    name="started_on",
                    field=models.DateField(blank=True, null=True, verbose_name="since"),
                ),
                migrations.AddField(
                    model_name="role",
                    name="decides",
                    field=models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="An organization with open deals and nobody in such a role is marked.",
                        verbose_name="decides",
                    ),
                ),
                migrations.AddField(
                    model_name="roleversion",
                    name="decides",
                    field=models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="An organization with open deals and nobody in such a role is marked.",
                        verbose_name="decides",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionversion" ("change_set_id", "contact_id", "id", "is_primary", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."job_title", new_values."organization_id", clock_timestamp(), \'insert\', new_values."id", new_values."started_on", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="990bfd260e09e043f183e810db0e8087cb7cd8d2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_51c5a",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionversion" ("change_set_id", "contact_id", "id", "is_primary", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."id", new_values."is_primary", new_values."job_title", new_values."organization_id", clock_timestamp(), \'update\', new_values."id", new_values."started_on", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="a51fb64bd722f41a7f10420ef3c1b0b8c4873bba",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2096b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="position",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_positionversion" ("change_set_id", "contact_id", "id", "is_primary", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "workspace_id") SELECT records_change_set(), old_values."contact_id", old_values."id", old_values."is_primary", old_values."job_title", old_values."organization_id", clock_timestamp(), \'delete\', old_values."id", old_values."started_on", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="f478d517f372fd8a4cece00b6ca999fc37025e8e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1b8de",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_position",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_roleversion" ("change_set_id", "decides", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), new_values."decides", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="d35b3bed34f41d67aa39754ddd68091641333601",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c5dec",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_role",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_roleversion" ("change_set_id", "decides", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), new_values."decides", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="5c549c4a9681b000382509a3ddc177c5f9c1eaa4",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_33c90",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_role",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="role",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_roleversion" ("change_set_id", "decides", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), old_values."decides", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="d6b1fabadc6287b5f5d974c84943207cc6b0a7dc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1d854",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_role",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="pastposition",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="past_positions",
                        to="contacts.contact",
                        verbose_name="person",
                    ),
                ),
                migrations.AddField(
                    model_name="pastposition",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="past_positions",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                migrations.AddField(
                    model_name="pastposition",
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
                    model_name="pastpositionversion",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                        verbose_name="person",
                    ),
                ),
                migrations.AddField(
                    model_name="pastpositionversion",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                migrations.AddField(
                    model_name="pastpositionversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.pastposition",
                    ),
                ),
                migrations.AddField(
                    model_name="pastpositionversion",
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
                    model_name="pastposition",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_p_00ca_contact_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="pastposition",
                    index=models.Index(fields=["workspace", "organization"], name="conta_00ca_organization_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="pastposition",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_pastposition_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pastposition",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_pastposition_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="pastposition",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="contact", name="contacts_pastposition_contact_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pastposition",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="organization", name="contacts_pastposition_organization_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pastposition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_pastpositionversion" ("change_set_id", "contact_id", "ended_on", "id", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "started_on", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."ended_on", new_values."id", new_values."job_title", new_values."organization_id", clock_timestamp(), \'insert\', new_values."id", new_values."roles", new_values."started_on", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="b2fe58a94e814012b633d4a0bf54f059c4cda7f5",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2572f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_pastposition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pastposition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_pastpositionversion" ("change_set_id", "contact_id", "ended_on", "id", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "started_on", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."ended_on", new_values."id", new_values."job_title", new_values."organization_id", clock_timestamp(), \'update\', new_values."id", new_values."roles", new_values."started_on", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="58bd0239de1b2aff7ab736c3bc141e5aae5fc1a7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_409b8",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_pastposition",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pastposition",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_pastpositionversion" ("change_set_id", "contact_id", "ended_on", "id", "job_title", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "roles", "started_on", "workspace_id") SELECT records_change_set(), old_values."contact_id", old_values."ended_on", old_values."id", old_values."job_title", old_values."organization_id", clock_timestamp(), \'delete\', old_values."id", old_values."roles", old_values."started_on", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="467ec8a08eaf67880127fd1dce1c671cb15392a9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_721c9",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_pastposition",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="pastpositionversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_pastposition_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="pastpositionversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_pastposition_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="pastpositionversion",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_pastposition_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="pastpositionversion",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["workspace", "organization"],
                        name="contacts_p_00ca_v_organization",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pastpositionversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_pastpositionversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
