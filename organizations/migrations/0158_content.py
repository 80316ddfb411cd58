import core.tenancy
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import records.models.important_date
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0156_custom_fields"),
        ("records", "0158_content"),
        ("workspaces", "0158_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "kind",
                    models.CharField(
                        choices=[("billing", "Billing"), ("shipping", "Shipping"), ("visiting", "Visiting")],
                        default="billing",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=300, verbose_name="street")),
                ("city_area", models.CharField(blank=True, max_length=120, verbose_name="district")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                ("postcode", models.CharField(blank=True, max_length=20, verbose_name="postcode")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
                (
                    "city_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("city"), arg_joiner=" || ' ' || ", function="records_sort_key"),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
            ],
            options={
                "verbose_name": "address",
                "verbose_name_plural": "addresses",
                "ordering": ("-is_primary", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationAddressVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("is_primary", models.BooleanField(default=False, verbose_name="primary")),
                (
                    "kind",
                    models.CharField(
                        choices=[("billing", "Billing"), ("shipping", "Shipping"), ("visiting", "Visiting")],
                        default="billing",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("street", models.CharField(blank=True, max_length=300, verbose_name="street")),
                ("city_area", models.CharField(blank=True, max_length=120, verbose_name="district")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                ("postcode", models.CharField(blank=True, max_length=20, verbose_name="postcode")),
                ("country", models.CharField(max_length=2, verbose_name="country")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "remind_before",
                    records.models.important_date.ReminderDays(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="remind days before",
                    ),
                ),
                (
                    "day_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.datetime.ExtractMonth("day"), "*", models.Value(100)
                            ),
                            "+",
                            django.db.models.functions.datetime.ExtractDay("day"),
                        ),
                        output_field=models.SmallIntegerField(null=True),
                    ),
                ),
            ],
            options={
                "verbose_name": "date",
                "verbose_name_plural": "dates",
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganizationDateVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "remind_before",
                    records.models.important_date.ReminderDays(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="remind days before",
                    ),
                ),
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
                    name="customer_status",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "Lead"),
                            ("prospect", "Prospect"),
                            ("customer", "Customer"),
                            ("former", "Former customer"),
                        ],
                        max_length=10,
                        verbose_name="customer status",
                    ),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="language",
                    field=models.CharField(blank=True, max_length=10, verbose_name="language"),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="registration_id",
                    field=models.CharField(blank=True, max_length=40, verbose_name="registration id"),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="relation",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("customer", "Customer"),
                            ("partner", "Partner"),
                            ("supplier", "Supplier"),
                            ("competitor", "Competitor"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="company type",
                    ),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="segment",
                    field=models.CharField(blank=True, max_length=60, verbose_name="segment"),
                ),
                migrations.AddField(
                    model_name="organization",
                    name="sort_segment",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("segment"), arg_joiner=" || ' ' || ", function="records_sort_key"
                        ),
                        output_field=models.TextField(db_collation="C"),
                    ),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="segment",
                    field=models.CharField(blank=True, max_length=60, verbose_name="segment"),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="customer_status",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "Lead"),
                            ("prospect", "Prospect"),
                            ("customer", "Customer"),
                            ("former", "Former customer"),
                        ],
                        max_length=10,
                        verbose_name="customer status",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="language",
                    field=models.CharField(blank=True, max_length=10, verbose_name="language"),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="registration_id",
                    field=models.CharField(blank=True, max_length=40, verbose_name="registration id"),
                ),
                migrations.AddField(
                    model_name="organizationversion",
                    name="relation",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("customer", "Customer"),
                            ("partner", "Partner"),
                            ("supplier", "Supplier"),
                            ("competitor", "Competitor"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="company type",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_segment", "id"],
                        name="org_sort_segment",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organization",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "customer_status", "id"],
                        name="org_customer_status",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organization",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."customer_status" IS DISTINCT FROM (NEW."customer_status") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."employees" IS DISTINCT FROM (NEW."employees") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."location" IS DISTINCT FROM (NEW."location") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."registration_id" IS DISTINCT FROM (NEW."registration_id") OR OLD."relation" IS DISTINCT FROM (NEW."relation") OR OLD."revenue" IS DISTINCT FROM (NEW."revenue") OR OLD."sector" IS DISTINCT FROM (NEW."sector") OR OLD."segment" IS DISTINCT FROM (NEW."segment") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."tax_id" IS DISTINCT FROM (NEW."tax_id") OR OLD."website" IS DISTINCT FROM (NEW."website") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id") OR OLD."year_established" IS DISTINCT FROM (NEW."year_established"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="7dc167176b1ab216e09cc769cec6047d7f8c1cf3",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "customer_status", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "language", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "registration_id", "relation", "revenue", "sector", "segment", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."language", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."registration_id", new_values."relation", new_values."revenue", new_values."sector", new_values."segment", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="1919dad3d7ad3d6a6b141d1fe4bb0aaadb1c4c09",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "customer_status", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "language", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "registration_id", "relation", "revenue", "sector", "segment", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), new_values."created_at", new_values."created_by_id", new_values."currency", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."employees", new_values."external_id", new_values."id", new_values."language", new_values."location", new_values."name", new_values."owner_id", new_values."parent_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."registration_id", new_values."relation", new_values."revenue", new_values."sector", new_values."segment", new_values."source_id", new_values."tax_id", new_values."website", new_values."workspace_id", new_values."year_established" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."customer_status" IS DISTINCT FROM (new_values."customer_status") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."employees" IS DISTINCT FROM (new_values."employees") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."location" IS DISTINCT FROM (new_values."location") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."parent_id" IS DISTINCT FROM (new_values."parent_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."registration_id" IS DISTINCT FROM (new_values."registration_id") OR old_values."relation" IS DISTINCT FROM (new_values."relation") OR old_values."revenue" IS DISTINCT FROM (new_values."revenue") OR old_values."sector" IS DISTINCT FROM (new_values."sector") OR old_values."segment" IS DISTINCT FROM (new_values."segment") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."tax_id" IS DISTINCT FROM (new_values."tax_id") OR old_values."website" IS DISTINCT FROM (new_values."website") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id") OR old_values."year_established" IS DISTINCT FROM (new_values."year_established"))) AS new_values$statement$; RETURN NULL;',
                            hash="2ddf0fc978735ce4708ed38bb87a86bd2c11149c",
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
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationversion" ("change_set_id", "created_at", "created_by_id", "currency", "customer_status", "deleted_at", "deleted_by_id", "employees", "external_id", "id", "language", "location", "name", "owner_id", "parent_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "registration_id", "relation", "revenue", "sector", "segment", "source_id", "tax_id", "website", "workspace_id", "year_established") SELECT records_change_set(), old_values."created_at", old_values."created_by_id", old_values."currency", old_values."customer_status", old_values."deleted_at", old_values."deleted_by_id", old_values."employees", old_values."external_id", old_values."id", old_values."language", old_values."location", old_values."name", old_values."owner_id", old_values."parent_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."registration_id", old_values."relation", old_values."revenue", old_values."sector", old_values."segment", old_values."source_id", old_values."tax_id", old_values."website", old_values."workspace_id", old_values."year_established" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="8e74b4826781b20bc92b800bd4a42ccb763524bb",
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
                    model_name="organizationaddress",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="addresses",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationaddress",
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
                    model_name="organizationaddressversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationaddress",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationaddressversion",
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
                    model_name="organizationaddressversion",
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
                migrations.AddField(
                    model_name="organizationdate",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="dates",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationdate",
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
                    model_name="organizationdateversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="organizations.organizationdate",
                    ),
                ),
                migrations.AddField(
                    model_name="organizationdateversion",
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
                    model_name="organizationdateversion",
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
                    model_name="organizationaddress",
                    index=models.Index(fields=["workspace", "city_key"], name="organizationaddress_city"),
                ),
                migrations.AddIndex(
                    model_name="organizationaddress",
                    index=models.Index(fields=["workspace", "country"], name="organizationaddress_country"),
                ),
                migrations.AddIndex(
                    model_name="organizationaddress",
                    index=models.Index(fields=["workspace", "record"], name="organizatio_a133_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationaddress",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "record_id", "kind"],
                        name="organizationaddress_primary",
                        where="is_primary",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationaddress",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationaddress_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationaddress",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationaddress_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationaddress",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationaddress_record_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationaddressversion" ("change_set_id", "city", "city_area", "country", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "record_id", "region", "street", "workspace_id") SELECT records_change_set(), new_values."city", new_values."city_area", new_values."country", new_values."id", new_values."is_primary", new_values."kind", clock_timestamp(), \'insert\', new_values."id", new_values."postcode", new_values."record_id", new_values."region", new_values."street", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="31e3c9c564e79cacf21d8b32e8d4126bd35a68c1",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_78f0d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationaddressversion" ("change_set_id", "city", "city_area", "country", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "record_id", "region", "street", "workspace_id") SELECT records_change_set(), new_values."city", new_values."city_area", new_values."country", new_values."id", new_values."is_primary", new_values."kind", clock_timestamp(), \'update\', new_values."id", new_values."postcode", new_values."record_id", new_values."region", new_values."street", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."city" IS DISTINCT FROM (new_values."city") OR old_values."city_area" IS DISTINCT FROM (new_values."city_area") OR old_values."country" IS DISTINCT FROM (new_values."country") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_primary" IS DISTINCT FROM (new_values."is_primary") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."region" IS DISTINCT FROM (new_values."region") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="a43eec0772e57dbace3f4183c95a37baf92e77b2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c5819",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationaddressversion" ("change_set_id", "city", "city_area", "country", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "record_id", "region", "street", "workspace_id") SELECT records_change_set(), old_values."city", old_values."city_area", old_values."country", old_values."id", old_values."is_primary", old_values."kind", clock_timestamp(), \'delete\', old_values."id", old_values."postcode", old_values."record_id", old_values."region", old_values."street", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="afde93ab1bb928fe92bdbf1309e76ef85751b327",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2e096",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationaddressversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_a133_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationaddressversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_a133_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationaddressversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_a133_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="organizationaddressversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationaddressversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationdate",
                    index=models.Index(fields=["workspace", "day_key"], name="organizationdate_day"),
                ),
                migrations.AddIndex(
                    model_name="organizationdate",
                    index=models.Index(fields=["workspace", "record"], name="organizatio_d33d_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="organizationdate",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="organizations_organizationdate_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationdate",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="organizations_organizationdate_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="organizationdate",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="organizations_organizationdate_record_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationdateversion" ("change_set_id", "day", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "remind_before", "workspace_id") SELECT records_change_set(), new_values."day", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."remind_before", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="39a5d5aa12923ff2ab71e54762e4566b99eb33e0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cc9dd",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="organizations_organizationdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationdateversion" ("change_set_id", "day", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "remind_before", "workspace_id") SELECT records_change_set(), new_values."day", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."remind_before", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."day" IS DISTINCT FROM (new_values."day") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."remind_before" IS DISTINCT FROM (new_values."remind_before") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="94d0c7c6f1394d785391c7ca5dcecf0bc99fb8d9",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_75b59",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="organizations_organizationdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organizationdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "organizations_organizationdateversion" ("change_set_id", "day", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "remind_before", "workspace_id") SELECT records_change_set(), old_values."day", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."remind_before", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="ef0ac88822e806327737fe1f1f88f87c73f8a408",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_547a7",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="organizations_organizationdate",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationdateversion",
                    index=models.Index(
                        fields=["workspace", "pgh_obj", "pgh_id"], name="organizations_organ_d33d_v_obj"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationdateversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="organizations_organ_d33d_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="organizationdateversion",
                    index=models.Index(fields=["workspace", "record"], name="organizations_org_d33d_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="organizationdateversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="organizations_organizationdateversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
