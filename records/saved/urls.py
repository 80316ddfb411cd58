from django.urls import path

from records.models import Group, SavedView

from . import views

app_name = "saved"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("side/", views.side, name="side"),
    path("<int:pk>/", views.change, name="view"),
    path("<int:pk>/list/", views.save_over, name="save_over"),
    path("<int:pk>/default/", views.default, name="default"),
    path("<int:pk>/place/", views.place, {"model": SavedView}, name="place"),
    path("<int:pk>/delete/", views.delete, {"model": SavedView}, name="delete"),
    path("groups/<int:pk>/place/", views.place, {"model": Group}, name="group_place"),
    path("groups/<int:pk>/delete/", views.delete, {"model": Group}, name="group_delete"),
    path("groups/<int:pk>/", views.change_group, name="group"),
    path("groups/<slug:kind>/new/", views.create_group, name="create_group"),
    path("groups/<slug:kind>/<int:pk>/", views.groups_of, name="groups_of"),
    path("<slug:kind>/menu/", views.menu, name="menu"),
    path("<slug:kind>/new/", views.create, name="create"),
]
