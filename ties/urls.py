from django.urls import path

from . import views

app_name = "ties"
urlpatterns = [
    path("pick/", views.pick, name="pick"),
    path("<slug:kind>/<int:pk>/new/", views.create, name="create"),
    path("<slug:kind>/<int:pk>/<int:tie>/removal/", views.removal, name="removal"),
]
