"""Adding a tie to a record, and taking one away, from the record's page."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap

from core.redirects import SeeOther
from records.models import Record
from records.pages import PAGES
from records.pages.views import UNPROCESSABLE
from records.panels import PANELS, show
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .choosing import suggestions
from .forms import TieForm
from .models import MODELS, Tie, opposite


@needs("tie", "create")
def create(request: WorkspaceRequest, kind: str, pk: int) -> HttpResponse:
    """The form of a new tie (a dialog for htmx, else a page), and its saving."""
    record = find(request, kind, pk)
    posted = request.POST if request.method == "POST" else None
    form = TieForm(posted, subject=record, membership=request.membership)
    if saved(form, lambda: form.save(by=request.membership.actor)) is None:
        template = "ties/tie.html#dialog" if request.htmx else "ties/tie.html"
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, template, {"form": form, "record": record}, status=status)
    undoable(request, _("Tie to %(title)s added.") % {"title": form.cleaned_data["record"].title})
    return answer(request, record)


@require_POST
@needs("tie", "delete")
def removal(request: WorkspaceRequest, kind: str, pk: int, tie: int) -> HttpResponse:
    record = find(request, kind, pk)
    found = get_object_or_404(Tie.of(record).select_related("type"), pk=tie)
    side = opposite(found.side_of(record))
    other = find(request, found.kind_at(side), found.id_at(side))
    found.remove(by=request.membership.actor)
    undoable(request, _("Tie to %(title)s removed.") % {"title": other.title})
    return answer(request, record, focus=True)


@require_GET
@needs("tie", "create")
def pick(request: WorkspaceRequest) -> HttpResponse:
    """Suggestions of all kinds for `?q=`."""
    text = request.GET.get("q", "").strip()
    found = suggestions(request.membership, text) if text else []
    return render(request, "ties/options.html", {"records": found})


def find(request: WorkspaceRequest, kind: str, pk: int) -> Record:
    """A record that can be tied, through the door of its own page; 404 for anything else."""
    if kind not in MODELS:
        raise Http404
    return PAGES[kind].find(request, pk)


def answer(request: WorkspaceRequest, record: Record, *, focus: bool = False) -> HttpResponse:
    """Back to the record; where its page is still open (htmx), its panel anew, with the `focus` where it stood, and no
    dialog."""
    if not request.htmx:
        return SeeOther(f"{record.get_absolute_url()}?pane=related")
    context = {"record": record, "shown": show(PANELS[record.record_name]["ties"], request, record), "focus": focus}
    return reswap(render(request, "ties/saved.html", context), "none")
