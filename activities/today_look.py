"""The rows of Today as HTML. In Python, because a page shows a hundred: a template takes ten times as long.

A button of a row says with `data-row-key` which keys press it while the row has the focus (js/rows.js).
"""

from functools import cache
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formats import due_state, full_when, short_date
from core.phones import local
from core.templatetags.ui import avatar, icon_symbols, icon_use
from records.listing.look import Look
from records.listing.pulse import NextStep
from workspaces.requests import WorkspaceRequest

from .models import ICONS
from .today import About, DueActivity, Section, StuckDeal, Today

NAMESPACES = {"contact": "contacts", "organization": "organizations", "deal": "deals"}


@cache
def symbols() -> SafeString:
    """The icons that rows show, defined once a page."""
    more = ("check", "envelope", "fire", "circle-dashed", "calendar", "plus", "phone")
    return icon_symbols(*sorted({*ICONS.values(), *NextStep.MARKS.values(), *more}))


class TodayLook(Look):
    """How the rows look to the reader."""

    def __init__(self, request: WorkspaceRequest, today: Today):
        membership = request.membership
        super().__init__(request.workspace.country, now=today.now)
        self.team = today.team
        self.may_plan = membership.may("activity", "create")
        self.changeable = membership.reachable_owner_ids(membership.scope("activity", "change"))
        self.query = "?who=team" if today.team else ""
        self.done_words, self.snooze_words = escape(_("Finish: %(title)s")), escape(_("Put off: %(title)s"))
        self.plan_words, self.call_words = (
            escape(_("Plan the next step: %(title)s")),
            escape(_("Call %(name)s, %(number)s")),
        )
        self.mail_words, self.owner_words = escape(_("E-mail to %(name)s")), _("Owner")
        self.done_path, self.snooze_path = self._path("today:completion"), self._path("today:due")
        self.plan_paths = {kind: self._path("today:plan", kind) for kind in ("activity", "deal")}

    @staticmethod
    def _path(name: str, *args: str) -> str:
        """The address with %s in the place of the id."""
        return "%s".join(reverse(name, args=[*args, 0]).rpartition("0")[::2])

    def rows(self, section: Section) -> SafeString:
        return mark_safe("".join(self.html(row) for row in section.rows))

    def html(self, row: DueActivity | StuckDeal) -> str:
        return self.activity(row) if isinstance(row, DueActivity) else self.deal(row)

    # --- activities ---------------------------------------------------------------------------------------------------
    def activity(self, row: DueActivity) -> str:
        """One `li`: the box to tick, kind, subject, what it is about, ways to reach the person, when, what to do."""
        subject = escape(row.subject)
        about = ", ".join(self.about(one) for one in row.about)
        due = due_state(row.occurred_at, self.now, self.zone, self.language)
        mark = icon_use(NextStep.MARKS[due.state])
        full = escape(full_when(row.occurred_at, self.zone, self.language))
        tick, buttons = self.buttons(row, subject)
        return (
            f'<li id="activity-{row.id}">{tick}<span class="ico">{icon_use(ICONS[row.kind])}</span>'
            f'<div class="b"><a class="t" href="{self.url("activities", row.id)}">{subject}</a>'
            f'<p class="o">{about}</p></div><div class="do">{self.reach(row.about)}</div>'
            f'<span class="st {due.state}" title="{full}">{mark}{escape(due.text)}</span>'
            f'{self.owner(row)}<div class="do">{buttons}</div><div class="slot" id="plan-activity-{row.id}"></div></li>'
        )

    def buttons(self, row: DueActivity, subject: str) -> tuple[str, str]:
        """What finishes it, and what else can be done with it; empty for whoever may not."""
        tick = buttons = ""
        if self.changeable is None or row.owner_id in self.changeable:
            done, label = self.done_path % row.id, self.done_words % {"title": subject}
            if row.kind == "call":  # it asks for the outcome
                tick = (
                    f'<a class="finish" id="finish-{row.id}" href="{done}{self.query}" hx-get="{done}{self.query}"'
                    f' hx-target="#dialog-slot" data-row-key="d Space" aria-label="{label}">{icon_use("check")}</a>'
                )
            else:
                tick = (
                    f'<button class="finish" id="finish-{row.id}" form="today-form" formaction="{done}"'
                    f' hx-post="{done}" hx-target="#dialog-slot"'
                    f' data-row-key="d Space" aria-label="{label}">{icon_use("check")}</button>'
                )
            later = f"{self.snooze_path % row.id}{self.query}"
            buttons = (
                f'<a class="btn ghost icon-only" id="snooze-{row.id}" href="{later}" hx-get="{later}"'
                f' hx-target="#dialog-slot" data-row-key="s" aria-label="{self.snooze_words % {"title": subject}}"'
                f">{icon_use('clock')}</a>"
            )
        return tick, buttons + self.plan("activity", row.id, subject)

    def plan(self, kind: str, pk: int, title: str) -> str:
        if not self.may_plan:
            return ""
        path = f"{self.plan_paths[kind] % pk}{self.query}"
        return (
            f'<a class="btn ghost icon-only" id="next-{kind}-{pk}" href="{path}" hx-get="{path}"'
            f' hx-target="#plan-{kind}-{pk}" data-row-key="p" aria-label="{self.plan_words % {"title": title}}"'
            f">{icon_use('plus')}</a>"
        )

    def about(self, one: About) -> str:
        return f'<a href="{self.url(NAMESPACES[one.kind], one.id)}">{escape(one.name)}</a>'

    def reach(self, about: list[About]) -> str:
        """How to call and to write to the first person who can be reached."""
        person = next((one for one in about if one.phone or one.email), None)
        if person is None:
            return ""
        name, html = escape(person.name), ""
        if person.phone:
            number = escape(local(person.phone, self.country))
            label = self.call_words % {"name": name, "number": number}
            html += f'<a class="tel num" href="tel:{escape(person.phone)}" aria-label="{label}">{number}</a>'
        if person.email:
            label = self.mail_words % {"name": name}
            html += (
                f'<a class="btn ghost icon-only" href="mailto:{quote(person.email, safe="@+")}" aria-label="{label}"'
                f' title="{escape(person.email)}">{icon_use("envelope")}</a>'
            )
        return html

    def owner(self, row: DueActivity | StuckDeal) -> str:
        return avatar(name=row.owner, id=row.owner_id, size="xs", label=self.owner_words) if self.team else ""

    # --- deals --------------------------------------------------------------------------------------------------------
    def deal(self, row: StuckDeal) -> str:
        """One `li`: name, with whom, value and stage, how it stands, the way to plan what comes next."""
        name = escape(row.name)
        facts = (
            [self.about(About("organization", row.organization_id, row.organization or ""))]
            if row.organization_id
            else []
        )
        facts.append(escape(row.stage))
        value = (
            f'<span class="num">{escape(self.money(row.value, row.currency))}</span>' if row.value is not None else ""
        )
        return (
            f'<li id="stuck-{row.id}"><div class="b"><a class="t" href="{self.url("deals", row.id)}">{name}</a>'
            f'<p class="o">{" · ".join(facts)}</p></div>{value}{self.standing(row)}{self.owner(row)}'
            f'<div class="do">{self.plan("deal", row.id, name)}</div>'
            f'<div class="slot" id="plan-deal-{row.id}"></div></li>'
        )

    def standing(self, row: StuckDeal) -> str:
        if row.is_idle:
            words = ngettext("%(count)dd idle", "%(count)dd idle", row.idle) % {"count": row.idle}
            return f'<span class="st rot">{icon_use("fire")}{escape(words)}</span>'
        if row.expected_close:
            day = short_date(row.expected_close, self.today, self.language)
            late = " late" if row.expected_close < self.today else ""
            return f'<span class="st{late}">{escape(_("closes %(day)s") % {"day": day})}</span>'
        return f'<span class="st none">{icon_use("circle-dashed")}{escape(_("No next step"))}</span>'
