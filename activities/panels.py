"""What activities show on record pages: the composer and the timeline, and on their own page what they are about."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Contact
from core.formats import active_language, locale_of
from core.statements import Statement
from deals.models import Deal
from organizations.models import Organization
from records.models import Record
from records.panels import Action, Panel, register, register_action
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .composers import COMPOSERS, ComposerForm
from .look import TimelineLook, symbols
from .models import Activity, Draft
from .timeline import Cursor, Entry, Timeline

#: the records that have a timeline
TIMELINES = ("contact", "organization", "deal")


# --- composer ---------------------------------------------------------------------------------------------------------
def composer(request: WorkspaceRequest, record: Record, kind: str = "") -> dict[str, Any]:
    """The composer as the address wants it (`?compose=call`), or the one that could not be saved; with what was left
    in it. The one that was left opens where none is wanted."""
    form: ComposerForm | None = getattr(request, "composer", None)
    drafts = {draft.kind: draft for draft in drafts_of(request.membership, record)}
    if form is None:
        wanted = kind or request.GET.get("compose") or request.POST.get("kind") or next(iter(drafts), "")
        form = COMPOSERS.get(wanted, COMPOSERS["note"])(membership=request.membership, record=record)
        if form.kind in drafts:
            form.take_draft(drafts[form.kind])
        if "compose" in request.GET:
            form.take_focus()
    return {"composer": form, "begun": timezone.now().isoformat(), "drafts": Drafts(frozenset(drafts))}


class Drafts(NamedTuple):
    """The kinds of activity that the reader has begun to write about the record."""

    kinds: frozenset[str]

    @property
    def kept_by(self) -> frozenset[str]:
        return self.kinds


@cache
def drafts_on(subject: str) -> Statement:
    """The statement for a member's drafts on a record of a kind, the newest first."""
    rows = Draft.objects.present().order_by("-updated_at")
    return Statement(lambda record, member: rows.filter(**{subject: record}, member=member), record=int, member=int)


def drafts_of(membership: Membership, record: Record) -> list[Draft]:
    return drafts_on(record.record_name)(record=record.pk, member=membership.pk)


def may_compose(request: WorkspaceRequest, record: Record) -> bool:
    return request.membership.may("activity", "create")


# --- timeline ---------------------------------------------------------------------------------------------------------
def timeline(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    """What comes next and what was: the first page, or the one that the address asks for (`?before=…`)."""
    wanted = request.POST if request.method == "POST" else request.GET  # a change keeps what was looked for
    find = wanted.get("find", "").strip() if wanted.get("only") != "change" else ""
    shown = Timeline(record, request.membership, wanted.get("only", ""), find)
    before = Cursor.read(wanted.get("before", ""))
    entries, older = shown.page(before)
    upcoming, pinned = ([], []) if before else shown.top()
    look = TimelineLook(request, record)
    base = {name: value for name, value in (("only", shown.only), ("find", find)) if value}
    return {
        "symbols": symbols(),
        "upcoming": [look.html(entry) for entry in upcoming],
        "pinned": [look.html(entry) for entry in pinned],
        "periods": periods(entries, look, before),
        "only": shown.only,
        "find": find,
        "more": f"&{urlencode({'find': find})}" if find else "",
        "on": look.on,
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
    """What was written, as on a timeline; its files have a panel of their own."""
    called = tuple(activity.mentions.values_list("name", flat=True)) if "@" in activity.text else ()
    text = mark_safe(TimelineLook(request, activity).text(activity, called, ()))
    return {"symbols": symbols(), "text": text}


def about(request: WorkspaceRequest, activity: Activity) -> dict[str, Any]:
    """The records that the activity is about, as far as the reader may see them."""
    records: list[Record] = []
    for model in (Contact, Organization, Deal):
        rows = model.objects.visible_to(request.membership).filter(activity_links__activity=activity)
        records += rows.order_by("pk")
    return {"records": [(record, record._meta.verbose_name) for record in records], "count": len(records)}


def composing(kind: str):
    """The address of a record's page with the composer open, for who may write."""

    def url(request: WorkspaceRequest, record: Record) -> str:
        return f"{record.get_absolute_url()}?compose={kind}" if may_compose(request, record) else ""

    return url


for name in TIMELINES:
    register_action(
        name,
        *(
            Action(form.action_label, form.icon, composing(form.kind), order=50, key=form.key, place="elsewhere")
            for form in COMPOSERS.values()
        ),
    )
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
