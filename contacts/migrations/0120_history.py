import workspaces.operations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0104_followers"),
        ("organizations", "0120_history"),
        ("records", "0120_history"),
        ("workspaces", "0120_history"),
    ]

    operations = [
        workspaces.operations.Together(
            [
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["workspace", "-deleted_at", "-id"],
                        name="contact_trash",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contactemailversion",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_contactemail_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="contactfileversion",
                    index=models.Index(fields=["workspace", "record"], name="contacts_contactfile_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="contactphoneversion",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_contactphone_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="contacttagversion",
                    index=models.Index(fields=["workspace", "record"], name="contacts_contacttag_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="positionroleversion",
                    index=models.Index(fields=["workspace", "position"], name="contacts_positionrole_v_whole"),
                ),
                migrations.AddIndex(
                    model_name="positionversion",
                    index=models.Index(fields=["workspace", "contact"], name="contacts_position_v_whole"),
                ),
            ]
        )
    ]
