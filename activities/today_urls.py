from django.urls import path

from . import today_views, welcome_views

app_name = "today"
urlpatterns = [
    path("<int:pk>/completion/", today_views.completion, name="completion"),
    path("<int:pk>/due/", today_views.due, name="due"),
    path("next/<slug:kind>/<int:pk>/", today_views.plan, name="plan"),
    path("welcome/", welcome_views.welcome, name="welcome"),
    path("welcome/closing/", welcome_views.closing, name="closing"),
    path("sample/", welcome_views.sample, name="sample"),
]
