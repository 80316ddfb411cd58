from django.contrib import admin

from workspaces.admin import WorkspaceAdmin, workspace_site

from .models import Source, Tag


@admin.register(Source, site=workspace_site)
class SourceAdmin(WorkspaceAdmin):
    fields = ("name", "direction", "customer_status")
    list_display = ("name", "direction", "customer_status")
    list_filter = ("direction", "customer_status")


@admin.register(Tag, site=workspace_site)
class TagAdmin(WorkspaceAdmin):
    fields = ("name", "hue")
    list_display = ("name",)
    search_fields = ("name",)
