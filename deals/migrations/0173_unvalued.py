from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deals", "0172_board")]
    operations = [
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                fields=["workspace", "currency", "closed_on"],
                name="deal_unvalued",
                condition=~models.Q(status="open") & models.Q(value__isnull=False, closed_value__isnull=True),
            ),
        ),
    ]
