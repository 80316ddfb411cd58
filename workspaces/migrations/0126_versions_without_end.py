import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspaces", "0125_trail"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="membershipversion",
                    name="workspaces_membership_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="teamversion",
                    name="workspaces_team_v_set",
                ),
                migrations.AlterField(
                    model_name="membershipversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="teamversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AddIndex(
                    model_name="membershipversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="workspaces_membership_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="teamversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="workspaces_team_v_set"),
                ),
            ]
        )
    ]
