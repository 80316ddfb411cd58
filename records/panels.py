"""Panels: how a room shows its own things on another room's record page, without being imported by it.

A room registers from its `apps.py`:

    def ready(self):
        panels.register("contact", Panel("deals", _("Deals"), "deals/panel.html", deals_of, order=20, add=new_deal))

The page renders a cheap panel with its first answer; a `lazy` one is loaded by its own address.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from core import past
from core.statements import Statement
from workspaces.requests import WorkspaceRequest

from .models import Record
from .uploads import UploadForm

Words = str | Promise


@dataclass(frozen=True)
class Panel:
    """A part of a record page.

    `context(request, record)` gives what `template` needs, beside `request` and `record`; a `count` in it stands beside
    the title. `add(request, record)` is the address of the panel's add link, "" for none. A panel of the centre
    (composer, timeline) and a `bare` one draw themselves; others get a section with a heading around their template.
    """

    name: str
    title: Words
    template: str
    context: Callable[[WorkspaceRequest, Any], dict[str, Any]] = lambda request, record: {}
    order: int = 50
    pane: Literal["centre", "related"] = "related"
    add: Callable[[WorkspaceRequest, Any], str] | None = None
    add_label: Words = ""
    #: the add link's page is also a short dialog
    add_in_dialog: bool = False
    lazy: bool = False
    bare: bool = False
    #: is it shown beside a record as of a past moment as well?
    in_past: bool = True
    shown: Callable[[WorkspaceRequest, Any], bool] = lambda request, record: True

    def stands_on(self, request: WorkspaceRequest, record: Record) -> bool:
        """Does the reader find it on the page of the record?"""
        return (self.in_past or not past.moment()) and self.shown(request, record)


@dataclass(frozen=True)
class Action:
    """What can be done with a record from its page, on which the palette offers it too. `url(request, record)` is ""
    where it has none.

    It stands in the head of the page, in the `menu` there, or has a control of its own `elsewhere` on the page. `key`
    presses it, `order` is its place. `also` is a selector of what a click presses besides; an address that leads to
    another site is `outside`. One that changes something at once `posts`, with `data` as the form's fields.
    """

    label: Words
    icon: str
    url: Callable[[WorkspaceRequest, Any], str]
    order: int = 50
    key: str = ""
    also: str = ""
    outside: bool = False
    place: Literal["head", "menu", "elsewhere"] = "head"
    posts: bool = False
    data: tuple[tuple[str, str], ...] = ()
    #: it takes something away
    danger: bool = False
    #: its page keeps the list in mind that one came from
    keeps_list: bool = False


@dataclass(frozen=True)
class ShownAction:
    """A button as this page shows it."""

    action: Action
    url: str


@dataclass
class ShownPanel:
    """A panel as this page shows it."""

    panel: Panel
    context: dict[str, Any] = field(default_factory=dict)
    add_url: str = ""
    #: where a panel that was put off is found
    url: str = ""
    folded: bool = False

    @property
    def draws_itself(self) -> bool:
        return self.panel.bare or self.panel.pane == "centre"

    @property
    def count(self) -> int | None:
        return self.context.get("count")


@cache
def files_of(model: type[Record]) -> Statement:
    """The statement for the files of a record."""
    files: Any = model._meta.get_field("files").related_model  # type: ignore[misc]
    return Statement(lambda record: files._default_manager.filter(record=record), record=int)


def _files(request: WorkspaceRequest, record: Record) -> dict[str, Any]:
    files: list[Any] = files_of(type(record))(record=record.pk)
    owners = request.membership.reachable_owner_ids(request.membership.scope("attachment", "delete"))
    for file in files:
        file.may_delete = owners is None or file.created_by_id in owners
    may_add = request.membership.may("attachment", "create") and record.allows("change", request.membership)
    return {"files": files, "count": len(files), "upload": UploadForm(), "may_add": may_add}


#: what every record has
FILES = Panel("files", gettext_lazy("Files"), "records/files.html", _files, order=90, bare=True)

PANELS: dict[str, dict[str, Panel]] = defaultdict(dict)
ACTIONS: dict[str, list[Action]] = defaultdict(list)
#: what can be done with records of every type
EVERY: list[Action] = []
#: record name -> attribute -> SQL, of what panels need to know of each record
ASIDES: dict[str, dict[str, str]] = defaultdict(dict)


def register(record_name: str, *panels: Panel) -> None:
    """Put panels on the pages of a record type ("contact"). Raises ValueError when a name is taken there."""
    for panel in panels:
        if panel.name in PANELS[record_name]:
            raise ValueError(f"the {record_name} page has a panel called {panel.name!r} already")
        PANELS[record_name][panel.name] = panel


def register_aside(record_name: str, name: str, sql: str) -> None:
    """Have the pages of a record type read one more value with `RecordPage.asides`, in their one statement."""
    ASIDES[record_name][name] = sql


def register_action(record_name: str, *actions: Action) -> None:
    """Put buttons into the head of the pages of a record type."""
    ACTIONS[record_name] += actions


def show(panel: Panel, request: WorkspaceRequest, record: Record, *, url: str = "") -> ShownPanel:
    """The panel with its content; with a `url` a lazy one is left to be loaded from there."""
    if panel.lazy and url:
        return ShownPanel(panel, url=url)
    add_url = panel.add(request, record) if panel.add else ""
    return ShownPanel(panel, panel.context(request, record), add_url)


def shown_panels(request: WorkspaceRequest, record: Record, *, opened: str = "") -> dict[str, list[ShownPanel]]:
    """What stands on the page of a record, by pane and in order; the lazy panel called `opened` is rendered at once."""
    panes: dict[str, list[ShownPanel]] = {"centre": [], "related": []}
    for panel in sorted([*PANELS[record.record_name].values(), FILES], key=lambda panel: panel.order):
        if panel.stands_on(request, record):
            url = "" if panel.name == opened else record.url_of("panel", panel.name)
            panes[panel.pane].append(show(panel, request, record, url=url))
    return panes


def actions(request: WorkspaceRequest, record: Record, *places: str) -> list[ShownAction]:
    """What the reader can do with a record, in order: what stands in some places of its page, or all."""
    declared = [*ACTIONS[record.record_name], *EVERY]
    return shown_actions([one for one in declared if not places or one.place in places], request, record)


def row_actions(request: WorkspaceRequest, record: Record) -> list[ShownAction]:
    """The ways on from a row of a list, in order."""
    return shown_actions(ACTIONS[record.record_name], request, record)


def shown_actions(declared: list[Action], request: WorkspaceRequest, record: Record) -> list[ShownAction]:
    ordered = sorted(declared, key=lambda action: action.order)
    return [ShownAction(action, url) for action in ordered if (url := action.url(request, record))]


def additions(request: WorkspaceRequest, record: Record) -> list[ShownAction]:
    """What the panels of its page let the reader add."""
    ordered = sorted(PANELS[record.record_name].values(), key=lambda panel: panel.order)
    panels = (panel for panel in ordered if panel.add and panel.stands_on(request, record))
    found = ((Action(panel.add_label, "plus", panel.add), panel.add(request, record)) for panel in panels if panel.add)
    return [ShownAction(action, url) for action, url in found if url]
