"""The entries of a timeline as HTML. In Python, because a page shows dozens: a template takes ten times as long."""

from functools import cache

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.models import Contact
from core.formats import due_state, full_when, when
from core.templatetags.formats import iso
from core.templatetags.ui import icon_symbols, icon_use
from deals.models import Deal
from records import wording
from records.listing.look import Look
from records.models import Record
from workspaces.requests import WorkspaceRequest

from .models import ICONS, Activity
from .timeline import Entry

MARKS = {"late": "exclamation-triangle", "today": "clock", "planned": "calendar"}


@cache
def symbols() -> SafeString:
    """The icons that a timeline may show, defined once a page."""
    return icon_symbols(*sorted({*ICONS.values(), *MARKS.values(), *wording.icons(), "check"}))


class TimelineLook(Look):
    """How entries look on the page of `record`."""

    def __init__(self, request: WorkspaceRequest, record: Record):
        super().__init__()
        self.may_change = request.membership.may("activity", "change")
        self.done_words = _("Mark done: %(title)s")
        before, _pk, self.done_path = reverse("activities:completion", args=[0]).rpartition("0")
        self.done_form = (
            f'<form class="done" method="post" action="{before}%s" hx-post="{before}%s" hx-target="#timeline"'
            f' hx-swap="outerHTML"><input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
            f'<input type="hidden" name="on" value="{record.record_name}-{record.pk}">'
            f'<button aria-label="%s">{icon_use("check")}</button></form>'
        )
        self.on_deal, self.with_person = escape(_("on %(deal)s")), escape(_("with %(person)s"))

    def html(self, entry: Entry) -> SafeString:
        """One `li.ev`: icon, box to tick when it is open, headline, who, where it comes from, when, text."""
        activity = entry.activity
        if activity is None:
            headline: str = escape(wording.sentence(entry.event_kind, entry.event_data or {}, entry.model))
            symbol, attributes, text, tick = wording.icon(entry.event_kind), "", "", ""
        else:
            headline = f'<a href="{self.url("activities", activity.pk)}">{escape(activity.headline)}</a>'
            symbol, attributes = ICONS[activity.kind], f' id="activity-{activity.pk}"'
            text = f'<div class="x">{self.text(activity.body)}</div>' if activity.body else ""
            tick = self.tick(activity) if activity.is_open and self.may_change else ""
        who = f' <span class="by">{escape(entry.who)}</span>' if entry.who else ""
        return mark_safe(
            f'<li class="ev {entry.looks}"{attributes}><span class="ico">{icon_use(symbol)}</span><div class="b">{tick}'
            f'<p class="h"><b>{headline}</b>{who}{self.origin(entry.through)} {self.time(entry)}</p>{text}</div></li>'
        )

    def tick(self, activity: Activity) -> str:
        path = f"{activity.pk}{self.done_path}"
        return self.done_form % (path, path, escape(self.done_words % {"title": activity.subject}))

    def origin(self, through: Deal | Contact | None) -> str:
        """On which deal, with which person, where it is not about the record itself."""
        if through is None:
            return ""
        link = f'<a class="link" href="{self.url(through.namespace, through.pk)}">{escape(through.name)}</a>'
        words = self.on_deal % {"deal": link} if through.record_name == "deal" else self.with_person % {"person": link}
        return f' <span class="by">{words}</span>'

    def time(self, entry: Entry) -> str:
        at = entry.occurred_at
        full = escape(full_when(at, self.zone, self.language))
        if entry.activity and entry.activity.is_open:
            due = due_state(at, self.now, self.zone, self.language)
            return f'<span class="st {due.state}" title="{full}">{icon_use(MARKS[due.state])}{escape(due.text)}</span>'
        words = escape(when(at, self.now, self.zone, self.language))
        return f'<time datetime="{iso(at)}" title="{full}">{words}</time>'

    @staticmethod
    def text(body: str) -> str:
        """What was written: addresses as links, line breaks kept."""
        worth_linking = "://" in body or "www." in body or "@" in body
        html = urlize(body, nofollow=True, autoescape=True) if worth_linking else escape(body)
        return html.replace("\r\n", "\n").replace("\n", "<br>")
