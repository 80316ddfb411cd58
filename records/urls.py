from django.urls import path

from . import address_views, bulk_views, erasure_views, views
from .history import views as history

app_name = "records"
urlpatterns = [
    path("", history.log, name="log"),
    path("<int:pk>/", history.change, name="change"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("undoing/<int:pk>/", views.undoing, name="undoing"),
    path("bulk/", bulk_views.bulk_runs, name="bulk_runs"),
    path("bulk/<int:pk>/", bulk_views.bulk_run, name="bulk_run"),
    path("bulk/<int:pk>/stop/", bulk_views.bulk_stop, name="bulk_stop"),
    path("marks/<str:token>/undo/", bulk_views.unmark, name="unmark"),
    path("erasures/", erasure_views.erasures, name="erasures"),
    path("erasures/<int:pk>/", erasure_views.erasure, name="erasure"),
    path("address/", address_views.address_parts, name="address_parts"),
    path("erasing/<slug:kind>/<int:pk>/", erasure_views.erasing, name="erasing"),
]
