import workspaces.operations
import core.tenancy
import django.contrib.postgres.fields
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
        ("contacts", "0166_fit_together"),
        ("deals", "0165_guarded"),
        ("organizations", "0166_fit_together"),
        ("records", "0164_visible"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        migrations.CreateModel(
            name="CloseReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        max_length=10,
                        verbose_name="how it ended",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retired")),
            ],
            options={
                "verbose_name": "reason",
                "verbose_name_plural": "reasons",
                "ordering": ("status", "position", "id"),
            },
        ),
        migrations.CreateModel(
            name="CloseReasonVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("won", "Won"), ("lost", "Lost"), ("abandoned", "Abandoned")],
                        max_length=10,
                        verbose_name="how it ended",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="retired")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealCompetitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "competitor",
                "verbose_name_plural": "competitors",
            },
        ),
        migrations.CreateModel(
            name="DealCompetitorVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DealLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="what")),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=3,
                        default=1,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="quantity",
                    ),
                ),
                ("price", models.BigIntegerField(default=0, verbose_name="price")),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="In percent.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="discount",
                    ),
                ),
            ],
            options={
                "verbose_name": "line",
                "verbose_name_plural": "lines",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="DealLineVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="what")),
                (
                    "quantity",
                    models.DecimalField(
                        decimal_places=3,
                        default=1,
                        max_digits=12,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="quantity",
                    ),
                ),
                ("price", models.BigIntegerField(default=0, verbose_name="price")),
                (
                    "discount",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="In percent.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="discount",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PipelineTeam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="PipelineTeamVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StageTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="task")),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="In days.", null=True, verbose_name="due after"
                    ),
                ),
                ("is_must", models.BooleanField(default=False, verbose_name="must be done to win")),
            ],
            options={
                "verbose_name": "task of a stage",
                "verbose_name_plural": "tasks of a stage",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="StageTaskVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="task")),
                (
                    "due_days",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="In days.", null=True, verbose_name="due after"
                    ),
                ),
                ("is_must", models.BooleanField(default=False, verbose_name="must be done to win")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StageWay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="StageWayVersion",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        workspaces.operations.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="version",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="deal",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="pipeline",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="pipeline",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="pipeline",
                    name="delete_delete",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="stage",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="stage",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="stage",
                    name="delete_delete",
                ),
                migrations.AddField(
                    model_name="deal",
                    name="adds_up",
                    field=models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="value from its lines"
                    ),
                ),
                migrations.AddField(
                    model_name="deal",
                    name="closed_value",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="deal",
                    name="forecast",
                    field=models.CharField(
                        choices=[
                            ("omitted", "Omitted"),
                            ("pipeline", "Pipeline"),
                            ("best", "Best case"),
                            ("commit", "Commit"),
                        ],
                        db_default="pipeline",
                        default="pipeline",
                        max_length=10,
                        verbose_name="forecast category",
                    ),
                ),
                migrations.AddField(
                    model_name="deal",
                    name="probability",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="win chance by hand",
                    ),
                ),
                migrations.AddField(
                    model_name="dealversion",
                    name="adds_up",
                    field=models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="value from its lines"
                    ),
                ),
                migrations.AddField(
                    model_name="dealversion",
                    name="closed_value",
                    field=models.BigIntegerField(blank=True, editable=False, null=True),
                ),
                migrations.AddField(
                    model_name="dealversion",
                    name="forecast",
                    field=models.CharField(
                        choices=[
                            ("omitted", "Omitted"),
                            ("pipeline", "Pipeline"),
                            ("best", "Best case"),
                            ("commit", "Commit"),
                        ],
                        db_default="pipeline",
                        default="pipeline",
                        max_length=10,
                        verbose_name="forecast category",
                    ),
                ),
                migrations.AddField(
                    model_name="dealversion",
                    name="probability",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="win chance by hand",
                    ),
                ),
                migrations.AddField(
                    model_name="pipeline",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                ),
                migrations.AddField(
                    model_name="pipeline",
                    name="card_fields",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        verbose_name="on its cards",
                    ),
                ),
                migrations.AddField(
                    model_name="pipeline",
                    name="opens_with",
                    field=models.CharField(blank=True, max_length=1000, verbose_name="default view"),
                ),
                migrations.AddField(
                    model_name="pipelineversion",
                    name="archived_at",
                    field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="archived"),
                ),
                migrations.AddField(
                    model_name="pipelineversion",
                    name="card_fields",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        verbose_name="on its cards",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineversion",
                    name="opens_with",
                    field=models.CharField(blank=True, max_length=1000, verbose_name="default view"),
                ),
                migrations.AddField(
                    model_name="stage",
                    name="card_limit",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The board shows when there are more.",
                        null=True,
                        verbose_name="most cards",
                    ),
                ),
                migrations.AddField(
                    model_name="stage",
                    name="entry_roles",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("owner", "Owner"),
                                ("admin", "Admin"),
                                ("manager", "Manager"),
                                ("rep", "Rep"),
                                ("viewer", "Viewer"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="who may move in",
                    ),
                ),
                migrations.AddField(
                    model_name="stage",
                    name="required",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        verbose_name="needed to go on",
                    ),
                ),
                migrations.AddField(
                    model_name="stageversion",
                    name="card_limit",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The board shows when there are more.",
                        null=True,
                        verbose_name="most cards",
                    ),
                ),
                migrations.AddField(
                    model_name="stageversion",
                    name="entry_roles",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("owner", "Owner"),
                                ("admin", "Admin"),
                                ("manager", "Manager"),
                                ("rep", "Rep"),
                                ("viewer", "Viewer"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        verbose_name="who may move in",
                    ),
                ),
                migrations.AddField(
                    model_name="stageversion",
                    name="required",
                    field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        verbose_name="needed to go on",
                    ),
                ),
                migrations.AddField(
                    model_name="closereason",
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
                    name="reason",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="deals",
                        to="deals.closereason",
                        verbose_name="reason of the list",
                    ),
                ),
                migrations.AddField(
                    model_name="dealversion",
                    name="reason",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.closereason",
                        verbose_name="reason of the list",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("probability__isnull", True), ("probability__lte", 100), _connector="OR"),
                        name="deal_probability",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deal",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="reason", name="deals_deal_reason_id_wfk"),
                ),
                migrations.AddField(
                    model_name="closereasonversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.closereason",
                    ),
                ),
                migrations.AddField(
                    model_name="closereasonversion",
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
                    model_name="dealcompetitor",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="competitor_links",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcompetitor",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="rival_links",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcompetitor",
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
                    model_name="dealcompetitorversion",
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
                    model_name="dealcompetitorversion",
                    name="organization",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="organizations.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcompetitorversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealcompetitor",
                    ),
                ),
                migrations.AddField(
                    model_name="dealcompetitorversion",
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
                    model_name="dealline",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="lines",
                        to="deals.deal",
                    ),
                ),
                migrations.AddField(
                    model_name="dealline",
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
                    model_name="deallineversion",
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
                    model_name="deallineversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.dealline",
                    ),
                ),
                migrations.AddField(
                    model_name="deallineversion",
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
                    model_name="pipelineteam",
                    name="pipeline",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="team_links",
                        to="deals.pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineteam",
                    name="team",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="+", to="workspaces.team"
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineteam",
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
                    model_name="pipeline",
                    name="teams",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="deals.PipelineTeam",
                        to="workspaces.team",
                        verbose_name="teams that may use it",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineteamversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.pipelineteam",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineteamversion",
                    name="pipeline",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.pipeline",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineteamversion",
                    name="team",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.team",
                    ),
                ),
                migrations.AddField(
                    model_name="pipelineteamversion",
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
                    model_name="stagetask",
                    name="stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="tasks",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagetask",
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
                    model_name="stagetaskversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.stagetask",
                    ),
                ),
                migrations.AddField(
                    model_name="stagetaskversion",
                    name="stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagetaskversion",
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
                    model_name="stageway",
                    name="stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="ways",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stageway",
                    name="to",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="+", to="deals.stage"
                    ),
                ),
                migrations.AddField(
                    model_name="stageway",
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
                    model_name="stage",
                    name="next_stages",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        through="deals.StageWay",
                        to="deals.stage",
                        verbose_name="may go on to",
                    ),
                ),
                migrations.AddField(
                    model_name="stagewayversion",
                    name="pgh_obj",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="deals.stageway",
                    ),
                ),
                migrations.AddField(
                    model_name="stagewayversion",
                    name="stage",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagewayversion",
                    name="to",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="deals.stage",
                    ),
                ),
                migrations.AddField(
                    model_name="stagewayversion",
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
                migrations.AddConstraint(
                    model_name="closereason",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "status", "name"),
                        name="deals_closereason_name",
                        violation_error_message="A reason of this name exists.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="closereason",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_closereason_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="closereason",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_closereason_ws_id"),
                ),
                migrations.AddIndex(
                    model_name="closereasonversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_closereason_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="closereasonversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="deals_closereason_v_set"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="closereasonversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_closereasonversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealcompetitor",
                    index=models.Index(fields=["workspace", "organization"], name="deals_5ba4_organization_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="dealcompetitor",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "deal", "organization"),
                        name="deals_dealcompetitor_once",
                        violation_error_message="This organization is a competitor on the deal already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcompetitor",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealcompetitor_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcompetitor",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealcompetitor_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealcompetitor",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="deal", name="deals_dealcompetitor_deal_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcompetitor",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="organization", name="deals_dealcompetitor_organization_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealcompetitorversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealcompetitor_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="dealcompetitorversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealcompetitor_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealcompetitorversion",
                    index=models.Index(fields=["workspace", "deal"], name="deals_dealcompetitor_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="dealcompetitorversion",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["workspace", "organization"],
                        name="deals_deal_5ba4_v_organization",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealcompetitorversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_dealcompetitorversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dealline",
                    index=models.Index(fields=["workspace", "deal"], name="deals_dealline_deal"),
                ),
                migrations.AddConstraint(
                    model_name="dealline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="deals_dealline_quantity"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="deals_dealline_price"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("discount__gte", 0), ("discount__lte", 100)), name="deals_dealline_discount"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealline",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealline_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dealline",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealline_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="dealline",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="deal", name="deals_dealline_deal_id_wfk"),
                ),
                migrations.AddIndex(
                    model_name="deallineversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_dealline_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="deallineversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_dealline_v_set"),
                ),
                migrations.AddIndex(
                    model_name="deallineversion",
                    index=models.Index(fields=["workspace", "deal"], name="deals_dealline_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="deallineversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_deallineversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="pipelineteam",
                    index=models.Index(fields=["workspace", "team"], name="deals_pipelineteam_team_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="pipelineteam",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "pipeline", "team"),
                        name="deals_pipelineteam_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pipelineteam",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_pipelineteam_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pipelineteam",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_pipelineteam_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="pipelineteam",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="pipeline", name="deals_pipelineteam_pipeline_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pipelineteam",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="team", name="deals_pipelineteam_team_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="pipelineteamversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_pipelineteam_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="pipelineteamversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="deals_pipelineteam_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="pipelineteamversion",
                    index=models.Index(fields=["workspace", "pipeline"], name="deals_pipelineteam_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="pipelineteamversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_pipelineteamversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="stagetask",
                    index=models.Index(fields=["workspace", "stage"], name="deals_stagetask_stage"),
                ),
                migrations.AddConstraint(
                    model_name="stagetask",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_stagetask_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stagetask",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_stagetask_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="stagetask",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="stage", name="deals_stagetask_stage_id_wfk"
                    ),
                ),
                migrations.AddIndex(
                    model_name="stagetaskversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_stagetask_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="stagetaskversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_stagetask_v_set"),
                ),
                migrations.AddIndex(
                    model_name="stagetaskversion",
                    index=models.Index(fields=["workspace", "stage"], name="deals_stagetask_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="stagetaskversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_stagetaskversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="stageway",
                    index=models.Index(fields=["workspace", "to"], name="deals_stageway_to_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="stageway",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "stage", "to"),
                        name="deals_stageway_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stageway",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_stageway_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stageway",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="deals_stageway_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="stageway",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="stage", name="deals_stageway_stage_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="stageway",
                    constraint=workspaces.tenancy.CompositeForeignKey(field="to", name="deals_stageway_to_id_wfk"),
                ),
                migrations.AddIndex(
                    model_name="stagewayversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="deals_stageway_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="stagewayversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="deals_stageway_v_set"),
                ),
                migrations.AddIndex(
                    model_name="stagewayversion",
                    index=models.Index(fields=["workspace", "stage"], name="deals_stageway_v_whole"),
                ),
                migrations.AddConstraint(
                    model_name="stagewayversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="deals_stagewayversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."adds_up" IS DISTINCT FROM (NEW."adds_up") OR OLD."close_reason" IS DISTINCT FROM (NEW."close_reason") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."closed_value" IS DISTINCT FROM (NEW."closed_value") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."currency" IS DISTINCT FROM (NEW."currency") OR OLD."deleted_at" IS DISTINCT FROM (NEW."deleted_at") OR OLD."deleted_by_id" IS DISTINCT FROM (NEW."deleted_by_id") OR OLD."expected_close" IS DISTINCT FROM (NEW."expected_close") OR OLD."external_id" IS DISTINCT FROM (NEW."external_id") OR OLD."forecast" IS DISTINCT FROM (NEW."forecast") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_private" IS DISTINCT FROM (NEW."is_private") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."organization_id" IS DISTINCT FROM (NEW."organization_id") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."pipeline_id" IS DISTINCT FROM (NEW."pipeline_id") OR OLD."probability" IS DISTINCT FROM (NEW."probability") OR OLD."reason_id" IS DISTINCT FROM (NEW."reason_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."stage_id" IS DISTINCT FROM (NEW."stage_id") OR OLD."stage_since" IS DISTINCT FROM (NEW."stage_since") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."workspace_id" IS DISTINCT FROM (NEW."workspace_id"))',
                            func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
                            hash="022fc66cd615f8858616501760d796626ea92b53",
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
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("adds_up", "change_set_id", "close_reason", "closed_on", "closed_value", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "forecast", "id", "is_private", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "reason_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT new_values."adds_up", records_change_set(), new_values."close_reason", new_values."closed_on", new_values."closed_value", new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."expected_close", new_values."external_id", new_values."forecast", new_values."id", new_values."is_private", new_values."name", new_values."organization_id", new_values."owner_id", clock_timestamp(), \'insert\', new_values."id", new_values."pipeline_id", new_values."probability", new_values."reason_id", new_values."source_id", new_values."stage_id", new_values."stage_since", new_values."started_on", new_values."status", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="2a512daa95ead21c8ad7a564bb4701a82a9edd6c",
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
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("adds_up", "change_set_id", "close_reason", "closed_on", "closed_value", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "forecast", "id", "is_private", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "reason_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT new_values."adds_up", records_change_set(), new_values."close_reason", new_values."closed_on", new_values."closed_value", new_values."created_at", new_values."created_by_id", new_values."currency", new_values."deleted_at", new_values."deleted_by_id", new_values."expected_close", new_values."external_id", new_values."forecast", new_values."id", new_values."is_private", new_values."name", new_values."organization_id", new_values."owner_id", clock_timestamp(), \'update\', new_values."id", new_values."pipeline_id", new_values."probability", new_values."reason_id", new_values."source_id", new_values."stage_id", new_values."stage_since", new_values."started_on", new_values."status", new_values."value", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."adds_up" IS DISTINCT FROM (new_values."adds_up") OR old_values."close_reason" IS DISTINCT FROM (new_values."close_reason") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."closed_value" IS DISTINCT FROM (new_values."closed_value") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."currency" IS DISTINCT FROM (new_values."currency") OR old_values."deleted_at" IS DISTINCT FROM (new_values."deleted_at") OR old_values."deleted_by_id" IS DISTINCT FROM (new_values."deleted_by_id") OR old_values."expected_close" IS DISTINCT FROM (new_values."expected_close") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."forecast" IS DISTINCT FROM (new_values."forecast") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_private" IS DISTINCT FROM (new_values."is_private") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."organization_id" IS DISTINCT FROM (new_values."organization_id") OR old_values."owner_id" IS DISTINCT FROM (new_values."owner_id") OR old_values."pipeline_id" IS DISTINCT FROM (new_values."pipeline_id") OR old_values."probability" IS DISTINCT FROM (new_values."probability") OR old_values."reason_id" IS DISTINCT FROM (new_values."reason_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."stage_id" IS DISTINCT FROM (new_values."stage_id") OR old_values."stage_since" IS DISTINCT FROM (new_values."stage_since") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."value" IS DISTINCT FROM (new_values."value") OR old_values."workspace_id" IS DISTINCT FROM (new_values."workspace_id"))) AS new_values$statement$; RETURN NULL;',
                            hash="987955524584e54061cc749aab08e4028dcf2e37",
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
                            func='EXECUTE $statement$INSERT INTO "deals_dealversion" ("adds_up", "change_set_id", "close_reason", "closed_on", "closed_value", "created_at", "created_by_id", "currency", "deleted_at", "deleted_by_id", "expected_close", "external_id", "forecast", "id", "is_private", "name", "organization_id", "owner_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "probability", "reason_id", "source_id", "stage_id", "stage_since", "started_on", "status", "value", "workspace_id") SELECT old_values."adds_up", records_change_set(), old_values."close_reason", old_values."closed_on", old_values."closed_value", old_values."created_at", old_values."created_by_id", old_values."currency", old_values."deleted_at", old_values."deleted_by_id", old_values."expected_close", old_values."external_id", old_values."forecast", old_values."id", old_values."is_private", old_values."name", old_values."organization_id", old_values."owner_id", clock_timestamp(), \'delete\', old_values."id", old_values."pipeline_id", old_values."probability", old_values."reason_id", old_values."source_id", old_values."stage_id", old_values."stage_since", old_values."started_on", old_values."status", old_values."value", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="8fea7282185e4a27190c5a0345ecbf835c609dd8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8271c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_deal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipeline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineversion" ("archived_at", "card_fields", "change_set_id", "currency", "id", "name", "opens_with", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT new_values."archived_at", new_values."card_fields", records_change_set(), new_values."currency", new_values."id", new_values."name", new_values."opens_with", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="7db6e5541ba0371a437490825816d8bb695d6cff",
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
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineversion" ("archived_at", "card_fields", "change_set_id", "currency", "id", "name", "opens_with", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT new_values."archived_at", new_values."card_fields", records_change_set(), new_values."currency", new_values."id", new_values."name", new_values."opens_with", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="d2cc8b8c4b2d1649642ffcd3a9f41451dcc47ab1",
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
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineversion" ("archived_at", "card_fields", "change_set_id", "currency", "id", "name", "opens_with", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "workspace_id") SELECT old_values."archived_at", old_values."card_fields", records_change_set(), old_values."currency", old_values."id", old_values."name", old_values."opens_with", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="1cce1af35968cc8e601131a25e7bebbcc4ef8c91",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3e785",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_pipeline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stageversion" ("card_limit", "change_set_id", "entry_roles", "hue", "id", "idle_days", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "required", "win_chance", "workspace_id") SELECT new_values."card_limit", records_change_set(), new_values."entry_roles", new_values."hue", new_values."id", new_values."idle_days", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."pipeline_id", new_values."position", new_values."required", new_values."win_chance", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="cfd3103d0c5a76f5a9c6e660c569f5681c1369a4",
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
                            func='EXECUTE $statement$INSERT INTO "deals_stageversion" ("card_limit", "change_set_id", "entry_roles", "hue", "id", "idle_days", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "required", "win_chance", "workspace_id") SELECT new_values."card_limit", records_change_set(), new_values."entry_roles", new_values."hue", new_values."id", new_values."idle_days", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."pipeline_id", new_values."position", new_values."required", new_values."win_chance", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="d388f764f9deab02e11ac019898db70b47086528",
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
                            func='EXECUTE $statement$INSERT INTO "deals_stageversion" ("card_limit", "change_set_id", "entry_roles", "hue", "id", "idle_days", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "position", "required", "win_chance", "workspace_id") SELECT old_values."card_limit", records_change_set(), old_values."entry_roles", old_values."hue", old_values."id", old_values."idle_days", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."pipeline_id", old_values."position", old_values."required", old_values."win_chance", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="b3258b55cdebd38204dffcba2affed5815ab3e16",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_51972",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_stage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="closereason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_closereasonversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_at", "status", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."retired_at", new_values."status", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="e540017fb31c9bd17b5968b90dfce0f75083a141",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_085e9",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_closereason",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="closereason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_closereasonversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_at", "status", "workspace_id") SELECT records_change_set(), new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."retired_at", new_values."status", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="d4011db61b1d75cc9507dd53653bd574e2f8c421",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8577a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_closereason",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="closereason",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_closereasonversion" ("change_set_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "retired_at", "status", "workspace_id") SELECT records_change_set(), old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."retired_at", old_values."status", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="9ded4fe76d323b3f46aa040f9608c424a957bd20",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_097bb",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_closereason",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealcompetitor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealcompetitorversion" ("change_set_id", "deal_id", "id", "note", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."deal_id", new_values."id", new_values."note", new_values."organization_id", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="02d340052a8e781bec2a888c9edeb21332736387",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_08811",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealcompetitor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealcompetitor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealcompetitorversion" ("change_set_id", "deal_id", "id", "note", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."deal_id", new_values."id", new_values."note", new_values."organization_id", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="b06ee19d2ace414a4f80dba653fbfbc67323d21f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c53ff",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealcompetitor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealcompetitor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_dealcompetitorversion" ("change_set_id", "deal_id", "id", "note", "organization_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."deal_id", old_values."id", old_values."note", old_values."organization_id", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="57ba30743b4a35843c9d5081b8b66c1cc866eae3",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_476c2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealcompetitor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_deallineversion" ("change_set_id", "deal_id", "discount", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price", "quantity", "workspace_id") SELECT records_change_set(), new_values."deal_id", new_values."discount", new_values."id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."price", new_values."quantity", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="01d898b4600b5bb22d39e1280414a63a23a851ba",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_28b6e",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_dealline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_deallineversion" ("change_set_id", "deal_id", "discount", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price", "quantity", "workspace_id") SELECT records_change_set(), new_values."deal_id", new_values."discount", new_values."id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."price", new_values."quantity", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="b6982208c97578743e9ea7ad1864c08da1aba322",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a0aa1",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_dealline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_deallineversion" ("change_set_id", "deal_id", "discount", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "price", "quantity", "workspace_id") SELECT records_change_set(), old_values."deal_id", old_values."discount", old_values."id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."price", old_values."quantity", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="e33fed1f99c712a8c1742041e6fc3c3b84988ddf",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ec483",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_dealline",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipelineteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineteamversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "team_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."pipeline_id", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="7c681eb9fd34972dc5ab0703426c34b2a515f471",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_629c2",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_pipelineteam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipelineteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineteamversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "team_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."pipeline_id", new_values."team_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="364910c656891cc57b025157132060f3f34e6efc",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a764f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_pipelineteam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pipelineteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_pipelineteamversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pipeline_id", "team_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."pipeline_id", old_values."team_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="59a130753b1c48641ed56303a59aa800493dee00",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ad12a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_pipelineteam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagetaskversion" ("change_set_id", "due_days", "id", "is_must", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stage_id", "workspace_id") SELECT records_change_set(), new_values."due_days", new_values."id", new_values."is_must", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."position", new_values."stage_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="67d7a6575d9dd107c369e7230219a552a5fd1a7e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eb9f8",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_stagetask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagetaskversion" ("change_set_id", "due_days", "id", "is_must", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stage_id", "workspace_id") SELECT records_change_set(), new_values."due_days", new_values."id", new_values."is_must", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."position", new_values."stage_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="2606d8ed059474389178cebffd68f10a963e64e0",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_39160",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_stagetask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stagetask",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagetaskversion" ("change_set_id", "due_days", "id", "is_must", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "stage_id", "workspace_id") SELECT records_change_set(), old_values."due_days", old_values."id", old_values."is_must", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."position", old_values."stage_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="2fce66d5d12fa7a6884eb1894abc4ec5f38a11e1",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_90e0b",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_stagetask",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stageway",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagewayversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage_id", "to_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'insert\', new_values."id", new_values."stage_id", new_values."to_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="61c0ba5c661c16fdfca61e9669d982f63ad3130f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a429b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="deals_stageway",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stageway",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagewayversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage_id", "to_id", "workspace_id") SELECT records_change_set(), new_values."id", clock_timestamp(), \'update\', new_values."id", new_values."stage_id", new_values."to_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="21d7a3df44f74d04e3d68d1fa5ce0ccee556303a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4e96f",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="deals_stageway",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stageway",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "deals_stagewayversion" ("change_set_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stage_id", "to_id", "workspace_id") SELECT records_change_set(), old_values."id", clock_timestamp(), \'delete\', old_values."id", old_values."stage_id", old_values."to_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="eaa62499288edd812d8b555991806a183747d607",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ccd0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="deals_stageway",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
