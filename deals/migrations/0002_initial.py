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
        ("contacts", "0002_initial"),
        ("deals", "0001_initial"),
        ("organizations", "0001_initial"),
        ("records", "0001_initial"),
        ("workspaces", "0001_initial"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="deal",
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
                    model_name="deal",
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
                    model_name="deal",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="deals",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                migrations.AddField(
                    model_name="deal",
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
                    model_name="deal",
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
                    model_name="deal",
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
                    model_name="dealcontact",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="deal_links", to="contacts.contact"
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontact",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="contact_links",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontact",
                    name="role",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="contacts.role",
                        verbose_name="role",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontact",
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
                    model_name="deal",
                    name="contacts",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="deals.DealContact",
                        to="contacts.contact",
                        verbose_name="people",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontactversion",
                    name="contact",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.contact",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontactversion",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontactversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealcontact",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontactversion",
                    name="role",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contacts.role",
                        verbose_name="role",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcontactversion",
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
                    model_name="dealevent",
                    name="event",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.event"
                    ),
                ),
                migrations.AddField(
                    model_name="dealevent",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="event_links",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealevent",
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
                    model_name="dealfile",
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
                    model_name="dealfile",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="files", to="deals.deal"
                    ),
                ),
                migrations.AddField(
                    model_name="dealfile",
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
                    model_name="dealfileversion",
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
                    model_name="dealfileversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealfile",
                    ),
                ),
                migrations.AddField(
                    model_name="dealfileversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealfileversion",
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
                    model_name="dealpulse",
                    name="record",
                    field=workspaces.tenancy.WorkspaceOneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="pulse",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealpulse",
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
                    model_name="dealtag",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="tag_links",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealtag",
                    name="tag",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="%(class)s_set", to="records.tag"
                    ),
                ),
                migrations.AddField(
                    model_name="dealtag",
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
                    model_name="deal",
                    name="tags",
                    field=models.ManyToManyField(related_name="+", through="deals.DealTag", to="records.tag"),
                ),
                migrations.AddField(
                    model_name="dealtagversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealtag",
                    ),
                ),
                migrations.AddField(
                    model_name="dealtagversion",
                    name="record",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealtagversion",
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
                    model_name="dealtagversion",
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
                    model_name="dealversion",
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
                    model_name="dealversion",
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
                    model_name="dealversion",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
                migrations.AddField(
                    model_name="dealversion",
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
                    model_name="dealversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealversion",
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
                    model_name="dealversion",
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
                    model_name="pipeline",
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
                    model_name="dealversion",
                    name="pipeline",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.pipeline",
                        verbose_name="pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="deal",
                    name="pipeline",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="deals",
                        to="deals.pipeline",
                        verbose_name="pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineversion",
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
                    model_name="stage",
                    name="pipeline",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="stages",
                        to="deals.pipeline",
                        verbose_name="pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="stage",
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
                    model_name="dealversion",
                    name="stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stage",
                        verbose_name="stage",
                    ),
                ),
                migrations.AddField(
                    model_name="deal",
                    name="stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="deals",
                        to="deals.stage",
                        verbose_name="stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechange",
                    name="changed_by",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechange",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="stage_changes", to="deals.deal"
                    ),
                ),
                migrations.AddField(
                    model_name="stagechange",
                    name="from_stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechange",
                    name="to_stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechange",
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
                    model_name="stagechangeversion",
                    name="changed_by",
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
                    model_name="stagechangeversion",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechangeversion",
                    name="from_stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechangeversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.stagechange",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechangeversion",
                    name="to_stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagechangeversion",
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
                    model_name="stageversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stageversion",
                    name="pipeline",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.pipeline",
                        verbose_name="pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="stageversion",
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
                    model_name="dealcontact",
                    index=models.Index(fields=["workspace", "contact"], name="deals_deal_27a7_contact_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "deal", "contact"),
                        name="deals_dealcontact_once",
                        violation_error_message="This person is on the deal already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "deal_id"], name="deals_dealcontact_primary", where="is_primary"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealcontact_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealcontact_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deal", name="deals_dealcontact_deal_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="contact", name="deals_dealcontact_contact_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcontact",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="role", name="deals_dealcontact_role_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealcontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealcontactversion" ("change_set_id", "contact_id", "deal_id", "id", "is_primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."deal_id", new_values."id", new_values."is_primary", clock_timestamp(), \'insert\', new_values."id", new_values."role_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="9c9f025fbc1ef06b4f163d6647c71c9cf804d53e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8efbc",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealcontact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealcontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealcontactversion" ("change_set_id", "contact_id", "deal_id", "id", "is_primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "workspace_id") SELECT records_change_set(), new_values."contact_id", new_values."deal_id", new_values."id", new_values."is_primary", clock_timestamp(), \'update\', new_values."id", new_values."role_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="a41c0887d299b6445519836133672c3dba0e28f7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd2a7",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealcontact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealcontact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealcontactversion" ("change_set_id", "contact_id", "deal_id", "id", "is_primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "role_id", "workspace_id") SELECT records_change_set(), old_values."contact_id", old_values."deal_id", old_values."id", old_values."is_primary", clock_timestamp(), \'delete\', old_values."id", old_values."role_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="50463a67d10d55acd039a0ce2031d5b2199b91c4",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_10f46",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealcontact",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealcontactversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealcontact_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealcontactversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_dealcontact_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="dealcontactversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealcontactversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealevent",
                    index=models.Index(
                        models.F("workspace"),
                        models.F("record"),
                        models.OrderBy(models.F("occurred_at"), descending=True),
                        models.OrderBy(models.F("event"), descending=True),
                        name="dealevent_timeline",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealevent",
                    index=models.Index(fields=["workspace", "event"], name="deals_dealevent_event_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealevent",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealevent_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealevent",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealevent_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealevent_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealevent",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="event", name="deals_dealevent_event_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealfile",
                    index=models.Index(fields=["workspace", "record"], name="deals_dealfile_record_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealfile",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealfile_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealfile",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealfile_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealfile_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealfile",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="deals_dealfile_created_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="6506a82112e6b45c224bb2b17e5b4552fbb1bbdb",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ad6d5",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), new_values."content_type", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."size", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="00d3b53381cc7be9a575daf226ec235d5e9c969e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9176",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealfile",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealfile",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealfileversion" ("change_set_id", "content_type", "created_at", "created_by_id", "file", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "size", "workspace_id") SELECT records_change_set(), old_values."content_type", old_values."created_at", old_values."created_by_id", old_values."file", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."size", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="a165362e08bc9a5b450e534fd6d8db04061a385d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d9165",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealfile",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealfileversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealfile_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealfileversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_dealfile_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="dealfileversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealfileversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealpulse",
                    index=models.Index(fields=["workspace", "last_activity_at", "record"], name="dealpulse_last"),
                ),
                migrations.AddIndex(
                    model_name="dealpulse",
                    index=models.Index(fields=["workspace", "next_activity_at", "record"], name="dealpulse_next"),
                ),
                migrations.AddConstraint(
                    model_name="dealpulse",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealpulse_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealpulse",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealpulse_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealpulse",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealpulse_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealpulse",
                    constraint=models.UniqueConstraint(
                        fields=("workspace", "record"), name="deals_dealpulse_record_id_once"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealtag",
                    index=models.Index(fields=["workspace", "tag"], name="deals_dealtag_tag_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealtag",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "record", "tag"),
                        name="dealtag_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealtag",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealtag_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealtag",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealtag_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealtag",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="record", name="deals_dealtag_record_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealtag",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="tag", name="deals_dealtag_tag_id_wfk"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealtagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="f9808ca8009bfb16e94149463b7d1941fad8bac0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c28f9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealtag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealtagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."record_id", new_values."tag_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="459b08ae2a77f2ef103a342cb71474ea25b63b79",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_06e09",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealtag",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealtag",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealtagversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "record_id", "tag_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."record_id", old_values."tag_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="4a09d94a72dfee561a0249ea9b82c77c36c308a3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a013e",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealtag",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealtagversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealtag_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealtagversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_dealtag_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="dealtagversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealtagversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pipeline",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "name"),
                        name="deals_pipeline_name",
                        violation_error_message="A pipeline of this name exists.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pipeline",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_pipeline_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pipeline",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_pipeline_ws_id"),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipeline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineversion" ("change_set_id", "currency", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), new_values."currency", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="f7f5f476d3be323f83273037cf7de961edb8c7f0",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_59833",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_pipeline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipeline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineversion" ("change_set_id", "currency", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), new_values."currency", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="8c92f8358715ea5ac87abee1d9cafdf5c2982b4c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_25979",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_pipeline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipeline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineversion" ("change_set_id", "currency", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT records_change_set(), old_values."currency", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="81389466317e2f49b5f29b224a6ed705d7b045ac",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3e785",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_pipeline",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="pipelineversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_pipeline_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="pipelineversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_pipeline_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="pipelineversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_pipelineversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stage",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "pipeline", "name"),
                        name="deals_stage_name",
                        violation_error_message="A stage of this name exists in the pipeline.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stage",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_stage_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stage",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_stage_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="stage",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="pipeline", name="deals_stage_pipeline_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stageversion" ("change_set_id", "hue", "id", "idle_days", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "win_chance", "workspace_id") SELECT records_change_set(), new_values."hue", new_values."id", new_values."idle_days", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."pipeline_id", new_values."position", new_values."win_chance", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="3b79fe2b81a29952181ce62c99e114f32f5a1f4c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_684f6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_stage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stageversion" ("change_set_id", "hue", "id", "idle_days", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "win_chance", "workspace_id") SELECT records_change_set(), new_values."hue", new_values."id", new_values."idle_days", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."pipeline_id", new_values."position", new_values."win_chance", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="a8a991f27fd9610d42a94a1bf83d09388619f2f8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_554d3",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_stage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stageversion" ("change_set_id", "hue", "id", "idle_days", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "win_chance", "workspace_id") SELECT records_change_set(), old_values."hue", old_values."id", old_values."idle_days", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."pipeline_id", old_values."position", old_values."win_chance", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="0bf7a2b246d1f130afb4a99a5a2040051e422476",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_51972",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_stage",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_deal_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_deal_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="dealversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "sort_name", "id"],
                        name="deal_sort_name",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "created_at", "id"],
                        name="deal_created_at",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "value", "id"],
                        name="deal_value",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "expected_close", "id"],
                        name="deal_expected_close",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "closed_on", "id"],
                        name="deal_closed_on",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=["workspace", "status", "id"],
                        name="deal_status",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(fields=["workspace", "owner", "sort_name", "id"], name="deal_owner"),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", True), ("status", "open")),
                        fields=["workspace", "stage", "rank", "id"],
                        name="deal_board",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deal",
                    index=models.Index(fields=["workspace", "organization"], name="deals_deal_organization_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "external_id"],
                        name="deal_external_id",
                        where="external_id <> '' AND deleted_at IS NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="deal_value",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("status", "open")),
                            models.Q(models.Q(("status", "open"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="deal_closed_on",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_deal_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_deal_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="pipeline", name="deals_deal_pipeline_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="stage", name="deals_deal_stage_id_wfk"),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="organization", name="deals_deal_organization_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="owner", name="deals_deal_owner_id_wfk"),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="source", name="deals_deal_source_id_wfk"),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="created_by", name="deals_deal_created_by_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deleted_by", name="deals_deal_deleted_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."close_reason" IS DISTINCT FROM (NEW."close_reason") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."expected_close" IS DISTINCT FROM (NEW."expected_close") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."pipeline_id" IS DISTINCT FROM (NEW."pipeline_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."stage_id" IS DISTINCT FROM (NEW."stage_id") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="7bfa357a32b0cca70da1b7e3a5f611c42049f306",
                            operation="UPDATE",
                            pgid="pgtrigger_version_a5a6e",
                            table="deals_deal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("change_set_id", "close_reason", "closed_on", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "id", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT records_change_set(), new_values."close_reason", new_values."closed_on", new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."expected_close", new_values."external_id", new_values."id", new_values."name", new_values."organization_id", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."pipeline_id", new_values."source_id", new_values."stage_id", new_values."stage_since", new_values."started_on", new_values."status", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="a42e1534966fae1f9dcede3b859ef9c9e96ca82a",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_107f7",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("change_set_id", "close_reason", "closed_on", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "id", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT records_change_set(), new_values."close_reason", new_values."closed_on", new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."expected_close", new_values."external_id", new_values."id", new_values."name", new_values."organization_id", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."pipeline_id", new_values."source_id", new_values."stage_id", new_values."stage_since", new_values."started_on", new_values."status", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."close_reason" IS DISTINCT FROM (new_values."close_reason") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."expected_close" IS DISTINCT FROM (new_values."expected_close") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."pipeline_id" IS DISTINCT FROM (new_values."pipeline_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."stage_id" IS DISTINCT FROM (new_values."stage_id") OR old_values."stage_since" IS DISTINCT FROM (new_values."stage_since") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."value" IS DISTINCT FROM (new_values."value") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="95d83281d4bf99889a478c0d9f45fd5f32fb06dc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e9aad",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("change_set_id", "close_reason", "closed_on", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "id", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT records_change_set(), old_values."close_reason", old_values."closed_on", old_values."created_at", old_values."created_by_id", old_values."currency", old_values."deleted_at", old_values."deleted_by_id", old_values."expected_close", old_values."external_id", old_values."id", old_values."name", old_values."organization_id", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."pipeline_id", old_values."source_id", old_values."stage_id", old_values."stage_since", old_values."started_on", old_values."status", old_values."value", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="03dc686bc36fdd7e170defc200983c1d51655bd9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8271c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="stagechange",
                    index=models.Index(fields=["workspace", "deal"], name="deals_stagechange_deal_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="stagechange",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_stagechange_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagechange",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_stagechange_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="stagechange",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deal", name="deals_stagechange_deal_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagechange",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="from_stage", name="deals_stagechange_from_stage_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagechange",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="to_stage", name="deals_stagechange_to_stage_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagechange",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="changed_by", name="deals_stagechange_changed_by_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagechange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagechangeversion" ("change_set_id", "changed_at", "changed_by_id", "deal_id", "from_stage_id", "from_status", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stayed", "to_stage_id", "to_status", "workspace_id") SELECT records_change_set(), new_values."changed_at", new_values."changed_by_id", new_values."deal_id", new_values."from_stage_id", new_values."from_status", new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."stayed", new_values."to_stage_id", new_values."to_status", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="5300d695284746717546b14fb2549ab1deb42160",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e306c",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_stagechange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagechange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagechangeversion" ("change_set_id", "changed_at", "changed_by_id", "deal_id", "from_stage_id", "from_status", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stayed", "to_stage_id", "to_status", "workspace_id") SELECT records_change_set(), new_values."changed_at", new_values."changed_by_id", new_values."deal_id", new_values."from_stage_id", new_values."from_status", new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."stayed", new_values."to_stage_id", new_values."to_status", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="34581477e44914d2a49946d0b2b31682921b21f2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ecc22",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_stagechange",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagechange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagechangeversion" ("change_set_id", "changed_at", "changed_by_id", "deal_id", "from_stage_id", "from_status", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stayed", "to_stage_id", "to_status", "workspace_id") SELECT records_change_set(), old_values."changed_at", old_values."changed_by_id", old_values."deal_id", old_values."from_stage_id", old_values."from_status", old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."stayed", old_values."to_stage_id", old_values."to_status", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="edee7c34d317f3f4acf0ec497a21420766882aaf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_abbf3",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_stagechange",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="stagechangeversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_stagechange_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="stagechangeversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_stagechange_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="stagechangeversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_stagechangeversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="stageversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_stage_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="stageversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="deals_stage_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="stageversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_stageversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
            ],
        ),
    ]
