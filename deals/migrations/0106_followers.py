import core.tenancy
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0105_stirred"),
        ("workspaces", "0101_cache_table"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealFollower",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
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
                    "record",
                    workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="followers",
                        to="deals.deal",
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
                "indexes": [models.Index(fields=["workspace", "member", "record"], name="dealfollower_mine")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "record", "member"), name="dealfollower_once"),
                    workspaces.tenancy.RowLevelSecurity(
                        also_select="",
                        grants="SELECT, INSERT, UPDATE, DELETE",
                        name="deals_dealfollower_rls",
                        using="workspace_id = nullif(current_setting('app.workspace_id', true), '')::bigint",
                    ),
                    models.UniqueConstraint(fields=("workspace", "id"), name="deals_dealfollower_ws_id"),
                    workspaces.tenancy.CompositeForeignKey(field="record", name="deals_dealfollower_record_id_wfk"),
                    workspaces.tenancy.CompositeForeignKey(field="member", name="deals_dealfollower_member_id_wfk"),
                ],
            },
        ),
    ]
