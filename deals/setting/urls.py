from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "pipelines"
#: where they stand in the settings
PIPELINES_TOPIC = (
    _("Pipelines"),
    "pipelines:pipelines",
    ("pipeline", "view"),
    ("pipeline", "pipeline_create", "pipeline_edit", "stage_create", "stage", "stage_removal"),
)
urlpatterns = [
    path("", views.pipelines, name="pipelines"),
    path("new/", views.pipeline_create, name="pipeline_create"),
    path("<int:pk>/", views.pipeline, name="pipeline"),
    path("<int:pk>/edit/", views.pipeline_edit, name="pipeline_edit"),
    path("<int:pk>/place/", views.pipeline_place, name="pipeline_place"),
    path("<int:pk>/archiving/", views.pipeline_archiving, name="pipeline_archiving"),
    path("<int:pk>/revival/", views.pipeline_revival, name="pipeline_revival"),
    path("<int:pk>/removal/", views.pipeline_removal, name="pipeline_removal"),
    path("<int:pk>/stages/new/", views.stage_create, name="stage_create"),
    path("stages/<int:pk>/", views.stage, name="stage"),
    path("stages/<int:pk>/place/", views.stage_place, name="stage_place"),
    path("stages/<int:pk>/removal/", views.stage_removal, name="stage_removal"),
]
