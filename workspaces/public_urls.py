from django.urls import path

from .views import invitations, public

app_name = "workspaces"
urlpatterns = [
    path("", public.home, name="home"),
    path("workspaces/", public.switch, name="switch"),
    path("workspaces/new/", public.create, name="create"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("theme/", public.theme, name="theme"),
    path("language/", public.language, name="language"),
]
