import core.tenancy
import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import workspaces.operations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activities", "0001_initial"),
        ("contacts", "0001_initial"),
        ("deals", "0001_initial"),
        ("organizations", "0001_initial"),
        ("records", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="activity",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="activity",
                    name="deleted_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="activity",
                    name="owner",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
                    ),
                ),
                migrations.AddField(
                    model_name="activity",
                    name="source",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                migrations.AddField(
                    model_name="activity",
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
                    model_name="activityevent",
                    name="event",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.event"
                    ),
                ),
                migrations.AddField(
                    model_name="activityevent",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="event_links",
                        to="activities.activity",
                    ),
                ),
                migrations.AddField(
                    model_name="activityevent",
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
                    model_name="activityfile",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="activityfile",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="files", to="activities.activity"
                    ),
                ),
                migrations.AddField(
                    model_name="activityfile",
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
                    model_name="activityfileversion",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="activityfileversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="activities.activityfile",
                    ),
                ),
                migrations.AddField(
                    model_name="activityfileversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                migrations.AddField(
                    model_name="activityfileversion",
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
                    model_name="activitylink",
                    name="activity",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="links", to="activities.activity"
                    ),
                ),
                migrations.AddField(
                    model_name="activitylink",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="activity_links",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylink",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="activity_links",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylink",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="activity_links",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylink",
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
                    model_name="activitylinkversion",
                    name="activity",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylinkversion",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylinkversion",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylinkversion",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylinkversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="activities.activitylink",
                    ),
                ),
                migrations.AddField(
                    model_name="activitylinkversion",
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
                    model_name="activitytag",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="tag_links",
                        to="activities.activity",
                    ),
                ),
                migrations.AddField(
                    model_name="activitytag",
                    name="tag",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.tag"
                    ),
                ),
                migrations.AddField(
                    model_name="activitytag",
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
                    model_name="activity",
                    name="tags",
                    field=models.ManyToManyField(related_name="+", through="activities.ActivityTag", to="records.tag"),
                ),
                migrations.AddField(
                    model_name="activitytagversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="activities.activitytag",
                    ),
                ),
                migrations.AddField(
                    model_name="activitytagversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="activities.activity",
                    ),
                ),
                migrations.AddField(
                    model_name="activitytagversion",
                    name="tag",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.tag",
                    ),
                ),
                migrations.AddField(
                    model_name="activitytagversion",
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
                    model_name="activityversion",
                    name="created_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="activityversion",
                    name="deleted_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="activityversion",
                    name="owner",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                        verbose_name="owner",
                    ),
                ),
                migrations.AddField(
                    model_name="activityversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="activities.activity",
                    ),
                ),
                migrations.AddField(
                    model_name="activityversion",
                    name="source",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="records.source",
                        verbose_name="source",
                    ),
                ),
                migrations.AddField(
                    model_name="activityversion",
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
                    model_name="activityevent",
                    index=models.Index(
                        models.F("workspace"),
                        models.F("record"),
                        models.OrderBy(models.F("occurred_at"), descending=True),
                        models.OrderBy(models.F("event"), descending=True),
                        name="activityevent_timeline",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityevent",
                    index=models.Index(fields=["workspace", "event"], name="activities_a_f466_event_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="activityevent",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="activities_activityevent_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityevent",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="activities_activityevent_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="activities_activityevent_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="event", name="activities_activityevent_event_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityfile",
                    index=models.Index(fields=["workspace", "record"], name="activities__ca8b_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="activityfile",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="activities_activityfile_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityfile",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="activities_activityfile_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="activities_activityfile_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activityfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="activities_activityfile_created_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activityfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="2b31a4dd9beab72366ce1f4051b2153ab94f3666",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0e5b9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activityfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activityfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="165f560176361333993fdf5e7c328750f20d7f93",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7d24d",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activityfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activityfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), old_values."content_type", old_values."created_at", old_values."created_by_id", old_values."file", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."size", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="52291c5e2baa327a0d662eb147911f569694e67b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7b3e0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activityfile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityfileversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="activities_activityfile_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="activityfileversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="activities_activityfile_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="activityfileversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="activities_activityfileversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(
                        condition=models.Q(("contact__isnull", False), ("state", "done")),
                        fields=["workspace", "contact", "-occurred_at", "-activity"],
                        include=("kind",),
                        name="activity_done_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False), ("state", "done")),
                        fields=["workspace", "organization", "-occurred_at", "-activity"],
                        include=("kind",),
                        name="activity_done_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(
                        condition=models.Q(("deal__isnull", False), ("state", "done")),
                        fields=["workspace", "deal", "-occurred_at", "-activity"],
                        include=("kind",),
                        name="activity_done_deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(
                        condition=models.Q(("contact__isnull", False), ("state", "open")),
                        fields=["workspace", "contact", "occurred_at", "activity"],
                        name="activity_open_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False), ("state", "open")),
                        fields=["workspace", "organization", "occurred_at", "activity"],
                        name="activity_open_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(
                        condition=models.Q(("deal__isnull", False), ("state", "open")),
                        fields=["workspace", "deal", "occurred_at", "activity"],
                        name="activity_open_deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylink",
                    index=models.Index(fields=["workspace", "activity"], name="activitie_ed3f_activity_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "activity_id", "contact_id"],
                        name="activity_link_contact_once",
                        where="contact_id IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "activity_id", "organization_id"],
                        name="activity_link_organization_once",
                        where="organization_id IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "activity_id", "deal_id"],
                        name="activity_link_deal_once",
                        where="deal_id IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact__isnull", False), ("deal__isnull", True), ("organization__isnull", True)
                            ),
                            models.Q(
                                ("contact__isnull", True), ("deal__isnull", True), ("organization__isnull", False)
                            ),
                            models.Q(
                                ("contact__isnull", True), ("deal__isnull", False), ("organization__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="activities_link_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="activities_activitylink_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "id"), name="activities_activitylink_ws_id"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="activity", name="activities_activitylink_activity_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="contact", name="activities_activitylink_contact_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="organization", name="activities_activitylink_organization_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deal", name="activities_activitylink_deal_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activitylink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activitylinkversion" ("activity_id", "change_set_id", "contact_id", "deal_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT new_values."activity_id", records_change_set(), new_values."contact_id", new_values."deal_id", new_values."id", new_values."organization_id", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="ceb649b1fc07808aa56c757aa07d59e8c31ef526",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5f644",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activitylink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activitylink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activitylinkversion" ("activity_id", "change_set_id", "contact_id", "deal_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT new_values."activity_id", records_change_set(), new_values."contact_id", new_values."deal_id", new_values."id", new_values."organization_id", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."activity_id" IS DISTINCT FROM (new_values."activity_id") OR old_values."contact_id" IS DISTINCT FROM (new_values."contact_id") OR old_values."deal_id" IS DISTINCT FROM (new_values."deal_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="398d85bbe45691d6473366a10493445dbec97e6c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4432",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activitylink",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activitylink",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activitylinkversion" ("activity_id", "change_set_id", "contact_id", "deal_id", "id", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT old_values."activity_id", records_change_set(), old_values."contact_id", old_values."deal_id", old_values."id", old_values."organization_id", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="b1ed96005efc8e1757393b84d3a4fa6c598b6680",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cda5a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activitylink",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="activities_activitylink_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="activitylinkversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="activities_activitylink_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="activitylinkversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="activities_activitylinkversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitytag",
                    index=models.Index(fields=["workspace", "tag"], name="activities_act_3dcc_tag_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="activitytag",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "tag"),
                        name="activitytag_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitytag",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="activities_activitytag_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitytag",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="activities_activitytag_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="activitytag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="activities_activitytag_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitytag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="tag", name="activities_activitytag_tag_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activitytag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activitytagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="932d7d64cdd0e5422559854798d987c26fae8cd2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a5744",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activitytag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activitytag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activitytagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="10d78023c7827cf02f03ebc34976b5b9d2d08876",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7bed6",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activitytag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activitytag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activitytagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."tag_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="70abc5ed7d6eb3e57189b09d7d9315cabbfd0b2d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_89b0e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activitytag",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_name", "id"],
                        name="activity_sort_name",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "occurred_at", "id"],
                        name="activity_occurred_at",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "created_at", "id"],
                        name="activity_created_at",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "kind", "id"],
                        name="activity_kind",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activity",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True), ("done_at__isnull", True)),
                        fields=["workspace", "owner", "occurred_at", "id"],
                        name="activity_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "external_id"],
                        name="activity_external_id",
                        where="external_id <> '' AND deleted_at IS NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "note"), _negated=True), ("done_at__isnull", False), _connector="OR"
                        ),
                        name="activity_note_done",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="activities_activity_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="activities_activity_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="owner", name="activities_activity_owner_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="source", name="activities_activity_source_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="activities_activity_created_by_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activity",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deleted_by", name="activities_activity_deleted_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."occurred_at" IS DISTINCT FROM (NEW."occurred_at") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="0d98581a12ca975ff6446df4b4dfe3817061d699",
                            operation="UPDATE",
                            pgid="pgtrigger_version_de90a",
                            table="activities_activity",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityversion" ("body", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "done_at", "due_at", "external_id", "id", "kind", "minutes", "occurred_at", "outcome", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "subject", "workspace_id") SELECT new_values."body", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."done_at", new_values."due_at", new_values."external_id", new_values."id", new_values."kind", new_values."minutes", new_values."occurred_at", new_values."outcome", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."source_id", new_values."subject", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="a379bec73f77d1afdddd1a485466e3e6f415912f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6de9c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityversion" ("body", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "done_at", "due_at", "external_id", "id", "kind", "minutes", "occurred_at", "outcome", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "subject", "workspace_id") SELECT new_values."body", records_change_set(), new_values."created_at", new_values."created_by_id", new_values."deleted_at", new_values."deleted_by_id", new_values."done_at", new_values."due_at", new_values."external_id", new_values."id", new_values."kind", new_values."minutes", new_values."occurred_at", new_values."outcome", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."source_id", new_values."subject", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."body" IS DISTINCT FROM (new_values."body") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."done_at" IS DISTINCT FROM (new_values."done_at") OR old_values."due_at" IS DISTINCT FROM (new_values."due_at") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."minutes" IS DISTINCT FROM (new_values."minutes") OR old_values."occurred_at" IS DISTINCT FROM (new_values."occurred_at") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="d1cea4a154cf8d0e5af63e3eaca2a2d830d27233",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a56a1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="activity",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "activities_activityversion" ("body", "change_set_id", "created_at", "created_by_id", "deleted_at", "deleted_by_id", "done_at", "due_at", "external_id", "id", "kind", "minutes", "occurred_at", "outcome", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source_id", "subject", "workspace_id") SELECT old_values."body", records_change_set(), old_values."created_at", old_values."created_by_id", old_values."deleted_at", old_values."deleted_by_id", old_values."done_at", old_values."due_at", old_values."external_id", old_values."id", old_values."kind", old_values."minutes", old_values."occurred_at", old_values."outcome", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."source_id", old_values."subject", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="82053c1bc63383596c45faf5dd9a181f9c03e769",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cc776",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="activities_activity",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="activitytagversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="activities_activitytag_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="activitytagversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="activities_activitytag_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="activitytagversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="activities_activitytagversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="activityversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="activities_activity_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="activityversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="activities_activity_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="activityversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="activities_activityversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ],
        ),
    ]
