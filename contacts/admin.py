from django.contrib import admin

from workspaces.admin import WorkspaceAdmin, workspace_site

from .models import Role


@admin.register(Role, site=workspace_site)
class RoleAdmin(WorkspaceAdmin):
    fields = ("name", "decides", "position")
    list_display = ("name", "decides", "position")
