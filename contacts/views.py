"""Positions: who works where. The pages of people themselves are the record machine's."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import reswap

from core.numbers import number
from core.redirects import SeeOther
from organizations.models import Organization
from records.models import Record
from records.pages import PAGES
from records.pages.views import UNPROCESSABLE
from records.panels import PANELS, show
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .forms import PositionForm
from .models import Contact, PastPosition, Position
from .people_forms import ColleagueForm, MoveForm, RolesForm

#: the panel of each record page that shows positions
PANEL_OF = {"contact": "organizations", "organization": "people"}


@needs("contact", "change")
def position_create(request: WorkspaceRequest) -> HttpResponse:
    """Put a person into an organization; `?contact=` or `?organization=` is whose page led here."""
    posted = request.POST if request.method == "POST" else None
    form = PositionForm(posted, membership=request.membership, initial=request.GET.dict())
    if not form.is_valid():
        return form_page(request, form, led_from(request))
    position = form.save(by=request.membership.actor)
    undoable(request, _("%(contact)s joined %(organization)s.") % position.names)
    return answer(request, position.contact)


@needs("contact", "change")
def position(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Change what the person is there."""
    position = find(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = PositionForm(posted, membership=request.membership, instance=position)
    if not form.is_valid():
        return form_page(request, form, led_from(request) or position.contact, position)
    form.save(by=request.membership.actor)
    undoable(request, _("Position of %(contact)s at %(organization)s saved.") % position.names)
    return answer(request, position.contact)


@require_POST
@needs("contact", "change")
def position_end(request: WorkspaceRequest, pk: int) -> HttpResponse:
    position = find(request, pk)
    position.end(by=request.membership.actor)
    undoable(request, _("%(contact)s left %(organization)s.") % position.names)
    return answer(request, position.contact)


@needs("contact", "change")
def position_move(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take the person to another organization; what it was here stays as a past position."""
    position = find(request, pk)
    posted = request.POST if request.method == "POST" else None
    initial = {"job_title": position.job_title, "on": timezone.localdate()}
    form = MoveForm(posted, membership=request.membership, initial=initial)
    moved = saved(form, lambda: position.move_to(by=request.membership.actor, **form.cleaned_data))
    if moved is None:
        return form_page(request, form, led_from(request) or position.contact, position, name="moving")
    words = {"contact": moved.contact.name, "organization": moved.organization.name}
    undoable(request, _("%(contact)s is at %(organization)s now.") % words)
    return answer(request, position.contact)


@needs("contact", "change")
def position_roles(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The roles of a position, changed where they stand."""
    position = find(request, pk)
    held = position.role_links.values_list("role_id", flat=True)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": list(held)})
    if not form.is_valid():
        context = {"form": form, "position": position, "record": led_from(request) or position.contact}
        template = "contacts/roles.html#inline" if request.htmx else "contacts/roles.html"
        return render(request, template, context, status=UNPROCESSABLE if form.is_bound else 200)
    position.edit(by=request.membership.actor, **position.values | form.cleaned_data)
    undoable(request, _("Position of %(contact)s at %(organization)s saved.") % position.names)
    return answer(request, position.contact, focus=position.pk)


@require_POST
@needs("contact", "change")
def past_position_removal(request: WorkspaceRequest, pk: int) -> HttpResponse:
    past = get_object_or_404(
        PastPosition.objects.select_related("contact", "organization"),
        pk=pk,
        contact__in=Contact.objects.visible_to(request.membership, "change"),
        organization__in=Organization.objects.visible_to(request.membership),
    )
    past.remove(by=request.membership.actor)
    undoable(request, _("Past position removed."))
    return answer(request, past.contact)


# --- people of an organization ----------------------------------------------------------------------------------------
@needs("contact", "create")
def colleague_create(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """A new person at an organization, or one who is in the list already and like it."""
    organization = PAGES["organization"].find(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = ColleagueForm(posted, organization=organization, membership=request.membership)
    position = saved(form, lambda: form.save(by=request.membership.actor))
    if position is None:
        return form_page(request, form, organization, name="colleague")
    undoable(request, _("%(contact)s joined %(organization)s.") % position.names)
    return answer(request, organization, led=organization)


def find(request: WorkspaceRequest, pk: int) -> Position:
    """A position of a person whom the member may change, at an organization that it may see."""
    return get_object_or_404(
        Position.objects.select_related("contact", "organization"),
        pk=pk,
        contact__in=Contact.objects.visible_to(request.membership, "change"),
        organization__in=Organization.objects.visible_to(request.membership),
    )


def led_from(request: WorkspaceRequest) -> Record | None:
    """The record whose page led to the form; it is shown again afterwards."""
    for name, model in (("organization", Organization), ("contact", Contact)):
        if pk := number(request.GET.get(name, "")):
            return model.objects.visible_to(request.membership).filter(pk=pk).first()
    return None


def answer(request: WorkspaceRequest, default: Record, led: Record | None = None, focus: int = 0) -> HttpResponse:
    """Back to the page that led here; where it is still open (htmx), its panel and derived facts anew and no dialog.
    The cursor comes to the roles of the position `focus`, which were edited in place."""
    record = led or led_from(request) or default
    if not request.htmx:
        return SeeOther(record.get_absolute_url())
    page, panel = PAGES[record.record_name], PANELS[record.record_name][PANEL_OF[record.record_name]]
    page.read_asides(record, request.membership)
    facts = page.shown_facts(request, record)
    context = {"record": record, "shown": show(panel, request, record), "facts": facts, "focus": focus}
    context["crumbs"] = page.crumbs(record)
    return reswap(render(request, "contacts/position_saved.html", context), "none")


def form_page(
    request: WorkspaceRequest,
    form: BaseForm,
    record: Record | None,
    position: Position | None = None,
    name: str = "position",
) -> HttpResponse:
    context = {"form": form, "record": record, "position": position}
    template = f"contacts/{name}.html#dialog" if request.htmx else f"contacts/{name}.html"
    return render(request, template, context, status=UNPROCESSABLE if form.is_bound else 200)
