"""Settings of a workspace: the workspace itself, one's own profile, teams."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.redirects import SeeOther
from workspaces.accounts import set_choice
from workspaces.doors import members_only, needs
from workspaces.forms import ProfileForm, TeamForm, WorkspaceForm
from workspaces.models import Team
from workspaces.requests import WorkspaceRequest
from workspaces.toasts import done
from workspaces.verb_views import VerbViews


@needs("workspace", "view")
def settings(request: WorkspaceRequest) -> HttpResponse:
    """What the workspace is; who may change it edits it on this page, others read it."""
    workspace, may_change = request.workspace, request.membership.may("workspace", "change")
    form = WorkspaceForm(request.POST or None, instance=workspace) if may_change else None
    if form and form.is_valid():
        workspace.change(by=request.membership.actor, **form.cleaned_data)
        done(request, _("Workspace saved."))
        return SeeOther(reverse("workspaces:settings"))
    status = 422 if form and form.errors else 200
    return render(request, "workspaces/settings.html", {"form": form}, status=status)


@members_only
def profile(request: WorkspaceRequest) -> HttpResponse:
    """The reader's own name in this workspace, and language, time zone and look everywhere."""
    member, user = request.membership, request.user
    initial = {"member_name": member.name}
    form = ProfileForm(request.POST or None, instance=user, initial=initial, workspace=request.workspace)
    if not form.is_valid():
        return render(request, "workspaces/profile.html", {"form": form}, status=422 if form.errors else 200)
    form.save()
    member.rename(form.cleaned_data["member_name"], by=member.actor)
    with translation.override(user.language or request.workspace.language):
        messages.success(request, _("Profile saved."))
    response = SeeOther(reverse("workspaces:profile"))
    set_choice(response, "theme", user.theme)
    return response


@needs("team", "view")
def teams(request: WorkspaceRequest) -> HttpResponse:
    teams = Team.objects.select_related("manager").prefetch_related("members")
    return render(request, "workspaces/teams.html", {"teams": teams})


@needs("team", "create")
def team_create(request: WorkspaceRequest) -> HttpResponse:
    return edit_team(request, Team())


@needs("team", "change")
def team(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return edit_team(request, get_object_or_404(Team, pk=pk))


def edit_team(request: WorkspaceRequest, team: Team) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=team)
    if form.is_valid():
        team.keep(by=request.membership.actor)
        done(request, _("Team %(name)s saved.") % {"name": team})
        return SeeOther(reverse("workspaces:teams"))
    return render(request, "workspaces/team.html", {"form": form, "team": team}, status=422 if form.errors else 200)


team_delete = VerbViews(Team, lambda _team: reverse("workspaces:teams")).view(
    "delete", Team.remove, gettext_lazy("Team %(name)s deleted.")
)
