from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Contacts")

    def ready(self):
        from workspaces.models.workspace import STARTERS

        from . import panels  # noqa: F401 - registers
        from .models import seed_roles

        STARTERS.append(seed_roles)
