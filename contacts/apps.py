from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Contacts")

    def ready(self):
        from records.wording import name_event
        from workspaces.models.workspace import STARTERS

        from . import card_panel, duplicates, panels  # noqa: F401 - register
        from .models import seed_roles

        STARTERS.append(seed_roles)
        name_event("position_started", _("%(contact)s joined %(organization)s"), icon="building-office-2")
        name_event("position_changed", _("Position of %(contact)s at %(organization)s changed"), icon="pencil")
        name_event("position_ended", _("%(contact)s left %(organization)s"), icon="arrow-right-start-on-rectangle")
