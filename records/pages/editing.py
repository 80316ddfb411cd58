"""One fact of a record, edited where it stands: its form in its place for htmx, a small page without JavaScript.

The form is the record's own with that field alone (`RecordForm(only=…)`), and it is saved by the same verb.
"""

import hashlib
from typing import Any

from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import formats
from core.numbers import number
from core.redirects import SeeOther
from records.forms import RecordForm
from records.history.meanwhile import told
from records.models import ChangeSet, Record, Refusal, Stale
from records.models.custom_field import PREFIX
from records.models.custom_writing import rows_of
from records.toasts import undoable
from records.trail import opens
from workspaces.requests import WorkspaceRequest
from workspaces.tracking import history_of

from .cells import CellAddress
from .facts import Fact, Facts, ShownFact
from .page import RecordPage
from .views import UNPROCESSABLE, head_context

CONFLICT = 409
#: as many versions are looked through for who gave a field its value
VERSIONS = 50


def fact(page: RecordPage, request: WorkspaceRequest, pk: int, fact: str) -> HttpResponse:
    """The form of one fact, and its saving. htmx gets the fact as it is with `?shown`: nobody wants to edit it."""
    record = page.find_sent(request, pk)
    page.read_asides(record, request.membership)
    facts = page.shown_facts(request, record)
    shown = facts.by_name.get(fact)
    if not shown or not shown.edit_url:
        raise no_longer(request, record, shown)
    if request.method == "POST":
        return save(page, request, record, shown.fact, facts)
    if request.htmx and "shown" in request.GET:
        cell = CellAddress.of(page, request, record, fact)
        return cell.row() if cell else HttpResponse(shown.html(focus=True))
    if not request.htmx:
        opens(request, page.model, pk)
    return answer_form(page, request, record, shown.fact, form_of(page, request, record, shown.fact))


def no_longer(request: WorkspaceRequest, record: Record, shown: ShownFact | None) -> Exception:
    """Why a fact can't be edited: what somebody did since the form that is sent was opened; else there is none."""
    happened = told(record, number(request.POST.get("version", ""))) if shown and "version" in request.POST else ""
    return Stale(f"{_('Not saved.')} {happened}") if happened else Http404()


def form_of(page: RecordPage, request: WorkspaceRequest, record: Record, fact: Fact) -> RecordForm:
    """The record's form with the field of the fact alone; an amount comes with its currency."""
    form_class = page.form_class
    names = [*fact.edits, *filter(None, map(form_class.amounts.get, fact.edits))]
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and posted.get("was") == mark_of(record, names):
        # Whatever else of the record was changed meanwhile: this was not.
        posted["version"] = str(record.version)
    # Ids of their own: the composer on the same page has an owner and a time as well.
    form = form_class(posted, membership=request.membership, instance=record, only=names, auto_id="fact_%s")
    for first in first_fields(form, names[0]):
        first.field.widget.attrs["autofocus"] = True
    return form


def first_fields(form: RecordForm, name: str) -> list[BoundField]:
    """Where one begins to type: one field, none where what was sent held no rows."""
    return [line.value_field for line in form.rows[name].forms[:1]] if name in form.rows else [form[name]]


def mark_of(record: Record, names: list[str]) -> str:
    """A short mark of what the fields hold, to tell whether that changed since a form was opened; and behind a dot one
    of the grave ones, where the record has any."""
    groups = filter(None, (names, record.grave))
    return ".".join(mark_of_values([content_of(record, name) for name in group]) for group in groups)


def content_of(record: Record, name: str) -> Any:
    """What a field, or its rows, hold, to be compared."""
    if name.startswith(PREFIX):
        return rows_of(record).get(custom_id(name))
    rows = lines_of(record, name)
    return record.serializable_value(name) if rows is None else [line.content for line in rows]


def custom_id(name: str) -> int:
    return int(name.removeprefix(PREFIX))


def mark_of_values(values: list[Any]) -> str:
    return hashlib.blake2s(repr(values).encode(), digest_size=8).hexdigest()


def lines_of(record: Record, name: str) -> Any:
    """The rows that the name stands for, in order; None for a field of the record itself."""
    field: Any = record._meta.get_field(name)
    return getattr(record, name).order_by("pk") if field.one_to_many else None


