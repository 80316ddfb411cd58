"""The pages of the trash, one for each record type."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.numbers import number
from core.redirects import SeeOther
from records.listing import LISTINGS
from records.models import ChangeSet, Merged, RecordQuerySet
from records.toasts import undoable
from records.trail import note_listed
from workspaces.doors import needs
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .emptying import delete_for_good

PAGE = 50


def model_of(kind: str, membership: Membership) -> Any:
    """The record type, for who may delete some of it."""
    if kind not in LISTINGS or not membership.may(kind, "delete"):
        raise Http404
    return LISTINGS[kind].model


def lying(model: Any, membership: Membership) -> RecordQuerySet:
    """What the member may take out of the trash again: what it could have put there."""
    rows = model.objects.filter(deleted_at__isnull=False).select_related("owner", "deleted_by")
    return rows.in_reach_of(membership, "delete")


@needs("trash", "view")
@require_GET
def index(request: WorkspaceRequest) -> HttpResponse:
    """To the trash of the first record type in which the reader may delete."""
    kind = next((name for name in LISTINGS if request.membership.may(name, "delete")), None)
    if kind is None:
        raise Http404
    return SeeOther(reverse("trash:kind", args=[kind]))


@needs("trash", "view")
@require_GET
def show(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """What lies in the trash, the latest first."""
    model = model_of(kind, request.membership)
    rows = page_of(lying(model, request.membership), request.GET.get("after", ""))
    changes = merges_of(model, rows, request.membership)
    for row in rows:
        row.days_left = days_left(row.deleted_at, request.workspace.trash_days)
        row.is_merged, row.merge = row.pk in changes, changes.get(row.pk)
    context = {
        "kind": kind,
        "kinds": kinds(request.membership),
        "label": capfirst(model._meta.verbose_name_plural),
        "records": rows[:PAGE],
        "older": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "later": "after" in request.GET,
        "may_delete": request.membership.may("trash", "delete"),
    }
    response = render(request, "records/trash.html", context)
    note_listed(request, model, [row.pk for row in rows[:PAGE]])
    return response


def page_of(rows: RecordQuerySet, after: str) -> list[Any]:
    """A page, and one row more where there is one: from behind the row with the id `after`."""
    rows = rows.order_by("-deleted_at", "-pk")
    place = rows.filter(pk=number(after)).values_list("deleted_at", "pk").first() if after else None
    if place:
        at, pk = place
        rows = rows.filter(deleted_at__lte=at).exclude(deleted_at=at, pk__gte=pk)
    return list(rows[: PAGE + 1])


def days_left(deleted_at: dt.datetime, days: int) -> int:
    """How many days something still lies in the trash; one that has begun counts."""
    left = deleted_at + dt.timedelta(days=days) - timezone.now()
    return max(-(-left // dt.timedelta(days=1)), 0)


def merges_of(model: Any, rows: list[Any], membership: Membership) -> dict[int, ChangeSet | None]:
    """Id -> the merge by which a record came here, None where the member may not see that; undo alone takes it back."""
    merged = Merged.objects.filter(table=model._meta.db_table, record__in=[row.pk for row in rows])
    # A merge that was undone and redone has several versions; the latest brought it here.
    made = dict(merged.order_by("versions").values_list("record", "versions__change_set_id"))
    seen = ChangeSet.objects.visible_to(membership).in_bulk(made.values()) if made else {}
    return {pk: seen.get(change_set) for pk, change_set in made.items()}


def kinds(membership: Membership) -> list[tuple[str, str]]:
    return [
        (name, capfirst(str(listing.model._meta.verbose_name_plural)))
        for name, listing in LISTINGS.items()
        if membership.may(name, "delete")
    ]


@needs("trash", "view")
@require_POST
def restore(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """Take the chosen ones out of the trash, with all that hung on them."""
    model = model_of(kind, request.membership)
    outcome = chosen(request, model).restore(by=request.membership.actor)
    if outcome.done:
        words = ngettext("%(count)s restored.", "%(count)s restored.", outcome.done)
        undoable(request, words % {"count": outcome.done})
    for reason, count in outcome.reasons:
        messages.error(request, _("Not restored: %(count)s. %(reason)s") % {"count": count, "reason": reason})
    if not (outcome.done or outcome.refused):
        messages.error(request, _("Choose some rows first."))
    return SeeOther(reverse("trash:kind", args=[kind]))


def chosen(request: WorkspaceRequest, model: Any) -> RecordQuerySet:
    """The rows that were ticked and that the member reaches."""
    data = request.POST if request.method == "POST" else request.GET
    ids = [number(text) for text in data.getlist("ids")]
    rows: RecordQuerySet = lying(model, request.membership).filter(pk__in=ids)
    return model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))


class DeletionForm(forms.Form):
    """What is deleted for good is typed first: its name, or of several how many there are."""

    words = gettext_lazy("Type %(words)s to delete for good")
    typed = forms.CharField(widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args: Any, wanted: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["typed"].label = self.words % {"words": f"“{wanted}”"}

    def clean_typed(self) -> str:
        typed = self.cleaned_data["typed"]
        if typed.strip().casefold() != self.wanted.casefold():
            raise forms.ValidationError(_("This is not “%(words)s”."), "other", {"words": self.wanted})
        return typed


@needs("trash", "delete")
@require_http_methods(["GET", "POST"])
def deletion(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """Delete the chosen ones for good. Nothing brings them back, so the name is typed first."""
    model = model_of(kind, request.membership)
    rows = chosen(request, model)
    records = list(rows.order_by("pk"))
    count = len(records)
    if not count:
        messages.error(request, _("Choose some rows first."))
        return SeeOther(reverse("trash:kind", args=[kind]))
    wanted = records[0].title if count == 1 else _("delete %(count)s") % {"count": count}
    form = DeletionForm(request.POST if "typed" in request.POST else None, wanted=wanted)
    if form.is_valid():
        label = _("%(title)s deleted for good") % {"title": wanted} if count == 1 else _("Deleted for good")
        done = delete_for_good(rows, by=request.membership.actor, label=label)
        words = ngettext("%(count)s deleted for good.", "%(count)s deleted for good.", done)
        messages.success(request, words % {"count": done})
        return SeeOther(reverse("trash:kind", args=[kind]))
    context = {"kind": kind, "records": records, "count": count, "form": form}
    return render(request, "records/deletion.html", context, status=422 if form.is_bound else 200)
