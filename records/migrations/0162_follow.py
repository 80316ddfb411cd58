import core.tenancy
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import workspaces.tenancy
import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0158_content"),
        ("workspaces", "0162_owner_rules"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.CreateModel(
                    name="Attention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("follows", models.JSONField(default=dict)),
                        ("letters", models.JSONField(default=dict)),
                        (
                            "hour",
                            models.PositiveSmallIntegerField(
                                default=8,
                                validators=[django.core.validators.MaxValueValidator(23)],
                                verbose_name="hour of the daily letter",
                            ),
                        ),
                        (
                            "member",
                            workspaces.tenancy.WorkspaceOneToOneField(
                                db_index=False,
                                on_delete=django.db.models.deletion.DB_CASCADE,
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
                        "abstract": False,
                        "constraints": [
                            workspaces.tenancy.RowLevelSecurity(
                                also_select="",
                                grants="SELECT, INSERT, UPDATE, DELETE",
                                name="records_attention_rls",
                                using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                            ),
                            models.UniqueConstraint(fields=("workspace", "id"), name="records_attention_ws_id"),
                            workspaces.tenancy.CompositeForeignKey(
                                field="member", name="records_attention_member_id_wfk"
                            ),
                            models.UniqueConstraint(
                                fields=("workspace", "member"), name="records_attention_member_id_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandOver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("to", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Running"),
                                    ("failed", "Given up"),
                                    ("done", "Done"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("step", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.TextField(blank=True)),
                        ("done", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("finished_at", models.DateTimeField(null=True)),
                        (
                            "leaver",
                            workspaces.tenancy.WorkspaceForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.DB_CASCADE,
                                related_name="hand_overs",
                                to="workspaces.membership",
                            ),
                        ),
                        (
                            "member",
                            workspaces.tenancy.WorkspaceForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DB_SET_NULL,
                                related_name="+",
                                to="workspaces.membership",
                            ),
                        ),
                        (
                            "result",
                            workspaces.tenancy.WorkspaceForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DB_SET_NULL,
                                related_name="+",
                                to="records.changeset",
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
                        "abstract": False,
                        "constraints": [
                            workspaces.tenancy.RowLevelSecurity(
                                also_select="",
                                grants="SELECT, INSERT, UPDATE, DELETE",
                                name="records_handover_rls",
                                using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                            ),
                            models.UniqueConstraint(fields=("workspace", "id"), name="records_handover_ws_id"),
                            workspaces.tenancy.CompositeForeignKey(
                                field="leaver", name="records_handover_leaver_id_wfk"
                            ),
                            workspaces.tenancy.CompositeForeignKey(
                                field="member", name="records_handover_member_id_wfk"
                            ),
                            workspaces.tenancy.CompositeForeignKey(
                                field="result", name="records_handover_result_id_wfk"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("mention", "Somebody mentions you"),
                                    ("given", "A record or a task is given to you"),
                                    ("new", "A new record that you follow from the start"),
                                    ("activity", "Something is written about a record that you follow"),
                                    ("changed", "A record that you follow is changed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("about", models.CharField(max_length=40)),
                        ("record", models.BigIntegerField()),
                        ("first", models.BigIntegerField()),
                        ("count", models.PositiveIntegerField(default=1)),
                        ("whole", models.BooleanField(default=True)),
                        ("place", models.CharField(blank=True, max_length=40)),
                        ("place_record", models.BigIntegerField(null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("mail_at", models.DateTimeField(null=True)),
                        ("mailed_at", models.DateTimeField(null=True)),
                        (
                            "change_set",
                            workspaces.tenancy.WorkspaceForeignKey(
                                on_delete=django.db.models.deletion.DB_CASCADE,
                                related_name="notices",
                                to="records.changeset",
                            ),
                        ),
                        (
                            "member",
                            workspaces.tenancy.WorkspaceForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.DB_CASCADE,
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
                        "indexes": [
                            models.Index(fields=["workspace", "member", "-id"], name="records_notice_member"),
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["workspace", "member", "id"],
                                name="records_notice_unread",
                            ),
                            models.Index(
                                condition=models.Q(("mail_at__isnull", False), ("mailed_at__isnull", True)),
                                fields=["workspace", "member", "mail_at"],
                                name="records_notice_mail",
                            ),
                            models.Index(fields=["workspace", "created_at"], name="records_notice_age"),
                            models.Index(fields=["workspace", "change_set"], name="records_1122_change_set_id_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "member", "change_set", "kind", "about", "record"),
                                name="records_notice_once",
                            ),
                            workspaces.tenancy.RowLevelSecurity(
                                also_select="",
                                grants="SELECT, INSERT, UPDATE, DELETE",
                                name="records_notice_rls",
                                using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                            ),
                            models.UniqueConstraint(fields=("workspace", "id"), name="records_notice_ws_id"),
                            workspaces.tenancy.CompositeForeignKey(field="member", name="records_notice_member_id_wfk"),
                            workspaces.tenancy.CompositeForeignKey(
                                field="change_set", name="records_notice_change_set_id_wfk"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Turn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("record", models.CharField(max_length=40)),
                        ("last", models.BigIntegerField(default=0)),
                        (
                            "team",
                            workspaces.tenancy.WorkspaceForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.DB_CASCADE,
                                related_name="+",
                                to="workspaces.team",
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
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "team", "record"), name="records_turn_once"),
                            workspaces.tenancy.RowLevelSecurity(
                                also_select="",
                                grants="SELECT, INSERT, UPDATE, DELETE",
                                name="records_turn_rls",
                                using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                            ),
                            models.UniqueConstraint(fields=("workspace", "id"), name="records_turn_ws_id"),
                            workspaces.tenancy.CompositeForeignKey(field="team", name="records_turn_team_id_wfk"),
                        ],
                    },
                ),
            ]
        )
    ]
