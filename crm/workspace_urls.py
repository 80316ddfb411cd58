"""Addresses below /w/<slug>/, one room after the other."""

from django.urls import include, path

urlpatterns = [
    path("people/", include("contacts.urls")),
    path("history/", include("records.urls")),
    path("settings/", include("workspaces.urls")),
]
