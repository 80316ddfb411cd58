from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from workspaces.admin import WorkspaceAdmin, workspace_site

from .models import TieType


@admin.register(TieType, site=workspace_site)
class TieTypeAdmin(WorkspaceAdmin):
    fields = ("name", "reverse_name", "one_kind", "other_kind", "position")
    list_display = ("name", "reverse_name", "one_kind", "other_kind", "position")
    actions: Any = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that names ties stays."""
        used = obj is not None and obj.ties.exists()
        return not used and super().has_delete_permission(request, obj)
