from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = _("Activities")

    def ready(self):
        from records.wording import name_event

        from . import panels  # noqa: F401 - registers

        name_event("completed", _("Done"), icon="check")
        name_event("put_off", _("Put off"), icon="clock")
