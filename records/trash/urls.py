from django.urls import path

from . import views

app_name = "trash"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:kind>/", views.show, name="kind"),
    path("<slug:kind>/restoring/", views.restore, name="restore"),
    path("<slug:kind>/deletion/", views.deletion, name="deletion"),
]