# --- saving -----------------------------------------------------------------------------------------------------------
def save(page: RecordPage, request: WorkspaceRequest, record: Record, fact: Fact, before: Facts) -> HttpResponse:
    """Write it; what can't be saved comes back as it was typed, with the reason beside it."""
    form, status = form_of(page, request, record, fact), UNPROCESSABLE
    try:
        if form.is_valid():
            form.save(by=request.membership.actor)
            undoable(request, _("%(title)s saved.") % {"title": record.title})
            return answer(page, request, record, fact, before)
    except Stale:
        form.show_conflict()
        form.add_error(None, conflict(form, fact, request.POST.get("was", "")))
        status = CONFLICT
    except Refusal as refusal:
        form.refuse(refusal)
    return answer_form(page, request, form.record, fact, form, status)


def conflict(form: RecordForm, fact: Fact, was: str) -> str:
    """Who changed the field meanwhile, to what, and what one can do about it; or who did what to the record else."""
    record = form.record
    if was.partition(".")[0] == mark_of(record, list(form.only)).partition(".")[0]:
        return f"{_('Not saved.')} {form.meanwhile} {_('What you typed is still here.')}"
    now = " ".join(form.words(name, form.now(name)) for name in fact.edits)
    changes = filter(None, (changed_by(record, name) for name in fact.edits))
    by = max(changes, key=lambda change: change.pk, default=None)
    if by is None:
        return _("Not saved. Somebody changed this to “%(now)s”. Save again to replace it.") % {"now": now}
    when = formats.when(by.created_at, timezone.now(), timezone.get_current_timezone())
    text = _("Not saved. %(who)s changed this to “%(now)s”: %(when)s. Save again to replace it.")
    return text % {"who": by.actor, "now": now, "when": when}


def changed_by(record: Record, name: str) -> ChangeSet | None:
    """The change that gave the field, or its rows, what they hold now."""
    if name.startswith(PREFIX):
        versions = history_of(record.custom_value())._default_manager.filter(record=record.pk, field=custom_id(name))
        return change_set_of(versions.order_by("-pgh_id").values_list("change_set_id", flat=True).first())
    lines = lines_of(record, name)
    if lines is not None:
        versions = history_of(lines.model)._default_manager.filter(pgh_obj__in=lines.order_by().values("pk"))
        return change_set_of(versions.order_by("-pgh_id").values_list("change_set_id", flat=True).first())
    column, now, found = record._meta.get_field(name).attname, record.serializable_value(name), None  # type: ignore[union-attr]
    versions = history_of(type(record))._default_manager.filter(pgh_obj=record.pk).order_by("-pgh_id")
    for value, change_set in versions.values_list(column, "change_set_id")[:VERSIONS]:
        if value != now:
            break
        found = change_set
    return change_set_of(found)


def change_set_of(pk: int | None) -> ChangeSet | None:
    return ChangeSet.objects.filter(pk=pk).first() if pk else None


# --- answers ----------------------------------------------------------------------------------------------------------
def answer(page: RecordPage, request: WorkspaceRequest, record: Record, fact: Fact, before: Facts) -> HttpResponse:
    """The fact anew, and out of band what else says something else now: other facts, the head."""
    if cell := CellAddress.of(page, request, record, fact.name):
        return cell.row()
    if not request.htmx:
        return SeeOther(f"{record.get_absolute_url()}?pane=details#fact-{fact.name}")
    record = page.find(request, record.pk)
    page.read_asides(record, request.membership)
    facts = page.shown_facts(request, record)
    context = head_context(page, request, record) | {
        "layout": "records/fact_saved.html",
        "saved": facts.by_name[fact.name].html(focus=True),
        "others": facts.changed_since(before, but=fact.name),
        "swap": True,
    }
    return render(request, page.template, context)


def answer_form(
    page: RecordPage, request: WorkspaceRequest, record: Record, fact: Fact, form: RecordForm, status: int = 200
) -> HttpResponse:
    cell = CellAddress.of(page, request, record, fact.name)
    context = {
        "page": page,
        "record": record,
        "fact": fact,
        "cell": cell,
        "back_url": cell.list_url if cell else record.get_absolute_url(),
        "label": capfirst(str(fact.title(record))),
        "form": form,
        "was": mark_of(record, list(form.only)),
        "crumbs": page.crumbs(record),
        "url": cell.url if cell else record.url_of("fact", fact.name),
    }
    part = "#cell" if cell else "#form"
    return render(request, f"records/fact.html{part * bool(request.htmx)}", context, status=status)
