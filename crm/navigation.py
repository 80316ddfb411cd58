"""The main navigation, declared once: what stands in the side bar, the tab bar, the New menu and the account menu.

A name that doesn't resolve is left out, and so is what the membership may not do. One query: how much is due.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from activities.listing import MINE
from activities.today import Badges
from core import past
from core.text import fold, words_of
from workspaces.past.middleware import now_path

from .keys import KeyGroup, key_map

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class NavItem:
    """A place to go. `record` and `action` are the right it needs, `key` the keys that lead there; what has a `short`
    label stands in the phone's tab bar; `query` goes behind the address. A form for something new has a `title` for
    where it does not stand below "New", and fields that take what was `typed` into the search, the last one all words
    that are left."""

    label: "StrOrPromise"
    url_name: str
    icon: str
    record: str = ""
    action: str = "view"
    key: str = ""
    short: "StrOrPromise" = ""
    query: str = ""
    #: the number of what is due stands beside it
    counted: bool = False
    title: "StrOrPromise" = ""
    typed: tuple[str, ...] = ()
    #: a room whose pages stand below it as well
    room: str = ""


MAIN = (
    NavItem(_("Today"), "today", "home", "activity", key="g h", short=_("Today"), counted=True),
    NavItem(_("Deals"), "deals:board", "view-columns", "deal", key="g d", short=_("Deals")),
    NavItem(_("People"), "contacts:list", "users", "contact", key="g p", short=_("People")),
    NavItem(_("Organizations"), "organizations:list", "building-office-2", "organization", key="g o"),
    NavItem(
        _("Tasks and activities"),
        "activities:list",
        "check-circle",
        "activity",
        key="g t",
        short=_("Tasks"),
        query=f"?{MINE}",
    ),
    NavItem(_("Reports"), "overview", "chart-bar", "deal", key="g r", room="reports"),
    NavItem(_("Views and groups"), "saved:shelf", "bookmark", "saved_view"),
    NavItem(_("Imports"), "transfers:list", "arrow-up-tray", "transfer", "create"),
)
FOOT = (
    NavItem(_("History"), "records:log", "clock", "history"),
    NavItem(_("Settings"), "workspaces:settings", "cog-6-tooth", "workspace"),
)
NEW = (
    NavItem(
        _("Deal"), "deals:create", "view-columns", "deal", "create", key="c d", title=_("New deal"), typed=("name",)
    ),
    NavItem(
        _("Person"),
        "contacts:create",
        "users",
        "contact",
        "create",
        key="c p",
        title=_("New person"),
        typed=("first_name", "last_name"),
    ),
    NavItem(
        _("Organization"),
        "organizations:create",
        "building-office-2",
        "organization",
        "create",
        key="c o",
        title=_("New organization"),
        typed=("name",),
    ),
    NavItem(
        _("Task"),
        "activities:create",
        "check-circle",
        "activity",
        "create",
        key="c t",
        title=_("New task"),
        typed=("subject",),
    ),
)
#: the bell
NEWS = (NavItem(_("Notifications"), "news:list", "bell", key="g n"),)
PROFILE = (NavItem(_("Profile"), "workspaces:profile", "user-circle"),)
#: outside of any workspace
OUTSIDE = (NavItem(_("Switch workspace"), "workspaces:switch", "arrows-right-left"),)


@dataclass(frozen=True)
class Link:
    """An item as this page shows it; `current` is what stands in aria-current."""

    label: "StrOrPromise"
    href: str
    icon: str
    key: str
    short: "StrOrPromise"
    current: str = ""
    counted: bool = False
    title: "StrOrPromise" = ""
    typed: tuple[str, ...] = ()

    def taking(self, text: str) -> "Link":
        """The same form, begun with what was typed."""
        words = text.split(maxsplit=len(self.typed) - 1)
        return replace(self, href=f"{self.href}?{urlencode(list(zip(self.typed, words, strict=False)))}")


@cache
def _path(name: str, urlconf: str) -> str | None:
    """The path of a page below the script prefix (the workspace's /w/<slug>/); None where no such page exists."""
    try:
        return reverse(name, urlconf=urlconf).removeprefix(get_script_prefix())
    except NoReverseMatch:
        return None


class Navigation:
    """What one page shows of the navigation; worked out only where a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.membership = getattr(request, "membership", None)
        self.workspace = getattr(request, "workspace", None)
        self.prefix = get_script_prefix()
        self.path = getattr(request, "path", "")
        match = request.resolver_match
        self.place = (match.namespace or match.view_name) if match else ""
        theme = getattr(request, "COOKIES", {}).get("theme", "")
        self.theme = theme if theme in ("light", "dark") else "system"

    @property
    def kept_by(self) -> tuple[object, ...]:
        """All that the navigation depends on, but for the language."""
        who = (self.membership.role, self.membership.is_active) if self.membership else None
        return str(self.workspace or ""), self.prefix, who, self.place, self.theme

    def _links(self, items: tuple[NavItem, ...]) -> list[Link]:
        if self.membership is None:
            return []
        links = []
        for item in items:
            path = _path(item.url_name, settings.WORKSPACE_URLCONF)
            if path is None or (item.record and not self.membership.may(item.record, item.action)):
                continue
            current = "page" if self.place in (item.url_name.partition(":")[0], item.room or None) else ""
            href = self.prefix + path + item.query
            link = Link(
                item.label, href, item.icon, item.key, item.short, current, item.counted, item.title, item.typed
            )
            links.append(link)
        return links

    @cached_property
    def items(self) -> list[Link]:
        return self._links(MAIN)

    @cached_property
    def foot(self) -> list[Link]:
        return self._links(FOOT)

    @cached_property
    def tabs(self) -> list[Link]:
        return [link for link in self.items if link.short]

    @cached_property
    def rest(self) -> list[Link]:
        return [link for link in self.items if not link.short] + self.foot

    @cached_property
    def new(self) -> list[Link]:
        return self._links(NEW)

    @cached_property
    def news(self) -> list[Link]:
        return [] if past.moment() else self._links(NEWS)

    @property
    def keys(self) -> list[KeyGroup]:
        return [group for group in key_map(self.items + self.news, self.new) if group.keys]

    @cached_property
    def profile(self) -> list[Link]:
        return self._links(PROFILE)

    @cached_property
    def account(self) -> list[Link]:
        found = ((item, _path(item.url_name, settings.ROOT_URLCONF)) for item in OUTSIDE)
        outside = [Link(item.label, f"/{path}", item.icon, item.key, "") for item, path in found if path is not None]
        return self.profile + outside

    def called(self, text: str) -> list[Link]:
        """The places whose name has all words of a text."""
        words = words_of(text)
        places = self.items + self.news + self.foot + self.account
        return [link for link in places if all(word in fold(str(link.label)) for word in words)]

    def creating(self, text: str) -> list[Link]:
        """The forms for something new, begun with a text."""
        return [link.taking(text) for link in self.new] if text else self.new

    @property
    def moment(self) -> dt.datetime | None:
        """The moment of the past that the page shows."""
        return past.moment()

    @property
    def now_url(self) -> str:
        """The same page as it is now."""
        return now_path(self.path)

    @property
    def can_look_back(self) -> bool:
        """Is the page one of a workspace, as it is now?"""
        return self.membership is not None and not self.moment

    @cached_property
    def badges(self) -> Badges:
        """How much is due for the reader and unread; the one question of the navigation, on whole pages alone."""
        is_shown = self.news or any(link.counted for link in self.items)
        return Badges.of(self.membership) if self.membership and is_shown and not past.moment() else Badges()

    @cached_property
    def welcome_url(self) -> str:
        """What an empty list asks for: how to begin."""
        path = _path("today:welcome", settings.WORKSPACE_URLCONF)
        return "" if path is None or self.membership is None or past.moment() else self.prefix + path

    @cached_property
    def side_url(self) -> str:
        """Where the segments and groups beside the navigation are loaded from; "" in the past, which has none."""
        path = _path("saved:side", settings.WORKSPACE_URLCONF)
        return "" if path is None or self.membership is None or past.moment() else self.prefix + path

    @cached_property
    def search_url(self) -> str:
        path = _path("search", settings.WORKSPACE_URLCONF)
        return "" if path is None or self.membership is None else self.prefix + path


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: the navigation and the theme that every page draws around its content."""
    nav = Navigation(request)
    return {"nav": nav, "theme": nav.theme}
