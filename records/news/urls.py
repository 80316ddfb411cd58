from django.urls import path

from . import views

app_name = "news"
urlpatterns = [
    path("", views.notices, name="list"),
    path("<int:pk>/", views.notice, name="notice"),
    path("<int:pk>/reading/", views.reading, name="reading"),
    path("reading/", views.all_read, name="all_read"),
    path("settings/", views.attention, name="attention"),
]
