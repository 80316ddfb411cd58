"""Joining a workspace by the link of a letter."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import SignupForm
from allauth.account.utils import complete_signup, filter_users_by_email
from allauth.decorators import rate_limit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from core.redirects import SeeOther
from core.tenancy import set_local, workspace_scope
from workspaces.changes import change_meta
from workspaces.doors import public
from workspaces.models import Invitation, InvitationSpent
from workspaces.requests import SignedInRequest


class JoinForm(SignupForm):
    """Sign-up under the e-mail that the letter went to: whoever has its secret link can read that mailbox."""

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        member = invitation.membership
        name = "" if member.name == member.email else member.name
        super().__init__(*args, initial={"email": invitation.email, "name": name}, **kwargs)
        self.fields["email"].disabled = True


@public
@cache_control(private=True, no_store=True)
@rate_limit(action="invitation", limit_get=True)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Sign up or sign in, then join. A link that is spent says so, whatever spent it."""
    found = Invitation.locate(token)
    if found is None:
        return gone(request)
    workspace_id, invitation_id = found
    with workspace_scope(workspace_id, change_set=None, change_meta=None):
        invitations = Invitation.objects.select_related("workspace", "membership", "invited_by")
        offer = invitations.filter(pk=invitation_id).first()
        if offer is None or not offer.is_open:
            return gone(request, offer)
        address = get_adapter().get_client_ip(request)
        set_local(change_meta=change_meta(offer.membership.actor, "web", address=address, path="/invitation/"))
        if request.user.is_authenticated:
            return join_signed_in(cast(SignedInRequest, request), offer)
        return join_signing_up(request, offer)


def join_signed_in(request: SignedInRequest, offer: Invitation) -> HttpResponse:
    is_for_reader = offer.is_for(request.user)
    if request.method != "POST" or not is_for_reader:
        context = {"invitation": offer, "is_for_reader": is_for_reader}
        return render(request, "workspaces/invitation.html", context, status=200 if is_for_reader else 403)
    try:
        offer.accept(request.user)
    except InvitationSpent as spent:
        return gone(request, offer, str(spent))
    return SeeOther(offer.workspace.get_absolute_url())


def join_signing_up(request: HttpRequest, offer: Invitation) -> HttpResponse:
    """A new account that joins at once, without another letter; a known e-mail is sent to sign-in."""
    form = JoinForm(request.POST or None, invitation=offer)
    known = bool(filter_users_by_email(offer.email))
    if known or not form.is_valid():
        context = {"invitation": offer, "form": form, "known": known}
        return render(request, "workspaces/invitation.html", context, status=422 if form.errors else 200)
    get_adapter().stash_verified_email(request, offer.email)
    user, _response = form.try_save(request)
    member = offer.accept(user)
    member.rename(user.name, by=member.actor)
    return complete_signup(request, user, email_verification=None, success_url=offer.workspace.get_absolute_url())


def gone(request: HttpRequest, offer: Invitation | None = None, reason: str = "") -> HttpResponse:
    context = {"invitation": offer, "reason": reason}
    return render(request, "workspaces/invitation_spent.html", context, status=410)
