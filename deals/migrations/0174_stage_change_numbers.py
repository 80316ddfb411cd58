import workspaces.operations
import django.db.models.deletion
import workspaces.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0173_unvalued"),
        ("workspaces", "0164_visible"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="stagechange",
                    name="deals_stagechange_deal_id_idx",
                ),
                migrations.AlterField(
                    model_name="stagechange",
                    name="deal",
                    field=workspaces.tenancy.WorkspaceForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="stage_changes",
                        to="deals.deal",
                    ),
                ),
                migrations.AddIndex(
                    model_name="stagechange",
                    index=models.Index(
                        fields=["workspace", "deal"],
                        include=("from_stage", "from_status", "stayed"),
                        name="deals_change_deal",
                    ),
                ),
            ]
        ),
    ]
