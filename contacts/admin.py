from django.contrib import admin

from workspaces.admin import WorkspaceAdmin, workspace_site

from .models import Role


@admin.register(Role, site=workspace_site)
class RoleAdmin(WorkspaceAdmin):
    record = "role"
    fields = ("name", "position")
    list_display = ("name", "position")
