from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import reasons

app_name = "reasons"
#: where they stand in the settings
REASONS_TOPIC = (
    _("Reasons of closing"),
    "reasons:reasons",
    ("close_reason", "view"),
    ("reason", "reason_create"),
)
urlpatterns = [
    path("", reasons.reasons, name="reasons"),
    path("new/", reasons.reason_create, name="reason_create"),
    path("<int:pk>/", reasons.reason, name="reason"),
    path("<int:pk>/place/", reasons.reason_place, name="reason_place"),
    path("<int:pk>/retirement/", reasons.reason_retirement, name="reason_retirement"),
    path("<int:pk>/revival/", reasons.reason_revival, name="reason_revival"),
    path("<int:pk>/removal/", reasons.reason_removal, name="reason_removal"),
]
