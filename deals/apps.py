from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DealsConfig(AppConfig):
    name = "deals"
    verbose_name = _("Deals")

    def ready(self):
        from workspaces.models.workspace import STARTERS

        from .models import Pipeline

        STARTERS.append(Pipeline.start)
