from django.urls import path

from . import views

app_name = "records"
urlpatterns = [path("<int:pk>/undo/", views.undo, name="undo")]
