from django.urls import path

from records.listing import list_urls
from records.pages import page_urls

from . import entry_views, stage_task_views, views
from .listing import ActivityListing
from .pages import ActivityPage

app_name = "activities"
urlpatterns = [
    *list_urls(ActivityListing),
    *page_urls(ActivityPage),
    path("compose/<slug:kind>/<int:pk>/", views.compose, name="compose"),
    path("drafts/<slug:kind>/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/discarding/", views.draft_discard, name="draft_discard"),
    path("drafts/<int:pk>/restoring/", views.draft_restore, name="draft_restore"),
    path("stage-tasks/<int:pk>/<int:task>/", stage_task_views.add, name="stage_task"),
    path("mentions/", views.mentions, name="mentions"),
    path("<int:pk>/completion/", entry_views.completion, name="completion"),
    path("<int:pk>/due/", entry_views.due, name="due"),
    path("<int:pk>/entry/", entry_views.entry, name="entry"),
    path("<int:pk>/pin/", entry_views.pin, name="pin"),
    path("<int:pk>/removal/", entry_views.removal, name="removal"),
]
