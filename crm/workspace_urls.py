"""Addresses below /w/<slug>/, one room after the other."""

from django.urls import include, path

from workspaces.admin import workspace_site

urlpatterns = [
    path("people/", include("contacts.urls")),
    path("history/", include("records.urls")),
    path("settings/", include("workspaces.urls")),
    path("admin/", workspace_site.urls),
]
