from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiesConfig(AppConfig):
    name = "ties"
    verbose_name = _("Ties")

    def ready(self):
        from workspaces.models.workspace import STARTERS

        from . import panels  # noqa: F401 - registers
        from .models import seed_types

        STARTERS.append(seed_types)
