from django.apps import AppConfig
from django.db.models import fields
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        # Nothing chosen, in every language; Django's own words for it have no translations.
        fields.BLANK_CHOICE_LABEL = "—"
