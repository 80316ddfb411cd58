"""Today, the home of a workspace: what is due, and to finish it, put it off or plan what comes next.

Without JavaScript each is a form on a page of its own that leads back; htmx gets the pieces that are other now.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.numbers import number
from core.redirects import SeeOther
from deals.models import Deal
from records.models import Record
from records.pages import PAGES
from records.pages.views import UNPROCESSABLE
from records.saving import saved
from records.toasts import undoable
from records.trail import note_listed
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .entry_views import find, finish, put_off
from .models import OUTCOMES, Activity, ActivityLink, Mention
from .pages import ActivityPage
from .today import Section, Today, due_badge
from .today_forms import PlanForm, SnoozeForm
from .today_look import TodayLook, symbols
from .welcome import Welcome

page = ActivityPage()


@needs("activity", "view")
@require_GET
def today(request: WorkspaceRequest) -> HttpResponse:
    """The page. `?who=team` is the work of those whom the reader leads; `?next=7` offers to plan what follows on 7."""
    shown = today_of(request)
    context = {"today": shown, "symbols": symbols(), "who": who(request), "offer": offered(request)}
    context |= {"welcome": Welcome.of(request), "due": written(request, shown, shown.due.values())}
    context["stuck"] = written(request, shown, shown.stuck.values())
    mentions = [] if shown.team else list(Mention.objects.lately(request.membership))
    response = render(request, "activities/today.html", context | {"mentions": mentions})
    note_rows(request, shown, mentions)
    return response


def note_rows(request: WorkspaceRequest, shown: Today, mentions: Iterable[Mention]) -> None:
    """The read trail: what is due and what it is about, whose numbers stand beside it, mentions and stuck deals."""
    due = [row for section in shown.due.values() for row in section.rows]
    listed = {"activity": dict.fromkeys([*(row.id for row in due), *(mention.activity_id for mention in mentions)])}
    listed["deal"] = dict.fromkeys(row.id for section in shown.stuck.values() for row in section.rows)
    for about in (about for row in due for about in row.about):
        listed.setdefault(about.kind, {})[about.id] = None
    for kind, ids in listed.items():
        note_listed(request, PAGES[kind].model, list(ids))


def who(request: WorkspaceRequest) -> str:
    return "team" if (request.POST.get("who") or request.GET.get("who")) == "team" else ""


def today_of(request: WorkspaceRequest) -> Today:
    return Today(request.membership, team=bool(who(request)))


def home(request: WorkspaceRequest, **query: object) -> HttpResponse:
    """Back to the page, as it was looked at."""
    query = ({"who": "team"} if who(request) else {}) | query
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return SeeOther(reverse("today") + (f"?{words}" if words else ""))


def written(request: WorkspaceRequest, shown: Today, sections: Iterable[Section]) -> list[tuple[Section, SafeString]]:
    """Sections with their rows as HTML."""
    look = TodayLook(request, shown)
    return [(section, look.rows(section)) for section in sections]


# --- finish -----------------------------------------------------------------------------------------------------------
@needs("activity", "change")
def completion(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How a call went (a dialog for htmx, else a page), and that an activity is done."""
    activity = find(request, pk)
    if request.method != "POST":
        return ask(request, "finish", {"activity": activity, "outcomes": OUTCOMES})
    was_due = activity.occurred_at
    finish(request, activity)
    follows = plan_form(request, activity) if lacks_next_step(activity, request) else None
    if request.htmx:
        return pieces(request, [was_due], offer=follows)
    return home(request, **({"next": activity.pk} if follows else {}))


