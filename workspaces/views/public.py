"""Pages outside the workspaces: where a person goes after signing in, and settings that need no workspace."""

from collections.abc import Sequence

from allauth.account.views import logout
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from core.redirects import SeeOther, back
from core.tenancy import setting_scope
from workspaces import choices
from workspaces.accounts import set_choice
from workspaces.doors import public
from workspaces.forms import WorkspaceForm
from workspaces.models import Membership, User, Workspace
from workspaces.models.user import THEMES
from workspaces.requests import SignedInRequest


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same answer for what doesn't exist and for what is none of the reader's business."""
    return render(request, "404.html", status=404)


def memberships_of(user: User) -> Sequence[Membership]:
    """The person's memberships with their workspaces, by name."""
    with setting_scope(user_id=user.pk):
        own = Membership.objects.active().filter(user=user).select_related("workspace")
        return sorted(own, key=lambda membership: membership.workspace.name.casefold())


@public
def home(request: HttpRequest) -> HttpResponse:
    """The one workspace of the reader; the choice among several, the form for a first one, or sign-in."""
    if isinstance(request.user, AnonymousUser):
        return redirect("account_login")
    match memberships_of(request.user):
        case []:
            return redirect("workspaces:create")
        case [membership]:
            return redirect(membership.workspace)
        case _several:
            return redirect("workspaces:switch")


@public
@cache_control(private=True, no_store=True)
@login_required
def switch(request: SignedInRequest) -> HttpResponse:
    return render(request, "workspaces/switch.html", {"memberships": memberships_of(request.user)})


@public
@login_required
def create(request: SignedInRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST or None, initial=choices.guess(request))
    if form.is_valid():
        return SeeOther(Workspace.start(user=request.user, **form.cleaned_data).get_absolute_url())
    others = memberships_of(request.user)
    return render(
        request, "workspaces/create.html", {"form": form, "others": others}, status=422 if form.errors else 200
    )


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the system; kept in a cookie for the page's first byte and on the user for other browsers."""
    return remember(request, "theme", request.POST.get("theme", ""), THEMES)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", "")
    return remember(request, "language", chosen, dict(settings.LANGUAGES))


def remember(request: HttpRequest, name: str, value: str, known: dict) -> HttpResponse:
    """Keep a choice in a cookie and on the user, and go back to the page; what isn't `known` is dropped."""
    response = back(request, "/")
    if value in known:
        set_choice(response, name, value)
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(**{name: value})
    return response


@public
def sign_out(request: HttpRequest) -> HttpResponse:
    """allauth's sign-out; the browser forgets the pages of the workspace that it has kept."""
    response = logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response
