from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class WorkspacesConfig(AppConfig):
    name = "workspaces"
    verbose_name = _("Workspaces")

    def ready(self):
        from . import letters  # noqa: F401 - so that the worker knows its jobs
        from .grants import grant_global_tables
        from .past.views import drop_views, write_views

        post_migrate.connect(grant_global_tables, dispatch_uid="workspaces.grants")
        # Once each, around the migrations of all rooms.
        pre_migrate.connect(drop_views, sender=self, dispatch_uid="workspaces.past.drop")
        post_migrate.connect(write_views, sender=self, dispatch_uid="workspaces.past.write")
