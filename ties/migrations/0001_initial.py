import core.tenancy
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contacts", "0160_positions"),
        ("deals", "0132_versions_without_end"),
        ("organizations", "0125_tax_id"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="TieType",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "reverse_name",
                    models.CharField(
                        blank=True,
                        help_text="Empty where both are the same.",
                        max_length=60,
                        verbose_name="name in the other direction",
                    ),
                ),
                (
                    "one_kind",
                    models.CharField(
                        blank=True,
                        choices=[("contact", "person"), ("organization", "organization"), ("deal", "deal")],
                        help_text="Empty for records of any kind.",
                        max_length=20,
                        verbose_name="of",
                    ),
                ),
                (
                    "other_kind",
                    models.CharField(
                        blank=True,
                        choices=[("contact", "person"), ("organization", "organization"), ("deal", "deal")],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
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
                "verbose_name": "kind of tie",
                "verbose_name_plural": "kinds of ties",
                "ordering": ("position", "name"),
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "one_contact",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "one_deal",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="deals.deal",
                    ),
                ),
                (
                    "one_organization",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "other_contact",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "other_deal",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
                        to="deals.deal",
                    ),
                ),
                (
                    "other_organization",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="+",
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
                (
                    "type",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="ties",
                        to="ties.tietype",
                        verbose_name="kind of tie",
                    ),
                ),
            ],
            options={
                "verbose_name": "tie",
                "verbose_name_plural": "ties",
                "ordering": ("type__position", "type__name", "id"),
            },
        ),
        migrations.CreateModel(
            name="TieTypeVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "reverse_name",
                    models.CharField(
                        blank=True,
                        help_text="Empty where both are the same.",
                        max_length=60,
                        verbose_name="name in the other direction",
                    ),
                ),
                (
                    "one_kind",
                    models.CharField(
                        blank=True,
                        choices=[("contact", "person"), ("organization", "organization"), ("deal", "deal")],
                        help_text="Empty for records of any kind.",
                        max_length=20,
                        verbose_name="of",
                    ),
                ),
                (
                    "other_kind",
                    models.CharField(
                        blank=True,
                        choices=[("contact", "person"), ("organization", "organization"), ("deal", "deal")],
                        max_length=20,
                        verbose_name="to",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="ties.tietype",
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
            name="TieVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "created_by",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "one_contact",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "one_deal",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                (
                    "one_organization",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                (
                    "other_contact",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                (
                    "other_deal",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                (
                    "other_organization",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
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
                        to="ties.tie",
                    ),
                ),
                (
                    "type",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="ties.tietype",
                        verbose_name="kind of tie",
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
                    model_name="tietype",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "name"),
                        name="ties_tietype_name",
                        violation_error_message="A kind of tie of this name exists.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tietype",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="ties_tietype_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tietype",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="ties_tietype_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tietype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "ties_tietypeversion" ("change_set_id", "id", "name", "one_kind", "other_kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reverse_name", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", new_values."one_kind", new_values."other_kind", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."reverse_name", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="922f871c97cc6ac37fbba975531ce7eae032f0c0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a513c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="ties_tietype",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tietype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "ties_tietypeversion" ("change_set_id", "id", "name", "one_kind", "other_kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reverse_name", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", new_values."one_kind", new_values."other_kind", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."reverse_name", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="68a2bf699f2457a0eb3f15267086cd1c50faf6d0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2ee5d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="ties_tietype",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tietype",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "ties_tietypeversion" ("change_set_id", "id", "name", "one_kind", "other_kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reverse_name", "workspace_id") SELECT records_change_set(), old_values."id", old_values."name", old_values."one_kind", old_values."other_kind", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."reverse_name", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="807d01477e11791b4e701e4c947fe7dc81fa460e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_40ac1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="ties_tietype",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(
                        condition=models.Q(("one_contact__isnull", False)),
                        fields=["workspace", "one_contact"],
                        name="tie_one_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(
                        condition=models.Q(("one_organization__isnull", False)),
                        fields=["workspace", "one_organization"],
                        name="tie_one_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(
                        condition=models.Q(("one_deal__isnull", False)),
                        fields=["workspace", "one_deal"],
                        name="tie_one_deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(
                        condition=models.Q(("other_contact__isnull", False)),
                        fields=["workspace", "other_contact"],
                        name="tie_other_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(
                        condition=models.Q(("other_organization__isnull", False)),
                        fields=["workspace", "other_organization"],
                        name="tie_other_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(
                        condition=models.Q(("other_deal__isnull", False)),
                        fields=["workspace", "other_deal"],
                        name="tie_other_deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tie",
                    index=models.Index(fields=["workspace", "type"], name="ties_tie_type_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=(
                            "workspace",
                            "type",
                            "one_contact",
                            "one_organization",
                            "one_deal",
                            "other_contact",
                            "other_organization",
                            "other_deal",
                        ),
                        name="ties_tie_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("one_contact__isnull", False),
                                ("one_deal__isnull", True),
                                ("one_organization__isnull", True),
                            ),
                            models.Q(
                                ("one_contact__isnull", True),
                                ("one_deal__isnull", True),
                                ("one_organization__isnull", False),
                            ),
                            models.Q(
                                ("one_contact__isnull", True),
                                ("one_deal__isnull", False),
                                ("one_organization__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ties_tie_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("other_contact__isnull", False),
                                ("other_deal__isnull", True),
                                ("other_organization__isnull", True),
                            ),
                            models.Q(
                                ("other_contact__isnull", True),
                                ("other_deal__isnull", True),
                                ("other_organization__isnull", False),
                            ),
                            models.Q(
                                ("other_contact__isnull", True),
                                ("other_deal__isnull", False),
                                ("other_organization__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ties_tie_other",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("one_contact__isnull", True),
                                ("other_contact__isnull", True),
                                models.Q(("one_contact", models.F("other_contact")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("one_organization__isnull", True),
                                ("other_organization__isnull", True),
                                models.Q(("one_organization", models.F("other_organization")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("one_deal__isnull", True),
                                ("other_deal__isnull", True),
                                models.Q(("one_deal", models.F("other_deal")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="ties_tie_not_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="ties_tie_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="ties_tie_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="type", name="ties_tie_type_id_wfk"),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="one_contact", name="ties_tie_one_contact_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="one_organization", name="ties_tie_one_organization_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="one_deal", name="ties_tie_one_deal_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="other_contact", name="ties_tie_other_contact_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="other_organization", name="ties_tie_other_organization_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="other_deal", name="ties_tie_other_deal_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tie",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="ties_tie_created_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tie",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "ties_tieversion" ("change_set_id", "created_at", "created_by_id", "id", "note", "one_contact_id", "one_deal_id", "one_organization_id", "other_contact_id", "other_deal_id", "other_organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type_id", "workspace_id") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."id", new_values."note", new_values."one_contact_id", new_values."one_deal_id", new_values."one_organization_id", new_values."other_contact_id", new_values."other_deal_id", new_values."other_organization_id", clock_timestamp(), \'insert\', new_values."id", new_values."type_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="72cc854b38dd2b4185c2cca40098c63b5f2314e6",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dcce7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="ties_tie",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tie",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "ties_tieversion" ("change_set_id", "created_at", "created_by_id", "id", "note", "one_contact_id", "one_deal_id", "one_organization_id", "other_contact_id", "other_deal_id", "other_organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type_id", "workspace_id") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."id", new_values."note", new_values."one_contact_id", new_values."one_deal_id", new_values."one_organization_id", new_values."other_contact_id", new_values."other_deal_id", new_values."other_organization_id", clock_timestamp(), \'update\', new_values."id", new_values."type_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="352f1fd78916673391f04c8e1dccd0392058ded5",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8834f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="ties_tie",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="tie",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "ties_tieversion" ("change_set_id", "created_at", "created_by_id", "id", "note", "one_contact_id", "one_deal_id", "one_organization_id", "other_contact_id", "other_deal_id", "other_organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "type_id", "workspace_id") SELECT records_change_set(), old_values."created_at", old_values."created_by_id", old_values."id", old_values."note", old_values."one_contact_id", old_values."one_deal_id", old_values."one_organization_id", old_values."other_contact_id", old_values."other_deal_id", old_values."other_organization_id", clock_timestamp(), \'delete\', old_values."id", old_values."type_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="9909d8cfdbf5d262f3a88a39a546d0eec72c021e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a8c9e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="ties_tie",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="tietypeversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="ties_tietype_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="tietypeversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="ties_tietype_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="tietypeversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="ties_tietypeversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="ties_tie_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="ties_tie_v_set"),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(
                        condition=models.Q(("one_contact__isnull", False)),
                        fields=["workspace", "one_contact"],
                        name="ties_tie_v_one_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(
                        condition=models.Q(("one_organization__isnull", False)),
                        fields=["workspace", "one_organization"],
                        name="ties_tie_v_one_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(
                        condition=models.Q(("one_deal__isnull", False)),
                        fields=["workspace", "one_deal"],
                        name="ties_tie_v_one_deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(
                        condition=models.Q(("other_contact__isnull", False)),
                        fields=["workspace", "other_contact"],
                        name="ties_tie_v_other_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(
                        condition=models.Q(("other_organization__isnull", False)),
                        fields=["workspace", "other_organization"],
                        name="ties_tie_v_other_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="tieversion",
                    index=models.Index(
                        condition=models.Q(("other_deal__isnull", False)),
                        fields=["workspace", "other_deal"],
                        name="ties_tie_v_other_deal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="tieversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="ties_tieversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
