"""Addresses below /w/<slug>/, one room after the other."""

from django.urls import include, path

from records import search_views
from workspaces.admin import workspace_site

urlpatterns = [
    path("", include("reports.urls")),
    path("organizations/", include("organizations.urls")),
    path("people/", include("contacts.urls")),
    path("deals/", include("deals.urls")),
    path("activities/", include("activities.urls")),
    path("transfers/", include("transfers.urls")),
    path("search/", search_views.everywhere, name="search"),
    path("history/", include("records.urls")),
    path("trash/", include("records.trash.urls")),
    path("settings/", include("workspaces.urls")),
    path("admin/", workspace_site.urls),
]