def ask(request: WorkspaceRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A short question: a dialog over the page for htmx, else a page."""
    template = f"activities/today_{name}.html" + ("#dialog" if request.htmx else "")
    return render(request, template, context | {"who": who(request)}, status=status)


def lacks_next_step(activity: Activity, request: WorkspaceRequest) -> bool:
    """Is nothing planned any more about the deal, else the person or organization, that the activity was about?"""
    if not request.membership.may("activity", "create"):
        return False
    record = next(iter(subjects(activity, request)), None)
    if record is None or not getattr(record, "is_open", True):
        return False
    return not ActivityLink.objects.filter(**{record.record_name: record, "state": "open"}).exists()


def subjects(activity: Activity, request: WorkspaceRequest) -> list[Record]:
    """What an activity is about as far as the reader may see it, the deal first, then the person."""
    order = ("deal", "contact", "organization")
    seen = [one for one in activity.about if not one.deleted_at and one.allows("view", request.membership)]
    return sorted(seen, key=lambda record: order.index(record.record_name))


# --- put off ----------------------------------------------------------------------------------------------------------
@needs("activity", "change")
def due(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Until when an activity could be put off (a dialog for htmx, else a page), and that it is."""
    activity = find(request, pk)
    form = SnoozeForm(request.POST if request.method == "POST" else None, activity=activity)
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return ask(request, "snooze", {"activity": activity, "form": form}, status)
    was_due, until = activity.occurred_at, put_off(request, form)
    return pieces(request, [was_due, until]) if request.htmx else home(request)


# --- plan -------------------------------------------------------------------------------------------------------------
@needs("activity", "create")
def plan(request: WorkspaceRequest, kind: str, pk: int) -> HttpResponse:
    """What comes next after an activity, or on a deal: the form in its row for htmx, else on a page, and the plan."""
    about = PAGES[kind].find(request, pk) if kind in ("activity", "deal") else None
    if about is None:
        raise Http404
    form = plan_form(request, about)
    activity = saved(form, lambda: form.save(by=request.membership.actor))
    if activity is None:
        return plan_again(request, form)
    undoable(request, _("“%(activity)s” planned.") % {"activity": activity.subject})
    at = form.cleaned_data["due_at"]
    return pieces(request, [at]) if request.htmx else home(request)


def plan_form(request: WorkspaceRequest, about: Record) -> PlanForm:
    """The form for the next step about what an activity was about, or about a deal and its primary person."""
    if isinstance(about, Activity):
        records = subjects(about, request)
    else:
        people = cast(Deal, about).people()[:1]
        records = [about, *(person.contact for person in people if not person.contact.deleted_at)]
    is_sent = request.method == "POST" and "due_at" in request.POST
    kind = about.kind if isinstance(about, Activity) and about.kind != "note" else "task"
    # Several stand open on a page, each in its row.
    own_id = f"plan-{about.record_name}-{about.pk}-%s"
    form = PlanForm(request.POST if is_sent else None, about=records, initial={"kind": kind}, auto_id=own_id)
    form.action = reverse("today:plan", args=[about.record_name, about.pk])
    return form


def plan_again(request: WorkspaceRequest, form: PlanForm) -> HttpResponse:
    """The form: in the row or the dialog that asked for it, else on a page."""
    part = ("#offer" if request.htmx.target == "dialog-slot" else "#form") if request.htmx else ""
    context = {"form": form, "who": who(request), "target": f"#{request.htmx.target}"}
    return render(request, f"activities/today_plan.html{part}", context, status=UNPROCESSABLE if form.is_bound else 200)


def offered(request: WorkspaceRequest) -> PlanForm | None:
    """The form that the address asks for after something was finished without JavaScript."""
    pk = number(request.GET.get("next", ""))
    activity = next(iter(page.by_id(id=pk)), None) if pk else None
    if activity is None or not activity.allows("view", request.membership) or not lacks_next_step(activity, request):
        return None
    return plan_form(request, activity)


# --- the answer -------------------------------------------------------------------------------------------------------
def pieces(request: WorkspaceRequest, moments: Iterable[dt.datetime], offer: PlanForm | None = None) -> HttpResponse:
    """What is other on the page now: the sections that these moments fall into, the deals, the figures, the badge."""
    shown = today_of(request)
    changed = {shown.span_of(at) for at in moments}
    due = written(request, shown, (section for section in shown.due.values() if section.name in changed))
    context = {"today": shown, "due": due, "stuck": written(request, shown, shown.stuck.values())}
    context |= {"who": who(request), "offer": offer, "badge": due_badge(request.membership), "swap": True}
    return render(request, "activities/today_changed.html", context)
