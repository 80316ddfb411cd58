from django.urls import path

from records.listing import list_urls
from records.pages import page_urls

from . import views
from .listing import ActivityListing
from .pages import ActivityPage

app_name = "activities"
urlpatterns = [
    *list_urls(ActivityListing),
    *page_urls(ActivityPage),
    path("compose/<slug:kind>/<int:pk>/", views.compose, name="compose"),
    path("<int:pk>/completion/", views.completion, name="completion"),
    path("<int:pk>/due/", views.due, name="due"),
]
