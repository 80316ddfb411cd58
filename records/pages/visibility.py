"""Who sees a record: why the reader does, whether it is private, and who is named on it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Func, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from core.redirects import SeeOther
from records.models import Record
from records.models.sight import Why
from records.panels import PANELS, Panel
from records.toasts import undoable
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest
from workspaces.rights import ROLES

from .page import RecordPage

#: the rule in words, by the part of it that shows the record
REASONS: dict[Why, Any] = {
    "keeper": gettext_lazy(
        "You see it because owners and admins of the workspace see everything, private records too."
    ),
    "owner": gettext_lazy("You see it because you are its owner."),
    "named": gettext_lazy("You see it because you are named on it."),
    "unowned": gettext_lazy("You see it because it belongs to nobody: everybody may see and claim such a record."),
    "team": gettext_lazy(
        "You see it because it belongs to your team: the workspace shows the role “%(role)s” the %(kind)s of its team."
    ),
    "all": gettext_lazy("You see it because the workspace shows the role “%(role)s” all %(kind)s."),
}
ABOUT = gettext_lazy("You see it because you may see all that it is about.")


def why(record: Record, membership: Membership) -> str:
    """Why the member sees the record, as a sentence."""
    sight = record.sight(membership)
    reason = sight.why(record)
    if sight.is_by_row and reason == "all":
        return str(ABOUT)
    words = {"role": ROLES[membership.role], "kind": record._meta.verbose_name_plural}
    return str(REASONS[reason]) % words if reason else ""


class VisibilityForm(forms.Form):
    """Whether a record is private, and who is named on it."""

    is_private = forms.BooleanField(
        label=gettext_lazy("Private"),
        required=False,
        help_text=gettext_lazy(
            "Only its owner, the people named here, and owners and admins of the workspace see it then."
        ),
    )
    members = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=gettext_lazy("Named people"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They see it whatever the workspace shows their role."),
    )

    def __init__(self, data: Any = None, *, record: Any):
        named = [viewer.member_id for viewer in record.viewers.all()]
        super().__init__(data, initial={"is_private": record.is_private, "members": named})
        others = Membership.objects.filter(Q(is_active=True) | Q(pk__in=named)).exclude(pk=record.owner_id)
        members: Any = self.fields["members"]
        members.queryset = others.order_by(Func("name", function="records_sort_key"), "pk")


def visibility(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Why the reader sees the record; who may say who else does, says it here."""
    record = page.find(request, pk)
    may_change = record.lets_guard(request.membership)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = VisibilityForm(request.POST or None, record=record) if may_change else None
    if form and form.is_valid():
        record.guard(by=request.membership.actor, **form.cleaned_data)
        undoable(request, _("Who sees %(title)s saved.") % {"title": record.title})
        there = HttpResponseClientRedirect if request.htmx else SeeOther
        return there(record.get_absolute_url())
    context = {"page": page, "record": record, "form": form, "why": why(record, request.membership)}
    template = "records/visibility.html" + "#dialog" * bool(request.htmx)
    return render(request, template, context, status=422 if form and form.errors else 200)


# --- the panel --------------------------------------------------------------------------------------------------------
def shown(request: WorkspaceRequest, record: Any) -> dict[str, Any]:
    """Nobody is named where the workspace has nothing private: that costs no statement."""
    guarded = request.workspace.is_guarded
    named = record.viewers.select_related("member").order_by("member__name", "pk") if guarded else ()
    return {"named": list(named), "may_guard": record.lets_guard(request.membership)}


PANEL = Panel(
    "visibility",
    gettext_lazy("Who sees this"),
    "records/visibility_panel.html",
    shown,
    order=96,
    in_past=False,
)


def register_panel(record_name: str) -> None:
    """Put the panel on the pages of a record type with people named on it."""
    PANELS[record_name].setdefault(PANEL.name, PANEL)
