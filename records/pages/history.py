"""The page of a record's history, the difference between two moments of it, and the restore of a single value."""

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import number
from core.redirects import SeeOther
from records.history.panel import LAST_ID, chapters, fields_of
from records.history.reading import Change, state_at
from records.history.story import Story
from records.history.telling import label_of
from records.history.words import Teller, group_of
from records.models import Record, Refusal, describe_change
from records.toasts import undoable
from records.trail import note_opened
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest
from workspaces.tracking import history_of

from .page import RecordPage


class MomentsForm(forms.Form):
    """Two moments, in the reader's time zone; the later one is now where it is left out."""

    moment = {"type": "datetime-local"}
    since = forms.DateTimeField(label=gettext_lazy("From"), required=False, widget=forms.DateTimeInput(moment))
    until = forms.DateTimeField(label=gettext_lazy("To"), required=False, widget=forms.DateTimeInput(moment))

    @classmethod
    def of(cls, params: Any) -> "MomentsForm":
        return cls({"since": params.get("from", ""), "until": params.get("to", "")})

    @property
    def moments(self) -> tuple[dt.datetime, dt.datetime] | None:
        """The earlier and the later one; None where nobody asks."""
        if not self.is_valid() or not self.cleaned_data["since"]:
            return None
        one, other = self.cleaned_data["since"], self.cleaned_data["until"] or timezone.now()
        return min(one, other), max(one, other)


@note_opened
def history(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What was changed of a record, newest first; `?field=` of one field, `?from=&to=` between two moments."""
    record = page.find(request, pk)
    fields = fields_of(page.model)
    field = request.GET.get("field", "")
    field = field if field in dict(fields) else ""
    before = number(request.GET.get("before", "")) or LAST_ID
    found, more = chapters(record, request.membership, before=before, field=field)
    if record.allows("change", request.membership):
        offer_restores(page, record, [story for chapter in found for story in chapter.stories])
    form = MomentsForm.of(request.GET)
    context = {
        "page": page,
        "record": record,
        "crumbs": [*page.crumbs(record)],
        "chapters": found,
        "more": more,
        "fields": fields,
        "field": field,
        "form": form,
        "difference": difference(record, form.moments, request.membership) if form.moments else None,
    }
    return render(request, "records/history.html", context, status=422 if form.errors else 200)


def difference(record: Record, moments: tuple[dt.datetime, dt.datetime], membership: Membership) -> list[Story]:
    """What is different of a record and its parts between two moments."""
    then, now = ({(c.model, c.pk): c for c in state_at(record, at)} for at in moments)
    changes = [
        Change(*key, None, moments[1], then[key].after if key in then else None, now[key].after if key in now else None)
        for key in {**then, **now}
    ]
    return list(Teller(changes, membership).stories())


# --- a single value ---------------------------------------------------------------------------------------------------
def restorable(page: RecordPage) -> set[str]:
    """The fields that can be given back: those that the form of the record writes into its own row."""
    own = {field.name for field in page.model._meta.local_fields}
    return own & set(page.form_class._meta.fields or ())


def offer_restores(page: RecordPage, record: Record, stories: list[Story]) -> None:
    """Say in the stories which old values can be given back: those that are not the current ones."""
    fields = {name: fields_with(page, name) for name in restorable(page)}
    for story in stories:
        if not (story.is_own and story.change.before and story.change.before_id):
            continue
        before = story.change.before
        for line in story.lines:
            if any(before.get(field.column) != getattr(record, field.attname) for field in fields.get(line.name, ())):
                story.restorable.add(line.name)


def fields_with(page: RecordPage, name: str) -> list[Any]:
    """The field, and what means something only with it, as far as it can be given back."""
    fields = map(page.model._meta.get_field, group_of(page.model, name))
    return [field for field in fields if field.name in restorable(page)]


def restore_value(page: RecordPage, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Give a field, and what means something only with it, the value that it had in a version of the record."""
    record = page.find(request, pk, "change")
    name = request.POST.get("field", "")
    version = history_of(page.model)._base_manager.filter(
        pgh_id=number(request.POST.get("version", "")), pgh_obj_id=record.pk
    )
    found = version.first()
    if found is None or name not in restorable(page):
        raise Http404
    values = {field.name: value_of(field, found) for field in fields_with(page, name)}
    field: Any = page.model._meta.get_field(name)
    words = {"field": capfirst(label_of(page.model, field))}
    describe_change(_("%(field)s restored") % words)
    record.edit(by=request.membership.actor, **values)
    undoable(request, _("%(field)s restored.") % words)
    return SeeOther(record.url_of("history"))


def value_of(field: Any, version: Any) -> Any:
    """The value of a version; of a key the row, which must still be there. Raises Refusal."""
    value = getattr(version, field.attname)
    if not field.is_relation or value is None:
        return value
    row = field.related_model._base_manager.filter(pk=value).first()
    if row is None:
        raise Refusal(_("Not restored. What the field referred to is gone."))
    return row
