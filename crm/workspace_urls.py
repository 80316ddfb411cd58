"""Addresses below /w/<slug>/, one room after the other."""

from django.urls import include, path

from activities import today_views
from workspaces.admin import workspace_site

from .search import everywhere

handler500 = "crm.errors.server_error"

urlpatterns = [
    path("", today_views.today, name="today"),
    path("today/", include("activities.today_urls")),
    path("reports/", include("reports.urls")),
    path("organizations/", include("organizations.urls")),
    path("people/", include("contacts.urls")),
    path("deals/", include("deals.urls")),
    path("activities/", include("activities.urls")),
    path("ties/", include("ties.urls")),
    path("transfers/", include("transfers.urls")),
    path("views/", include("records.saved.urls")),
    path("search/", everywhere, name="search"),
    path("history/", include("records.urls")),
    path("trash/", include("records.trash.urls")),
    path("settings/pipelines/", include("deals.setting.urls")),
    path("settings/reasons/", include("deals.setting.reason_urls")),
    path("settings/fields/", include("records.custom.urls")),
    path("notifications/", include("records.news.urls")),
    path("settings/rates/", include("deals.rates.urls")),
    path("settings/owners/", include("records.owners.urls")),
    path("settings/hand-over/", include("records.handover.urls")),
    path("settings/", include("workspaces.urls")),
    path("admin/", workspace_site.urls),
]
