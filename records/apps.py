from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "records"
    verbose_name = _("Records")

    def ready(self):
        from workspaces import toasts
        from workspaces.templatetags.workspaces import SETTINGS
        from workspaces.views import members

        from .handover.views import path_for
        from .toasts import undo_path

        toasts.undo_path = undo_path
        members.hand_over_path = path_for
        SETTINGS.insert(1, (_("Notifications"), "news:attention", None, ()))
        SETTINGS.insert(-1, (_("Owners of new records"), "owners:owners", ("workspace", "change"), ()))
        # Not only pages know the lists, whose addresses import them: the worker exports them.
        autodiscover_modules("listing")
        # How history tells of each table; its panel stands on the page of every record.
        autodiscover_modules("telling")
        from .custom import telling  # noqa: F401 - tells
        from .custom.urls import FIELDS_TOPIC

        SETTINGS.insert(-1, FIELDS_TOPIC)
        from .history import panel  # noqa: F401 - registers
        from .past import shown_in_past
        from .saved import panel as groups  # noqa: F401 - registers
        from .saved import telling as views  # noqa: F401 - tells
        from .trail import panel as readers  # noqa: F401 - registers

        shown_in_past()
