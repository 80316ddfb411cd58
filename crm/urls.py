"""Addresses outside the workspaces."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("", include("workspaces.public_urls")),
]
