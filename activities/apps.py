from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self):
        from deals.models.rules import KEEPERS, TaskKeeper
        from records.news import sources
        from records.wording import name_event

        from . import (
            bulk,  # noqa: F401 - registers
            news,
            panels,  # noqa: F401 - registers
            stage_tasks,
        )
        from .models import Activity
        from .past import shown_in_past

        shown_in_past()
        plan = Activity.objects.all().plan_musts
        KEEPERS.append(TaskKeeper(stage_tasks.are_open, stage_tasks.names_of, plan, stage_tasks.open_of))
        sources.add(news.of_mentions, news.of_timelines, news.of_tasks)

        name_event("completed", pgettext_lazy("event", "Done"), icon="check")
        name_event("put_off", pgettext_lazy("event", "Put off"), icon="clock")
