"""The settings of custom fields: a page for each record type. Everybody sees them, owners and admins change them."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from core.redirects import SeeOther
from records.models import CustomField, CustomGroup
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest
from workspaces.verb_views import VerbViews

from .settings import FieldForm, GroupForm
from .targets import customized

UNPROCESSABLE = 422


def home_of(one: CustomField | CustomGroup) -> str:
    return reverse("fields:fields", args=[one.record])


@needs("custom_field", "view")
@require_GET
def start(request: WorkspaceRequest) -> HttpResponseBase:
    return fields(request, next(iter(customized())))


@needs("custom_field", "view")
@require_GET
def fields(request: WorkspaceRequest, kind: str) -> HttpResponse:
    """The fields of a record type below their groups, and those that were retired."""
    type_or_404(kind)
    found = list(CustomField.objects.filter(record=kind).prefetch_related("choices"))
    used = [field for field in found if field.retired_at is None]
    groups = [
        (group, [field for field in used if field.group_id == group.pk])
        for group in CustomGroup.objects.filter(record=kind)
    ]
    loose = [field for field in used if field.group_id is None]
    context = shared(kind) | {
        "groups": groups,
        "loose": loose,
        "retired": [field for field in found if field.retired_at],
        "is_empty": not found,
    }
    return render(request, "records/custom/fields.html", context)


@needs("custom_field", "create")
def field_create(request: WorkspaceRequest, kind: str) -> HttpResponse:
    type_or_404(kind)
    return edit(request, CustomField(record=kind))


@needs("custom_field", "change")
def field(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return edit(request, get_object_or_404(CustomField, pk=pk))


def edit(request: WorkspaceRequest, field: CustomField) -> HttpResponse:
    title = field.name
    form = FieldForm(request.POST or None, instance=field, membership=request.membership)
    if saved(form, lambda: form.save(by=request.membership.actor)):
        undoable(request, _("Field %(name)s saved.") % {"name": field})
        return SeeOther(home_of(field))
    context = shared(field.record) | {"form": form, "field": field, "title": title or _("New field")}
    return render(request, "records/custom/field.html", context, status=UNPROCESSABLE if form.is_bound else 200)


OF_FIELDS = VerbViews(CustomField, home_of)
field_place = OF_FIELDS.place()
field_retirement = OF_FIELDS.view(
    "change", CustomField.retire, gettext_lazy("Field %(name)s retired. Its values are kept.")
)
field_revival = OF_FIELDS.view("change", CustomField.revive, gettext_lazy("Field %(name)s is back with its values."))


@needs("custom_field", "change")
def group(request: WorkspaceRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(CustomGroup, pk=pk)
    title, form = group.name, GroupForm(request.POST or None, instance=group)
    if form.is_valid():
        group.keep(by=request.membership.actor)
        undoable(request, _("Group %(name)s saved.") % {"name": group})
        return SeeOther(home_of(group))
    context = shared(group.record) | {"form": form, "group": group, "title": title}
    return render(request, "records/custom/group.html", context, status=UNPROCESSABLE if form.is_bound else 200)


OF_GROUPS = VerbViews(CustomGroup, home_of)
group_place = OF_GROUPS.place()
group_removal = OF_GROUPS.view("delete", CustomGroup.remove, gettext_lazy("Group %(name)s deleted. Its fields stay."))


# --- shared -----------------------------------------------------------------------------------------------------------
def type_or_404(kind: str) -> None:
    if kind not in customized():
        raise Http404


def shared(kind: str) -> dict[str, object]:
    """What the pages of a record type's fields show: its name, and the ways to the others."""
    names = {name: capfirst(str(model._meta.verbose_name_plural)) for name, model in customized().items()}
    tabs = [(label, reverse("fields:fields", args=[name]), name == kind) for name, label in names.items()]
    return {"kind": kind, "plural": names[kind], "tabs": tabs}
