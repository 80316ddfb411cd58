"""Addresses outside the workspaces."""

from django.contrib import admin
from django.urls import include, path

from workspaces.views.public import sign_out

handler500 = "crm.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    # Before allauth's own, which it wraps.
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("", include("records.news.public_urls")),
    path("", include("workspaces.public_urls")),
]
