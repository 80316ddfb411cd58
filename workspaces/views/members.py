"""Members of a workspace: who they are, what they may, and the letters that let them in."""

from collections.abc import Callable

from allauth.core.ratelimit import consume_or_429
from django.db.models import Func
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.redirects import SeeOther
from workspaces.doors import needs
from workspaces.forms import InviteForm, MemberForm
from workspaces.models import Invitation, Membership
from workspaces.requests import WorkspaceRequest
from workspaces.rights import RANK
from workspaces.toasts import done
from workspaces.verb_views import VerbViews

#: gives the address where records of the first member are handed over by the second, "" where that may not be; these
#: lie above this room, which fills it in
hand_over_path: Callable[[Membership, Membership], str] | None = None


@needs("member", "view")
def members(request: WorkspaceRequest) -> HttpResponse:
    """Everybody by name, those who left last; with each whether a letter waits and whether the reader may change it."""
    by_name = Func("name", function="records_sort_key")
    invited = set(Invitation.objects.filter(accepted_at=None).values_list("membership_id", flat=True))
    rows = [
        (
            member,
            member.pk in invited,
            RANK[member.role] <= RANK[request.membership.role],
            hand_over_path and hand_over_path(member, request.membership),
        )
        for member in Membership.objects.select_related("team").order_by("-is_active", by_name, "pk")
    ]
    return render(request, "workspaces/members.html", {"rows": rows})


@needs("member", "create")
def invite(request: WorkspaceRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, by=request.membership)
    if not form.is_valid():
        return render(request, "workspaces/invite.html", {"form": form}, status=422 if form.errors else 200)
    if too_many := consume_or_429(request, action="invite"):
        return too_many
    invitation = Membership.invite(by=request.membership.actor, **form.cleaned_data)
    done(request, _("Invitation to %(email)s is on its way.") % {"email": invitation.email})
    return SeeOther(reverse("workspaces:members"))


@needs("member", "change")
def member(request: WorkspaceRequest, pk: int) -> HttpResponse:
    by = request.membership
    member = get_object_or_404(Membership, pk=pk)
    member.check_change(by.actor)
    invitation = member.invitations.filter(accepted_at=None).first()
    form = MemberForm(request.POST or None, instance=get_object_or_404(Membership, pk=pk), by=by)
    if form.is_valid():
        member.change(by=by.actor, **form.cleaned_data)
        done(request, _("%(name)s saved.") % {"name": member})
        return SeeOther(reverse("workspaces:members"))
    context = {
        "form": form,
        "member": member,
        "invitation": invitation,
        "hand_over_url": hand_over_path and hand_over_path(member, by),
    }
    return render(request, "workspaces/member.html", context, status=422 if form.errors else 200)


@require_POST
@needs("member", "change")
def invitation(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Send a member without a sign-in the first letter, or another one."""
    member = get_object_or_404(Membership, pk=pk)
    if too_many := consume_or_429(request, action="invite"):
        return too_many
    member.send_invitation(by=request.membership.actor)
    done(request, _("Invitation to %(email)s is on its way.") % {"email": member.email})
    return SeeOther(reverse("workspaces:member", args=[pk]))


withdrawal = VerbViews(Membership, lambda member: reverse("workspaces:member", args=[member.pk])).view(
    "change", Membership.withdraw_invitation, gettext_lazy("Invitation withdrawn. Its link no longer works.")
)
OF_MEMBERS = VerbViews(Membership, lambda _member: reverse("workspaces:members"))
deactivation = OF_MEMBERS.view("change", Membership.deactivate, gettext_lazy("%(name)s deactivated."))
reactivation = OF_MEMBERS.view("change", Membership.reactivate, gettext_lazy("%(name)s is active again."))
