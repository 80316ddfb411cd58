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
from core.text import fold
from records.models import Record
from records.models.sight import Why
from records.panels import PANELS, Panel
from records.toasts import undoable
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest
from workspaces.rights import ROLES

from .page import RecordPage

#: more people than these are found by name
MOST_TICKED = 12

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
    more = forms.CharField(
        label=gettext_lazy("Name more people"),
        required=False,
        max_length=1000,
        widget=forms.TextInput({"list": "members", "autocomplete": "off"}),
        help_text=gettext_lazy("Their names or e-mails, separated by commas."),
    )

    def __init__(self, data: Any = None, *, record: Any):
        named = [viewer.member_id for viewer in record.viewers.all()]
        super().__init__(data, initial={"is_private": record.is_private, "members": named})
        others = Membership.objects.filter(Q(is_active=True) | Q(pk__in=named)).exclude(pk=record.owner_id)
        others = others.select_related("user").order_by(Func("name", function="records_sort_key"), "pk")
        #: who is found by name: where they are few each has a box to tick
        self.found = [one for one in others if one.pk not in named]
        members: Any = self.fields["members"]
        if len(self.found) <= MOST_TICKED:
            self.found = []
            del self.fields["more"]
        else:
            others = others.filter(pk__in=named)
        members.queryset = others
        if not named and self.found:
            del self.fields["members"]

    def clean_more(self) -> list[Membership]:
        """The members of these names."""
        names = [name for part in self.cleaned_data["more"].split(",") if (name := part.strip())]
        return [self.called(name) for name in names]

    def called(self, name: str) -> Membership:
        by_mail = [one for one in self.found if one.user and one.user.email.lower() == name.lower()]
        found = by_mail or [one for one in self.found if fold(one.name) == fold(name)]
        if len(found) != 1:
            several = _("Several people are called “%(name)s”. Write the e-mail of the one who is meant.")
            text = several if found else _("Nobody is called “%(name)s”.")
            raise forms.ValidationError(text, params={"name": name})
        return found[0]

    @property
    def wanted(self) -> dict[str, Any]:
        """What the verb is told."""
        cleaned = self.cleaned_data
        members = [*cleaned.get("members", ()), *cleaned.get("more", ())]
        return {"is_private": cleaned["is_private"], "members": members}


def visibility(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Why the reader sees the record; who may say who else does, says it here."""
    record = page.find(request, pk)
    may_change = record.lets_guard(request.membership)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = VisibilityForm(request.POST or None, record=record) if may_change else None
    if form and form.is_valid():
        record.guard(by=request.membership.actor, **form.wanted)
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
