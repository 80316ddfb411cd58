"""Previous and next within the list that one came from.

The list is known by its query string: on the first record from the address of the page that one came from, from there
on because the links to the neighbours carry it (`?list=`). A neighbour is found from the record's own place in the
order, one step along the index, so it is right wherever the record stands now and however long the list is.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict

from core.addresses import address
from records.listing import LISTINGS
from records.listing.address import Address
from records.listing.paging import Cursor, Order, walk
from records.models import Record
from records.saved.opened import opened
from workspaces.requests import WorkspaceRequest

from .page import RecordPage


@dataclass(frozen=True)
class Walk:
    """The neighbours of a record; "" where the list ends."""

    query: str
    previous_url: str
    next_url: str

    @property
    def way(self) -> str:
        """The parameter that keeps the list in mind."""
        return urlencode({"list": self.query})

    @classmethod
    def of(cls, page: RecordPage, request: WorkspaceRequest, record: Record) -> "Walk | None":
        """None for who did not come from a list."""
        query = list_of(page, request, record)
        if query is None:
            return None
        listing, params = LISTINGS[record.record_name].of(request.workspace), QueryDict(query)
        order = listing.order(params)
        rows, here = order.keys_of(listing.matching(request.membership, params)), place_of(record, order)
        keep = {"pane": request.GET["pane"]} if "pane" in request.GET else {}

        def neighbour(*, backwards: bool) -> str:
            found = walk(rows, order, here, 1, backwards=backwards)
            way = urlencode({"list": query} | keep)
            return f"{address(f'{page.model.namespace}:detail', found[0].pk)}?{way}" if found else ""

        return cls(query, neighbour(backwards=True), neighbour(backwards=False))


def list_of(page: RecordPage, request: WorkspaceRequest, record: Record) -> str | None:
    """The query string of the list that one came from, without the place in it; None for another way."""
    query = request.GET.get("list")
    params: QueryDict = QueryDict(query)
    if query is None:
        try:
            came = urlsplit(request.headers.get("Referer", ""))
        except ValueError:  # no address at all
            return None
        query = page.list_query(came.path, came.query, record) if came.netloc == request.get_host() else None
        if query is None:
            return None
        params = opened(record.record_name, request.membership, QueryDict(query)).params
    return Address(params).query()


def came_by(request: WorkspaceRequest) -> str:
    """What the address of a record's page ends with so that its neighbours stay the same."""
    return f"?{urlencode({'list': request.GET['list']})}" if "list" in request.GET else ""


def place_of(record: Record, order: Order) -> Cursor:
    """The place of a record in the order of a list."""
    value: Any = (
        getattr(record, order.column)
        if order.attribute == order.column
        else order.with_value(record.rows()).values_list(order.attribute, flat=True).get()
    )
    return Cursor(value, record.pk, 0)
