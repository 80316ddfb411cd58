"""What activities show on record pages: the composer and the timeline, and on their own page what they are about."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Contact
from core.formats import active_language, locale_of
from deals.models import Deal
from organizations.models import Organization
from records.models import Record
from records.panels import Panel, register
from workspaces.requests import WorkspaceRequest

from .forms import COMPOSERS, ComposerForm
from .look import TimelineLook, symbols
from .models import ICONS, Activity
from .timeline import Cursor, Entry, Timeline

#: the records that have a timeline
TIMELINES = ("contact", "organization", "deal")


# --- composer ---------------------------------------------------------------------------------------------------------
def composer(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """The composer as the address wants it (`?compose=call`), or the one that could not be saved."""
    form: ComposerForm | None = getattr(request, "composer", None)
    if form is None:
        wanted = request.GET.get("compose") or request.POST.get("kind", "")
        form = COMPOSERS.get(wanted, COMPOSERS["note"])(membership=request.membership)
        if "compose" in request.GET:
            form.take_focus()
    return {"composer": form}


def may_compose(request: WorkspaceRequest, record: Record) -> bool:
    return request.membership.may("activity", "create")


# --- timeline ---------------------------------------------------------------------------------------------------------
def timeline(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """What comes next and what was: the first page, or the one that the address asks for (`?before=…`)."""
    shown = Timeline(record, request.membership, request.GET.get("only", ""))
    before = Cursor.read(request.GET.get("before", ""))
    entries, older = shown.page(before)
    look = TimelineLook(request, record)
    base = {"only": shown.only} if shown.only else {}
    return {
        "symbols": symbols(),
        "upcoming": [] if before else [look.html(entry) for entry in shown.upcoming()],
        "periods": periods(entries, look, before),
        "only": shown.only,
        "chosen": Chosen(shown.only),
        "before": before,
        "older": urlencode(base | {"before": older}) if older else "",
        "newest": f"?{urlencode(base)}",
    }


FILTERS = (
    ("", gettext_lazy("All")),
    ("note", gettext_lazy("Notes")),
    ("call", gettext_lazy("Calls")),
    ("meeting", gettext_lazy("Meetings")),
    ("task", gettext_lazy("Tasks")),
    ("change", gettext_lazy("Changes")),
)


class Chosen(NamedTuple):
    """The filter of a timeline: one of `filters`."""

    only: str
    filters: tuple[tuple[str, Any], ...] = FILTERS

    @property
    def kept_by(self) -> str:
        return self.only


def periods(entries: Iterable[Entry], look: TimelineLook, before: Cursor | None) -> list[tuple[str, list[SafeString]]]:
    """The entries as HTML below headings: today, this week, earlier this month, then month by month.

    The first heading of a further page is left out when the page before ended below it.
    """
    today = timezone.localdate()

    def heading(at: dt.datetime) -> str:
        return period(timezone.localdate(at), today)

    groups = groupby(entries, key=lambda entry: heading(entry.occurred_at))
    found = [(words, [look.html(entry) for entry in group]) for words, group in groups]
    if found and before and heading(before.occurred_at) == found[0][0]:
        found[0] = ("", found[0][1])
    return found


def period(day: dt.date, today: dt.date) -> str:
    """The heading that a day stands below."""
    locale = locale_of(active_language())
    if day >= today:
        return _("Today")
    if day >= today - dt.timedelta(days=(today.weekday() - locale.first_week_day) % 7):
        return _("This week")
    if (day.year, day.month) == (today.year, today.month):
        return _("Earlier this month")
    month = locale.months["stand-alone"]["wide"][day.month]
    month = month[:1].upper() + month[1:]
    return month if day.year == today.year else _("%(month)s %(year)s") % {"month": month, "year": day.year}


# --- the page of an activity ------------------------------------------------------------------------------------------
def written(request: WorkspaceRequest, activity: Activity) -> dict[str, Any]:
    return {"kind_icon": ICONS[activity.kind]}


def about(request: WorkspaceRequest, activity: Activity) -> dict[str, Any]:
    """The records that the activity is about, as far as the reader may see them."""
    records: list[Record] = []
    for model in (Contact, Organization, Deal):
        rows = model.objects.visible_to(request.membership).filter(activity_links__activity=activity)
        records += rows.order_by("pk")
    return {"records": [(record, record._meta.verbose_name) for record in records], "count": len(records)}


for name in TIMELINES:
    register(
        name,
        Panel(
            "composer",
            gettext_lazy("Add"),
            "activities/composer.html",
            composer,
            order=10,
            pane="centre",
            shown=may_compose,
        ),
        Panel("timeline", gettext_lazy("Timeline"), "activities/timeline.html", timeline, order=20, pane="centre"),
    )
register(
    "activity",
    Panel("body", gettext_lazy("Notes"), "activities/body.html", written, order=10, pane="centre"),
    Panel("about", gettext_lazy("About"), "activities/about.html", about, order=10),
)
