import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0130_primary_of_new_lines"),
        ("organizations", "0124_versions_without_end"),
        ("records", "0132_versions_without_end"),
        ("workspaces", "0126_versions_without_end"),
    ]

    operations = [
        workspaces.operations.Together(
            operations=[
                migrations.RemoveIndex(
                    model_name="contactemailversion",
                    name="contacts_contactemail_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="contactfileversion",
                    name="contacts_contactfile_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="contactphoneversion",
                    name="contacts_contactphone_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="contacttagversion",
                    name="contacts_contacttag_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="contactversion",
                    name="contacts_contact_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="positionroleversion",
                    name="contacts_positionrole_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="positionversion",
                    name="contacts_position_v_set",
                ),
                migrations.RemoveIndex(
                    model_name="roleversion",
                    name="contacts_role_v_set",
                ),
                migrations.AlterField(
                    model_name="contactemailversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="contactfileversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="contactphoneversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="contacttagversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="contactversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="positionroleversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="positionversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AlterField(
                    model_name="roleversion",
                    name="pgh_id",
                    field=models.BigAutoField(primary_key=True, serialize=False),
                ),
                migrations.AddIndex(
                    model_name="contactemailversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactemail_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactfileversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactfile_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactphoneversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contactphone_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contacttagversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contacttag_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_contact_v_set"),
                ),
                migrations.AddIndex(
                    model_name="positionroleversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_positionrole_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="positionversion",
                    index=models.Index(
                        fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_position_v_set"
                    ),
                ),
                migrations.AddIndex(
                    model_name="roleversion",
                    index=models.Index(fields=["workspace", "change_set_id", "pgh_obj"], name="contacts_role_v_set"),
                ),
            ]
        )
    ]
