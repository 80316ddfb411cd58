"""The doors to records, derived from the URLconf: every address that stands for a record, filled for one; and those
that stand for none, with the queries that lists take."""

from collections.abc import Iterable, Iterator
from typing import Any

from contacts.models import Contact
from deals.models import Deal
from organizations.models import Organization
from records.listing import LISTINGS
from records.listing.filters import RecordFilter
from records.models import Record
from records.pages import PAGES
from records.panels import PANELS
from tests.addresses import INSIDE, Address
from ties.models import Tie
from workspaces.models import Workspace

#: rooms and addresses that are about no record: set-up, transfers, one's own notices and drafts, change sets, runs
ABOUT_NONE = {
    "transfers", "saved", "fields", "news", "owners", "hand_over", "workspaces", "records", "trash",
    "pipelines", "reasons", "rates", "reports",
    "activities:draft_discard", "activities:draft_restore",
}  # fmt: skip
#: of a part of a record, or of another record than its room's: where the ids come from
OTHERS: dict[str, tuple[type[Record], Any]] = {
    "contacts:position": (Contact, lambda contact: contact.positions),
    "contacts:position_end": (Contact, lambda contact: contact.positions),
    "contacts:position_move": (Contact, lambda contact: contact.positions),
    "contacts:position_roles": (Contact, lambda contact: contact.positions),
    "contacts:past_position_removal": (Contact, lambda contact: contact.past_positions),
    "activities:stage_task": (Deal, lambda deal: deal.rows()),
    "contacts:colleague_create": (Organization, lambda organization: organization.rows()),
}
PLAIN = [address for address in INSIDE if not address.site and not address.parameters]


def whose(address: Address) -> type[Record] | None:
    """The type of the records that an address stands for; None where it is about none."""
    room = address.name.partition(":")[0]
    if address.name in OTHERS:
        return OTHERS[address.name][0]
    return next((page.model for page in PAGES.values() if page.model.namespace == room), None)


def doors_of(record: Record, workspace: Workspace) -> Iterator[tuple[Address, str]]:
    """Each address that stands for the record, with its path."""
    for address in INSIDE:
        if address.site or not {"pk", "one"} & {*address.parameters}:
            continue
        values = values_for(address, record, workspace)
        for path in address.filled(values) if values else ():
            yield address, f"/w/{workspace.slug}{path}"


def values_for(address: Address, record: Any, workspace: Workspace) -> dict[str, Iterable[Any]] | None:
    """What stands in the address for this record; None where it does not stand for it."""
    if "kind" in address.parameters:
        ties = [tie.pk for tie in Tie.of(record)] if isinstance(record, Contact | Deal | Organization) else []
        return {"kind": [record.record_name], "pk": [record.pk], "tie": ties or [0]}
    if {address.name, address.name.partition(":")[0]} & ABOUT_NONE:
        return None
    if address.name in OTHERS:
        model, rows = OTHERS[address.name]
        return {"pk": [row.pk for row in rows(record).all()], "task": [0]} if isinstance(record, model) else None
    if address.name.startswith("today:"):
        return {"pk": [record.pk]} if record.record_name == "activity" else None
    if whose(address) is not type(record):
        return None
    page, kind = PAGES[record.record_name], record.record_name
    return {
        "pk": [record.pk],
        "one": [record.pk],
        "other": [record.pk],
        "panel": list(PANELS[kind]),
        "fact": list(page.facts_by_name) or ["owner"],
        "file": [0],
        "link": [link.pk for link in record.contact_links.all()] if isinstance(record, Deal) else [0],
        "after": [0],
        "before": [0],
    }


def unknown() -> list[Address]:
    """Addresses with parameters of which nothing here says what stands for them."""
    return [
        address
        for address in INSIDE
        if not address.site
        and address.parameters
        and not (whose(address) or address.name.startswith("today:") or "kind" in address.parameters)
        and not {address.name, address.name.partition(":")[0]} & ABOUT_NONE
    ]


def queries_of(kind: str, workspace: Workspace, hidden: Iterable[Record]) -> Iterator[str]:
    """What a list can be asked for: all columns, each grouping, and each filter by a record that is hidden."""
    listing: Any = LISTINGS[kind].of(workspace)
    yield "?columns=" + ",".join(column.name for column in listing.columns[1:])
    yield from (f"?by={column.name}" for column in listing.columns if column.groups_by)
    yield from ("?panel=filters", "?panel=view", "?panel=where")
    for name, one in listing.filters_class.base_filters.items():
        if isinstance(one, RecordFilter):
            yield from (f"?{name}={row.pk}" for row in hidden if isinstance(row, one.model_of_choice))
