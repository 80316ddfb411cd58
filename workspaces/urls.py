from django.urls import path

from .views import members, settings, visibility

app_name = "workspaces"
urlpatterns = [
    path("", settings.settings, name="settings"),
    path("visibility/", visibility.visibility, name="visibility"),
    path("profile/", settings.profile, name="profile"),
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite, name="invite"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/invitation/", members.invitation, name="invitation"),
    path("members/<int:pk>/invitation/withdrawal/", members.withdrawal, name="withdrawal"),
    path("members/<int:pk>/deactivation/", members.deactivation, name="deactivation"),
    path("members/<int:pk>/reactivation/", members.reactivation, name="reactivation"),
    path("teams/", settings.teams, name="teams"),
    path("teams/new/", settings.team_create, name="team_create"),
    path("teams/<int:pk>/", settings.team, name="team"),
    path("teams/<int:pk>/delete/", settings.team_delete, name="team_delete"),
]
