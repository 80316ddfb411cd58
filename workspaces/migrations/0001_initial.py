import core.tenancy
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import secrets
import workspaces.operations
import workspaces.tenancy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("core", "0001_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("time_zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "As the system"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=6,
                        verbose_name="theme",
                    ),
                ),
                ("single_keys", models.BooleanField(default=True, verbose_name="single-key shortcuts")),
                ("is_staff", models.BooleanField(default=False, verbose_name="platform staff")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "date_joined",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="joined"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("admin", "Admin"),
                            ("manager", "Manager"),
                            ("rep", "Rep"),
                            ("viewer", "Viewer"),
                        ],
                        default="rep",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("external_id", models.CharField(blank=True, max_length=120, verbose_name="external id")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "manager",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="managed_teams",
                        to="workspaces.membership",
                        verbose_name="manager",
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                ("currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
                (
                    "country",
                    models.CharField(
                        default="US",
                        help_text="Phone numbers without a prefix belong to it.",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "workspace",
                "verbose_name_plural": "workspaces",
                "constraints": [
                    workspaces.tenancy.RowLevelSecurity(
                        also_select="workspaces_is_member(id) OR current_setting('app.platform', true) = 'on'",
                        grants="SELECT, INSERT, UPDATE",
                        name="workspaces_workspace_rls",
                        using="id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MembershipVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("admin", "Admin"),
                            ("manager", "Manager"),
                            ("rep", "Rep"),
                            ("viewer", "Viewer"),
                        ],
                        default="rep",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=80, verbose_name="region")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("external_id", models.CharField(blank=True, max_length=120, verbose_name="external id")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="versions",
                        related_query_name="versions",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("token_hash", models.CharField(default=secrets.token_hex, editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "invited_by",
                    workspaces.tenancy.WorkspaceForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="+",
                        to="workspaces.membership",
                    ),
                ),
                (
                    "membership",
                    workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="invitations",
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
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.CreateModel(
            name="TeamVersion",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("change_set_id", models.BigIntegerField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "manager",
                    workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workspaces.membership",
                        verbose_name="manager",
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
                        related_query_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="workspaces_team_v_obj"),
                    models.Index(fields=["workspace", "change_set_id"], name="workspaces_team_v_set"),
                ],
                "constraints": [
                    workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="workspaces_teamversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    )
                ],
            },
        ),
        workspaces.operations.Together(
            operations=[
                migrations.AddField(
                    model_name="membership",
                    name="team",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.DB_SET_NULL,
                        related_name="members",
                        to="workspaces.team",
                        verbose_name="team",
                    ),
                ),
                migrations.AddField(
                    model_name="team",
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
                    model_name="membership",
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
                migrations.AddIndex(
                    model_name="team",
                    index=models.Index(fields=["workspace", "manager"], name="workspaces_team_manager_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        fields=("workspace", "name"),
                        name="workspaces_team_name",
                        violation_error_message="A team of this name exists.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="workspaces_team_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_team_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="team",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="manager", name="workspaces_team_manager_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_teamversion" ("change_set_id", "id", "manager_id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."manager_id", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="837a1982977725b683176952749221facd7c0254",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cfa6d",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="workspaces_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_teamversion" ("change_set_id", "id", "manager_id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), new_values."id", new_values."manager_id", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="0dd16e3a7a9c9657a68df6ea1582125e55ab319a",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dddc4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="workspaces_team",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="team",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_teamversion" ("change_set_id", "id", "manager_id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "workspace_id") SELECT records_change_set(), old_values."id", old_values."manager_id", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="56f9dec4c44f841168cd84714b99ad7a361d07ba",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_62273",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="workspaces_team",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="membershipversion",
                    index=models.Index(fields=["workspace", "pgh_obj", "pgh_id"], name="workspaces_membership_v_obj"),
                ),
                migrations.AddIndex(
                    model_name="membershipversion",
                    index=models.Index(fields=["workspace", "change_set_id"], name="workspaces_membership_v_set"),
                ),
                migrations.AddConstraint(
                    model_name="membershipversion",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT",
                        name="workspaces_membershipversion_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddIndex(
                    model_name="membership",
                    index=models.Index(fields=["user", "workspace"], name="workspaces_member_user"),
                ),
                migrations.AddIndex(
                    model_name="membership",
                    index=models.Index(fields=["workspace", "name", "id"], name="workspaces_member_name"),
                ),
                migrations.AddIndex(
                    model_name="membership",
                    index=models.Index(fields=["workspace", "team"], name="workspaces_me_7c2a_team_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "user_id"], name="workspaces_member_once", where="user_id IS NOT NULL"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "lower(email)"], name="workspaces_member_email", where="email <> ''"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="user_id = nullif(current_setting('app.user_id', true), '')::bigint",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="workspaces_membership_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_membership_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="membership",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="team", name="workspaces_membership_team_id_wfk"
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_membershipversion" ("change_set_id", "created_at", "email", "external_id", "id", "is_active", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "role", "team_id", "user_id", "workspace_id") SELECT records_change_set(), new_values."created_at", new_values."email", new_values."external_id", new_values."id", new_values."is_active", new_values."name", clock_timestamp(), \'insert\', new_values."id", new_values."region", new_values."role", new_values."team_id", new_values."user_id", new_values."workspace_id" FROM (SELECT new_values.* FROM new_values ) AS new_values$statement$; RETURN NULL;',
                            hash="0f734c5daf9703395daaa6c3a6d2d204d024694b",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6e711",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="workspaces_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_membershipversion" ("change_set_id", "created_at", "email", "external_id", "id", "is_active", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "role", "team_id", "user_id", "workspace_id") SELECT records_change_set(), new_values."created_at", new_values."email", new_values."external_id", new_values."id", new_values."is_active", new_values."name", clock_timestamp(), \'update\', new_values."id", new_values."region", new_values."role", new_values."team_id", new_values."user_id", new_values."workspace_id" FROM (SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*)) AS new_values$statement$; RETURN NULL;',
                            hash="be2b473243d9e6963159c9541bb4f31d72915de8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5cec2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="workspaces_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='EXECUTE $statement$INSERT INTO "workspaces_membershipversion" ("change_set_id", "created_at", "email", "external_id", "id", "is_active", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "role", "team_id", "user_id", "workspace_id") SELECT records_change_set(), old_values."created_at", old_values."email", old_values."external_id", old_values."id", old_values."is_active", old_values."name", clock_timestamp(), \'delete\', old_values."id", old_values."region", old_values."role", old_values."team_id", old_values."user_id", old_values."workspace_id" FROM (SELECT old_values.* FROM old_values ) AS old_values$statement$; RETURN NULL;',
                            hash="7ea61b5f4966a609905700a65a173f210170151d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8d7d8",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="workspaces_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(fields=["workspace", "membership"], name="workspa_56cb_membership_id_idx"),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(fields=["workspace", "invited_by"], name="workspa_56cb_invited_by_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="workspaces_invitation_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(fields=("workspace", "id"), name="workspaces_invitation_ws_id"),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="membership", name="workspaces_invitation_membership_id_wfk"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=workspaces.tenancy.CompositeForeignKey(
                        field="invited_by", name="workspaces_invitation_invited_by_id_wfk"
                    ),
                ),
            ],
        ),
    ]
