import datetime

from django.db import migrations, models

EARLIEST = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
TOO_LATE = datetime.datetime(2201, 1, 1, tzinfo=datetime.UTC)


class Migration(migrations.Migration):
    dependencies = [("activities", "0104_compose")]

    operations = [
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    done_at__gte=EARLIEST,
                    done_at__lt=TOO_LATE,
                    due_at__gte=EARLIEST,
                    due_at__lt=TOO_LATE,
                    occurred_at__gte=EARLIEST,
                    occurred_at__lt=TOO_LATE,
                ),
                name="activity_years",
            ),
        ),
    ]
