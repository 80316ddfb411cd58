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
        ("contacts", "0156_custom_fields"),
        ("records", "0158_content"),
        ("workspaces", "0158_content"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactAddress",
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
            name="ContactAddressVersion",
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
            name="ContactDate",
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
            name="ContactDateVersion",
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
                    model_name="contact",
                    name="version",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="contact",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="contact",
                    name="birthday_key",
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.functions.datetime.ExtractMonth("birthday"), "*", models.Value(100)
                            ),
                            "+",
                            django.db.models.functions.datetime.ExtractDay("birthday"),
                        ),
                        output_field=models.SmallIntegerField(null=True),
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="birthday_reminder",
                    field=records.models.important_date.ReminderDays(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="remind days before",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="channel",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("whatsapp", "WhatsApp"),
                            ("meeting", "Meeting"),
                            ("letter", "Letter"),
                        ],
                        max_length=10,
                        verbose_name="preferred channel",
                    ),
                ),
                migrations.AddField(
                    model_name="contact",
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
                    model_name="contact",
                    name="hours_from",
                    field=models.TimeField(blank=True, null=True, verbose_name="reachable from"),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="hours_to",
                    field=models.TimeField(blank=True, null=True, verbose_name="reachable until"),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="interests",
                    field=models.CharField(blank=True, max_length=300, verbose_name="interests"),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="language",
                    field=models.CharField(blank=True, max_length=10, verbose_name="language"),
                ),
                migrations.AddField(
                    model_name="contact",
                    name="style",
                    field=models.CharField(blank=True, max_length=200, verbose_name="communication style"),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="birthday_reminder",
                    field=records.models.important_date.ReminderDays(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="remind days before",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="channel",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("whatsapp", "WhatsApp"),
                            ("meeting", "Meeting"),
                            ("letter", "Letter"),
                        ],
                        max_length=10,
                        verbose_name="preferred channel",
                    ),
                ),
                migrations.AddField(
                    model_name="contactversion",
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
                    model_name="contactversion",
                    name="hours_from",
                    field=models.TimeField(blank=True, null=True, verbose_name="reachable from"),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="hours_to",
                    field=models.TimeField(blank=True, null=True, verbose_name="reachable until"),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="interests",
                    field=models.CharField(blank=True, max_length=300, verbose_name="interests"),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="language",
                    field=models.CharField(blank=True, max_length=10, verbose_name="language"),
                ),
                migrations.AddField(
                    model_name="contactversion",
                    name="style",
                    field=models.CharField(blank=True, max_length=200, verbose_name="communication style"),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "customer_status", "id"],
                        name="contact_customer_status",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "birthday_key", "id"],
                        name="contact_birthday_key",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."birthday" IS DISTINCT FROM (NEW."birthday") OR OLD."birthday_reminder" IS DISTINCT FROM (NEW."birthday_reminder") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."customer_status" IS DISTINCT FROM (NEW."customer_status") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."hours_from" IS DISTINCT FROM (NEW."hours_from") OR OLD."hours_to" IS DISTINCT FROM (NEW."hours_to") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interests" IS DISTINCT FROM (NEW."interests") OR OLD."job_title" IS DISTINCT FROM (NEW."job_title") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."linkedin" IS DISTINCT FROM (NEW."linkedin") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."style" IS DISTINCT FROM (NEW."style") OR OLD."title_prefix" IS DISTINCT FROM (NEW."title_prefix") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="d077079935c7d298c5ab5fca57dc85d2367be3f5",
                            operation="UPDATE",
                            pgid="pgtrigger_version_cb52f",
                            table="contacts_contact",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "birthday_reminder", "change_set_id", "channel", "created_at", "created_by_id", "customer_status", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "hours_from", "hours_to", "id", "interests", "job_title", "language", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "style", "title_prefix", "workspace_id") SELECT new_values."birthday", new_values."birthday_reminder", records_change_set(), new_values."channel", new_values."created_at", new_values."created_by_id", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."hours_from", new_values."hours_to", new_values."id", new_values."interests", new_values."job_title", new_values."language", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."phone", new_values."source_id", new_values."style", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="ceb00d68bad314b69d4cd6baf3069d19aa464a0c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_60225",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "birthday_reminder", "change_set_id", "channel", "created_at", "created_by_id", "customer_status", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "hours_from", "hours_to", "id", "interests", "job_title", "language", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "style", "title_prefix", "workspace_id") SELECT new_values."birthday", new_values."birthday_reminder", records_change_set(), new_values."channel", new_values."created_at", new_values."created_by_id", new_values."customer_status", new_values."deleted_at", new_values."deleted_by_id", new_values."email", new_values."external_id", new_values."first_name", new_values."hours_from", new_values."hours_to", new_values."id", new_values."interests", new_values."job_title", new_values."language", new_values."last_name", new_values."linkedin", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."phone", new_values."source_id", new_values."style", new_values."title_prefix", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."birthday" IS DISTINCT FROM (new_values."birthday") OR old_values."birthday_reminder" IS DISTINCT FROM (new_values."birthday_reminder") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."customer_status" IS DISTINCT FROM (new_values."customer_status") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."first_name" IS DISTINCT FROM (new_values."first_name") OR old_values."hours_from" IS DISTINCT FROM (new_values."hours_from") OR old_values."hours_to" IS DISTINCT FROM (new_values."hours_to") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."interests" IS DISTINCT FROM (new_values."interests") OR old_values."job_title" IS DISTINCT FROM (new_values."job_title") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."last_name" IS DISTINCT FROM (new_values."last_name") OR old_values."linkedin" IS DISTINCT FROM (new_values."linkedin") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."style" IS DISTINCT FROM (new_values."style") OR old_values."title_prefix" IS DISTINCT FROM (new_values."title_prefix") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="fd365496fcb75c90922023ca745a8b2288fa58aa",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7498c",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactversion" ("birthday", "birthday_reminder", "change_set_id", "channel", "created_at", "created_by_id", "customer_status", "deleted_at", "deleted_by_id", "email", "external_id", "first_name", "hours_from", "hours_to", "id", "interests", "job_title", "language", "last_name", "linkedin", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "source_id", "style", "title_prefix", "workspace_id") SELECT old_values."birthday", old_values."birthday_reminder", records_change_set(), old_values."channel", old_values."created_at", old_values."created_by_id", old_values."customer_status", old_values."deleted_at", old_values."deleted_by_id", old_values."email", old_values."external_id", old_values."first_name", old_values."hours_from", old_values."hours_to", old_values."id", old_values."interests", old_values."job_title", old_values."language", old_values."last_name", old_values."linkedin", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."phone", old_values."source_id", old_values."style", old_values."title_prefix", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="76d57a3ac4ec67d12aab93033a9a86ddb39384ba",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e2e36",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddField(
                    model_name="contactaddress",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="addresses", to="contacts.contact"
                    ),
                ),
                migrations.AddField(
                    model_name="contactaddress",
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
                    model_name="contactaddressversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactaddress",
                    ),
                ),
                migrations.AddField(
                    model_name="contactaddressversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactaddressversion",
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
                    model_name="contactdate",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="dates", to="contacts.contact"
                    ),
                ),
                migrations.AddField(
                    model_name="contactdate",
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
                    model_name="contactdateversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="contacts.contactdate",
                    ),
                ),
                migrations.AddField(
                    model_name="contactdateversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="contactdateversion",
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
                    model_name="contactaddress",
                    index=models.Index(fields=["workspace", "city_key"], name="contactaddress_city"),
                ),
                migrations.AddIndex(
                    model_name="contactaddress",
                    index=models.Index(fields=["workspace", "country"], name="contactaddress_country"),
                ),
                migrations.AddIndex(
                    model_name="contactaddress",
                    index=models.Index(fields=["workspace", "record"], name="contacts_co_647d_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactaddress",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "record_id", "kind"], name="contactaddress_primary", where="is_primary"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactaddress",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactaddress_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactaddress",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="contacts_contactaddress_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactaddress",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactaddress_record_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactaddressversion" ("change_set_id", "city", "city_area", "country", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "record_id", "region", "street", "workspace_id") SELECT records_change_set(), new_values."city", new_values."city_area", new_values."country", new_values."id", new_values."is_primary", new_values."kind", clock_timestamp(), \'insert\', new_values."id", new_values."postcode", new_values."record_id", new_values."region", new_values."street", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="82dd1af1abffef394a895f8e44ac8956b50d149b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2299c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactaddressversion" ("change_set_id", "city", "city_area", "country", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "record_id", "region", "street", "workspace_id") SELECT records_change_set(), new_values."city", new_values."city_area", new_values."country", new_values."id", new_values."is_primary", new_values."kind", clock_timestamp(), \'update\', new_values."id", new_values."postcode", new_values."record_id", new_values."region", new_values."street", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."city" IS DISTINCT FROM (new_values."city") OR old_values."city_area" IS DISTINCT FROM (new_values."city_area") OR old_values."country" IS DISTINCT FROM (new_values."country") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_primary" IS DISTINCT FROM (new_values."is_primary") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."postcode" IS DISTINCT FROM (new_values."postcode") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."region" IS DISTINCT FROM (new_values."region") OR old_values."street" IS DISTINCT FROM (new_values."street") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="09c545c99dedde98c046103b4e35c6c0123f857b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ef533",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactaddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactaddressversion" ("change_set_id", "city", "city_area", "country", "id", "is_primary", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "record_id", "region", "street", "workspace_id") SELECT records_change_set(), old_values."city", old_values."city_area", old_values."country", old_values."id", old_values."is_primary", old_values."kind", clock_timestamp(), \'delete\', old_values."id", old_values."postcode", old_values."record_id", old_values."region", old_values."street", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="254864889d1e4c7254b299c7407982926c4e91c3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b3e74",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactaddress",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactaddressversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactaddress_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactaddressversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactaddress_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactaddressversion",
                    index=models.Index(fields=["workspace", "record"], name="contacts_contacta_647d_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="contactaddressversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactaddressversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactdate",
                    index=models.Index(fields=["workspace", "day_key"], name="contactdate_day"),
                ),
                migrations.AddIndex(
                    model_name="contactdate",
                    index=models.Index(fields=["workspace", "record"], name="contacts_co_0dd2_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="contactdate",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="contacts_contactdate_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="contactdate",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="contacts_contactdate_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="contactdate",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="contacts_contactdate_record_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactdateversion" ("change_set_id", "day", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "remind_before", "workspace_id") SELECT records_change_set(), new_values."day", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."remind_before", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="85e5eb3b919c11fbf4925441b08e5f9749b2a343",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6c429",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="contacts_contactdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactdateversion" ("change_set_id", "day", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "remind_before", "workspace_id") SELECT records_change_set(), new_values."day", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."remind_before", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."day" IS DISTINCT FROM (new_values."day") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."record_id" IS DISTINCT FROM (new_values."record_id") OR old_values."remind_before" IS DISTINCT FROM (new_values."remind_before") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="d36c702b47504a0987722954b928a09b7eef1e3c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7f99d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="contacts_contactdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "contacts_contactdateversion" ("change_set_id", "day", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "remind_before", "workspace_id") SELECT records_change_set(), old_values."day", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."remind_before", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="2950151094c96475bf6f9da7a415e49f0c51043a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_096cb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="contacts_contactdate",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactdateversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="contacts_contactdate_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="contactdateversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactdate_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactdateversion",
                    index=models.Index(fields=["workspace", "record"], name="contacts_contactdate_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="contactdateversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="contacts_contactdateversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ]
        ),
    ]
