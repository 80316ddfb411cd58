"""A list as its battery knows it: what a room's tests declare, and how pages and rows are looked at."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Any, ClassVar

from core.tenancy import workspace_scope
from records.listing import Listing
from records.models import Record
from tests.battery_pages import page_text
from tests.conftest import WorkspaceClient

MOST_STATEMENTS = 10
#: what somebody may write into an address; none of it may break a page
NONSENSE = ("x", "-1", "9" * 40, "1e400", "2026-02-30", "\x00", "☃", "none", "'", "1,2")
ROWS, PAGE = 23, 5
#: filters that every list has; the battery tests them itself
COMMON = {"name", "owner", "tags", "followers", "source", "group", "created_at", "created_at_from", "created_at_to"} | {
    f"{name}{end}" for name in ("next_step", "last_activity") for end in ("", "_from", "_to", "_is")
}


@dataclass(frozen=True)
class ListCase:
    """What the battery needs to know of a list."""

    listing: type[Listing]
    factory: Callable[..., Record]
    #: query -> what a row must have to pass, and what another has that must not
    filters: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)
    #: filters that the room tests by itself, since they name other rows
    elsewhere: frozenset[str] = frozenset()
    #: values of a row that test the order: some equal, some empty
    values: Callable[[Random], dict[str, Any]] = field(default=lambda random: {})
    #: what hangs on a row beside tags: positions, links
    furnish: Callable[[Record], Any] = field(default=lambda record: None)


def ids_in(response) -> list[int]:
    """The records of a page, in their order."""
    return [int(pk) for pk in re.findall(r'name="ids" value="(\d+)"', page_text(response))]


def link(response, rel: str) -> str:
    """Where the pager leads; "" where it leads nowhere."""
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page_text(response))
    return unescape(found[1]) if found else ""


class OfList:
    """What the parts of the battery of lists stand on."""

    case: ClassVar[ListCase]

    def name(self, view: str) -> str:
        return f"{self.case.listing.model.namespace}:{view}"

    def make(self, acme, **values: Any) -> Record:
        return self.case.factory(workspace=acme, **values)

    def get(self, client: WorkspaceClient, query: str = "", **kwargs):
        return client.get(f"{client.url(self.name('list'))}?{query}", **kwargs)

    def post(self, client: WorkspaceClient, action: str, *, rows=(), **data: Any):
        data |= {"action": action, "ids": [row.pk for row in rows]}
        return client.post_w(self.name("bulk"), data=data)

    def fresh(self, record: Record) -> Record:
        with workspace_scope(record.workspace_id):
            return type(record).objects.select_related("owner").get(pk=record.pk)

    def tags_of(self, record: Record) -> set[str]:
        with workspace_scope(record.workspace_id):
            return {tag.name for tag in record.tags.all()}
