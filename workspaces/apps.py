from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkspacesConfig(AppConfig):
    name = "workspaces"
    verbose_name = _("Workspaces")

    def ready(self):
        from . import letters  # noqa: F401 - so that the worker knows its jobs
        from .grants import grant_global_tables

        post_migrate.connect(grant_global_tables, dispatch_uid="workspaces.grants")
