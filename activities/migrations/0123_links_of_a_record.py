import django.db.models.deletion
import workspaces.operations
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0122_history_by_others"),
        ("contacts", "0122_history_by_others"),
        ("deals", "0121_history_by_others"),
        ("organizations", "0123_history_by_others"),
        ("workspaces", "0125_trail"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveConstraint(
                    model_name="activitylink",
                    name="activity_link_contact_once",
                ),
                migrations.RemoveConstraint(
                    model_name="activitylink",
                    name="activity_link_organization_once",
                ),
                migrations.RemoveConstraint(
                    model_name="activitylink",
                    name="activity_link_deal_once",
                ),
                migrations.AlterField(
                    model_name="pin",
                    name="activity",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE, related_name="pins", to="activities.activity"
                    ),
                ),
                migrations.AddIndex(
                    model_name="draft",
                    index=models.Index(
                        condition=models.Q(("contact__isnull", False)),
                        fields=["workspace", "contact"],
                        name="activities_draft_contact",
                    ),
                ),
                migrations.AddIndex(
                    model_name="draft",
                    index=models.Index(
                        condition=models.Q(("organization__isnull", False)),
                        fields=["workspace", "organization"],
                        name="activities_draft_organization",
                    ),
                ),
                migrations.AddIndex(
                    model_name="draft",
                    index=models.Index(
                        condition=models.Q(("deal__isnull", False)),
                        fields=["workspace", "deal"],
                        name="activities_draft_deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="pin",
                    index=models.Index(fields=["workspace", "activity"], name="activities_pin_activity_id_idx"),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "contact_id", "activity_id"],
                        name="activity_link_contact_once",
                        where="contact_id IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "organization_id", "activity_id"],
                        name="activity_link_organization_once",
                        where="organization_id IS NOT NULL",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="activitylink",
                    constraint=workspaces.tenancy.ExclusionRule(
                        columns=["workspace_id", "deal_id", "activity_id"],
                        name="activity_link_deal_once",
                        where="deal_id IS NOT NULL",
                    ),
                ),
            ]
        )
    ]
