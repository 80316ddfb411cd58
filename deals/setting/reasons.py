"""The settings of the reasons for which deals are closed. Everybody sees them, owners and admins change them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.redirects import SeeOther
from deals.models import CloseReason
from deals.models.reason import ENDS
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.forms import WorkspaceModelForm
from workspaces.requests import WorkspaceRequest
from workspaces.rights import Actor
from workspaces.verb_views import VerbViews

from .views import UNPROCESSABLE


class ReasonForm(WorkspaceModelForm):
    """A reason. What it is one for stays: deals have it for that."""

    class Meta:
        model = CloseReason
        fields = ("status", "name")

    instance: CloseReason

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["status"]
        else:
            self.fields["name"].widget.attrs["autofocus"] = True

    def save(self, *, by: Actor) -> CloseReason:  # type: ignore[override]
        """Raises what `CloseReason.keep` raises."""
        if not self.instance.pk:
            self.instance.to_the_end()
        self.instance.keep(by=by)
        return self.instance


@needs("close_reason", "view")
@require_GET
def reasons(request: WorkspaceRequest) -> HttpResponse:
    """Those that are offered, end by end in their order, and those that were retired."""
    found = list(CloseReason.objects.all())
    ends = [
        (status, label, [one for one in found if one.status == status and one.retired_at is None])
        for status, label in ENDS.items()
    ]
    context = {"ends": ends, "retired": [one for one in found if one.retired_at]}
    return render(request, "deals/setting/reasons.html", context)


@needs("close_reason", "create")
def reason_create(request: WorkspaceRequest) -> HttpResponse:
    return edit(request, CloseReason())


@needs("close_reason", "change")
def reason(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return edit(request, get_object_or_404(CloseReason, pk=pk))


def edit(request: WorkspaceRequest, reason: CloseReason) -> HttpResponse:
    title = reason.name
    form = ReasonForm(request.POST or None, instance=reason, initial={"status": request.GET.get("status")})
    if saved(form, lambda: form.save(by=request.membership.actor)):
        undoable(request, _("Reason “%(name)s” saved.") % {"name": reason})
        return SeeOther(reverse("reasons:reasons"))
    context = {"form": form, "reason": reason, "title": title or _("New reason")}
    return render(request, "deals/setting/reason.html", context, status=UNPROCESSABLE if form.is_bound else 200)


OF_REASONS = VerbViews(CloseReason, lambda _reason: reverse("reasons:reasons"))
reason_place = OF_REASONS.place()
reason_retirement = OF_REASONS.view(
    "change", CloseReason.retire, gettext_lazy("Reason “%(name)s” retired. The deals that have it keep it.")
)
reason_revival = OF_REASONS.view("change", CloseReason.revive, gettext_lazy("Reason “%(name)s” is offered again."))
reason_removal = OF_REASONS.view("delete", CloseReason.remove, gettext_lazy("Reason “%(name)s” deleted."))
