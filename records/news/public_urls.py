from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [path("letters/<str:token>/", views.unfollow, name="unfollow")]
