"""The entries of a timeline as HTML. In Python, because a page shows dozens: a template takes ten times as long."""

from collections.abc import Sequence
from functools import cache

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.models import Contact
from core.formats import due_state, full_when, when
from core.templatetags.formats import iso
from core.templatetags.ui import icon_symbols, icon_use
from deals.models import Deal
from organizations.models import Organization
from records import wording
from records.listing.look import Look
from records.listing.pulse import NextStep
from records.models import Record
from workspaces.requests import WorkspaceRequest

from . import prose
from .models import ICONS, Activity
from .models.kinds import DIRECTION_ICONS
from .timeline import Entry

#: in the menu of an entry, and beside what belongs to it
SIGNS = ("check", "ellipsis-horizontal", "pencil", "trash", "bookmark", "bookmark-slash", "clock", "arrow-right",
         "map-pin", "paper-clip")  # fmt: skip
#: by how many days an entry is put off
PUT_OFF = (1, 3, 7)


@cache
def symbols() -> SafeString:
    """The icons that a timeline may show, defined once a page."""
    shown = {*ICONS.values(), *DIRECTION_ICONS.values(), *NextStep.MARKS.values(), *wording.icons(), *SIGNS}
    return icon_symbols(*sorted(shown))


class TimelineLook(Look):
    """How entries look on the page of `record`, with what the reader may do to them."""

    def __init__(self, request: WorkspaceRequest, record: Record):
        super().__init__()
        member = request.membership
        self.on = f"{record.record_name}-{record.pk}"
        self.may_change = member.may("activity", "change")
        self.deletable = member.reachable_owner_ids(member.scope("activity", "delete"))
        self.before = reverse("activities:detail", args=[0]).removesuffix("0/")
        self.on_deal, self.with_person = escape(_("on %(deal)s")), escape(_("with %(person)s"))
        self.next_word = escape(_("Next:"))
        self.words = {
            "done": _("Mark done: %(title)s"),
            "menu": _("Actions for: %(title)s"),
            "edit": escape(_("Edit")),
            "pin": escape(_("Pin to the top")),
            "unpin": escape(_("Unpin")),
            "delete": escape(_("Delete")),
        }
        days = (_("Put off by a day"), _("Put off by 3 days"), _("Put off by a week"))
        self.put_off = [*zip(PUT_OFF, map(escape, days), strict=True)]

    def html(self, entry: Entry) -> SafeString:
        """One `li.ev`: icon, box to tick when it is open, headline, who, where it comes from, when, text, menu."""
        activity = entry.activity
        if activity is None:
            headline: str = escape(wording.sentence(entry.event_kind, entry.event_data or {}, entry.model))
            symbol, attributes, text, tick, menu = wording.icon(entry.event_kind), "", "", "", ""
        else:
            headline = f'<a href="{self.url("activities", activity.pk)}">{escape(activity.headline)}</a>'
            symbol, attributes = activity.icon, f' id="activity-{activity.pk}"'
            text = self.text(activity, entry.mentions, entry.files)
            tick = self.tick(activity) if activity.is_open and self.may_change else ""
            menu = self.menu(activity, entry.is_pinned) if self.may_change else ""
        looks = f"{entry.looks} pinned" if entry.is_pinned else entry.looks
        who = f' <span class="by">{escape(entry.who)}</span>' if entry.who else ""
        return mark_safe(
            f'<li class="ev {looks}"{attributes}><span class="ico">{icon_use(symbol)}</span><div class="b">{tick}'
            f'<p class="h"><b>{headline}</b>{who}{self.origin(entry.through)} {self.time(entry)}</p>{text}{menu}'
            "</div></li>"
        )

    # --- what one does with it ----------------------------------------------------------------------------------------
    def button(self, pk: int, noun: str, content: str, data: str = "") -> str:
        """A button of the form that stands once above all entries."""
        path = f"{self.before}{pk}/{noun}/"
        return (
            f'<button form="entry-form" formaction="{path}" hx-post="{path}" hx-target="#timeline" hx-swap="outerHTML"'
            f"{data}>{content}</button>"
        )

    def tick(self, activity: Activity) -> str:
        label = escape(self.words["done"] % {"title": activity.subject})
        button = self.button(activity.pk, "completion", icon_use("check"), f' aria-label="{label}"')
        return f'<span class="done">{button}</span>'

    def menu(self, activity: Activity, is_pinned: bool) -> str:
        pk, words = activity.pk, self.words
        edit = f"{self.before}{pk}/edit/"
        items = [
            f'<a href="{edit}" hx-get="{self.before}{pk}/entry/?on={self.on}" hx-target="#activity-{pk}"'
            f' hx-swap="outerHTML">{icon_use("pencil")}{words["edit"]}</a>'
        ]
        if activity.is_open:
            data = ' name="days" value="{}"'
            items += [self.button(pk, "due", icon_use("clock") + text, data.format(n)) for n, text in self.put_off]
        elif is_pinned:
            content = f"{icon_use('bookmark-slash')}{words['unpin']}"
            items.append(self.button(pk, "pin", content, ' name="pinned" value="0"'))
        elif activity.kind == "note":
            items.append(self.button(pk, "pin", f"{icon_use('bookmark')}{words['pin']}"))
        if self.deletable is None or activity.owner_id in self.deletable:
            content = f"{icon_use('trash')}{words['delete']}"
            items.append(self.button(pk, "removal", content, ' class="danger"'))
        label = escape(words["menu"] % {"title": activity.subject})
        return (
            f'<button type="button" class="btn ghost icon-only acts" popovertarget="acts-{pk}" aria-label="{label}">'
            f'{icon_use("ellipsis-horizontal")}</button><div popover id="acts-{pk}" class="menu"><ul><li>'
            f"{'<li>'.join(items)}</ul></div>"
        )

    # --- what it says -------------------------------------------------------------------------------------------------
    def origin(self, through: Deal | Contact | Organization | None) -> str:
        """On which deal, with which person, at which subsidiary, where it is not about the record itself."""
        if through is None:
            return ""
        link = f'<a class="link" href="{self.url(through.namespace, through.pk)}">{escape(through.name)}</a>'
        if through.record_name == "organization":
            return f' <span class="by">{link}</span>'
        words = self.on_deal % {"deal": link} if through.record_name == "deal" else self.with_person % {"person": link}
        return f' <span class="by">{words}</span>'

    def time(self, entry: Entry) -> str:
        at = entry.occurred_at
        full = escape(full_when(at, self.zone, self.language))
        if entry.activity and entry.activity.is_open:
            due = due_state(at, self.now, self.zone, self.language)
            mark = icon_use(NextStep.MARKS[due.state])
            return f'<span class="st {due.state}" title="{full}">{mark}{escape(due.text)}</span>'
        words = escape(when(at, self.now, self.zone, self.language))
        return f'<time datetime="{iso(at)}" title="{full}">{words}</time>'

    def text(self, activity: Activity, mentions: tuple[str, ...], files: Sequence[tuple[int, str, int]]) -> str:
        """What was written: notes, next steps; where it is, and what hangs on it."""
        parts = []
        if activity.location:
            parts.append(f'<p class="more-of">{icon_use("map-pin")}{escape(activity.location)}</p>')
        if activity.body:
            parts.append(f'<div class="x">{prose.html(activity.body, mentions)}</div>')
        if activity.next_steps:
            steps = prose.html(activity.next_steps, mentions)
            parts.append(
                f'<div class="x next">{icon_use("arrow-right")}<b>{self.next_word}</b> <div>{steps}</div></div>'
            )
        for pk, name, size in files:
            path = f"{self.before}{activity.pk}/files/{pk}/"
            parts.append(
                f'<p class="more-of">{icon_use("paper-clip")}<a class="link" href="{path}">{escape(name)}</a>'
                f' <span class="num">{filesizeformat(size)}</span></p>'
            )
        return "".join(parts)
