"""The pages of merging, made for each record type from its `RecordPage`."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import number
from core.redirects import SeeOther
from records.choosing import RecordChoiceField
from records.duplicates import FINDERS, made_in
from records.models import Distinct, Record, Refusal
from records.pages import RecordPage
from records.toasts import undoable
from records.trail import note_compared, note_listed
from workspaces.requests import WorkspaceRequest

from . import MOST
from .screen import Screen


def merge(page: RecordPage, request: WorkspaceRequest) -> HttpResponse:
    """Compare the records `ids` and make one of them; one alone is asked with which."""
    data = request.POST if request.method == "POST" else request.GET
    records = wanted(page, request, data)
    if len(records) < 2:
        return merge_with(page, request, records[0]) if records else redirect(home(page))
    screen = Screen(records, request.membership, data)
    error = None
    if request.method == "POST":
        try:
            screen.master.merge(screen.others, screen.chosen, by=request.membership.actor, seen=screen.seen)
        except Refusal as refusal:
            error = refusal
        else:
            names = get_text_list([other.title for other in screen.others], _("and"))
            undoable(request, _("%(title)s merged with %(names)s.") % {"title": screen.master.title, "names": names})
            return SeeOther(screen.master.get_absolute_url())
    label = page.merge_label % {"count": len(records)}
    context = {"page": page, "screen": screen, "error": error, "label": label, "home": home(page)}
    response = render(request, "records/merge.html", context, status=error.status if error else 200)
    note_compared(request, page.model, [record.pk for record in records])
    return response


def wanted(page: RecordPage, request: WorkspaceRequest, data: QueryDict) -> list[Any]:
    """The records that are named, in that order. Foreign, hidden or in the trash: 404."""
    ids = list(dict.fromkeys(pk for text in data.getlist("ids") if (pk := number(text))))
    if len(ids) > MOST:
        raise Refusal(_("Choose two to ten records to merge."))
    keys = [field.name for field in page.model._meta.fields if field.remote_field and field.editable]
    found = page.model.with_hints(visible(page, request).select_related(*keys)).in_bulk(ids)
    if len(found) < len(ids):
        raise Http404
    records = [found[pk] for pk in ids]
    page.model.conceal(records, request.membership)
    return records


def visible(page: RecordPage, request: WorkspaceRequest) -> QuerySet[Any]:
    return page.model.objects.visible_to(request.membership)


def home(page: RecordPage) -> str:
    """Where merging begins: the page of duplicates, the list of a type that has none."""
    try:
        return reverse(f"{page.model.namespace}:duplicates")
    except NoReverseMatch:
        return page.list_url


def merge_with(page: RecordPage, request: WorkspaceRequest, record: Record) -> HttpResponse:
    """What is like this record, and a field to find another one."""
    form = OtherForm(request.GET if "other_text" in request.GET else None, page=page, rows=visible(page, request))
    if form.is_valid() and form.cleaned_data["other"] != record:
        return redirect(
            f"{reverse(f'{page.model.namespace}:merge')}?ids={record.pk}&ids={form.cleaned_data['other'].pk}"
        )
    finder = FINDERS.get(record.record_name)
    alike = finder.like_record(record, request.membership) if finder else []
    context = {"page": page, "record": record, "form": form, "alike": alike, "finder": finder}
    response = render(request, "records/merge_with.html", context, status=422 if form.is_bound else 200)
    note_listed(request, page.model, [record.pk, *(each.record.pk for each in alike)])
    return response


class OtherForm(forms.Form):
    """Which one to merge with."""

    def __init__(self, data: QueryDict | None, *, page: RecordPage, rows: QuerySet[Any]):
        super().__init__(data)
        field = RecordChoiceField(page.model, label=gettext_lazy("Merge with"))
        field.limit(rows)
        self.fields["other"] = field


def duplicates(page: RecordPage, request: WorkspaceRequest) -> HttpResponse:
    """Pairs of records that may be the same; with `?change_set=` those of which an import brought one."""
    change_set = number(request.GET.get("change_set", ""))
    among = made_in(page.model, change_set) if change_set else None
    after = request.GET.get("after", "")
    found = FINDERS[page.model.record_name].pairs(request.membership, after=after, among=among)
    context = {"page": page, "found": found, "change_set": change_set, "is_first": not after}
    response = render(request, "records/duplicates.html", context)
    note_listed(request, page.model, list(dict.fromkeys(each.pk for pair in found.pairs for each in pair.both)))
    return response


def distinct(page: RecordPage, request: WorkspaceRequest, one: int, other: int) -> HttpResponse:
    """Remember that two are not the same; the pair is offered no more."""
    records = page.find(request, one, "change"), page.find(request, other, "change")
    Distinct.say(*records, by=request.membership.actor)
    undoable(
        request, _("%(one)s and %(other)s are not the same.") % {"one": records[0].title, "other": records[1].title}
    )
    if request.htmx:
        return render(request, "core/messages_oob.html")
    return SeeOther(home(page))


def alike(page: RecordPage, request: WorkspaceRequest) -> HttpResponse:
    """What a new record is like, as far as its form is filled in."""
    form = page.form_class(request.POST, membership=request.membership)
    return render(request, "records/alike.html#hint", {"form": form})
