from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "fields"
#: where it stands in the settings
FIELDS_TOPIC = (_("Fields"), "fields:start", ("custom_field", "view"), ("fields", "field", "field_create", "group"))
urlpatterns = [
    path("", views.start, name="start"),
    path("field/<int:pk>/", views.field, name="field"),
    path("field/<int:pk>/place/", views.field_place, name="field_place"),
    path("field/<int:pk>/retirement/", views.field_retirement, name="field_retirement"),
    path("field/<int:pk>/revival/", views.field_revival, name="field_revival"),
    path("group/<int:pk>/", views.group, name="group"),
    path("group/<int:pk>/place/", views.group_place, name="group_place"),
    path("group/<int:pk>/removal/", views.group_removal, name="group_removal"),
    path("<slug:kind>/", views.fields, name="fields"),
    path("<slug:kind>/new/", views.field_create, name="field_create"),
]
