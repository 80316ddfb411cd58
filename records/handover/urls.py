from django.urls import path

from . import views

app_name = "hand_over"
urlpatterns = [
    path("<int:pk>/", views.hand_over, name="ask"),
    path("progress/<int:pk>/", views.progress, name="progress"),
]
