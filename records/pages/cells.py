"""A fact that is edited in a cell of a list: which list, and the answers that it gets in place of the record's page."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django_htmx.http import reswap

from core.redirects import SeeOther
from records.listing import LISTINGS
from records.listing.address import Address
from records.listing.page import ListPage
from records.models import Record
from workspaces.requests import WorkspaceRequest

if TYPE_CHECKING:
    from .page import RecordPage


class CellAddress:
    """The address of a fact's form with `?cell` and the `list` that the cell stands in: of the page that one came from
    first, from there on in the address of the form itself."""

    def __init__(self, page: "RecordPage", request: WorkspaceRequest, record: Record, fact: str):
        query = request.GET.get("list")
        if query is None:
            came = urlsplit(request.headers.get("Referer", ""))
            query = came.query if (came.netloc, came.path) == (request.get_host(), page.list_url) else ""
        self.page, self.request, self.record, self.fact = page, request, record, fact
        self.query = Address(QueryDict(query)).here()

    @classmethod
    def of(cls, page: "RecordPage", request: WorkspaceRequest, record: Record, fact: str) -> "CellAddress | None":
        """None where the fact stands on the record's own page."""
        return cls(page, request, record, fact) if "cell" in request.GET else None

    @property
    def url(self) -> str:
        return f"{self.record.url_of('fact', self.fact)}?cell&{urlencode({'list': self.query})}"

    @property
    def row_id(self) -> str:
        return f"{self.record.record_name}-{self.record.pk}"

    @property
    def list_url(self) -> str:
        """The list, at the row."""
        return f"{self.page.list_url}{'?' * bool(self.query)}{self.query}#{self.row_id}"

    def row(self) -> HttpResponse:
        """The whole row as it is now: more of it may have changed. Without htmx the list itself."""
        if not self.request.htmx:
            return SeeOther(self.list_url)
        shown = ListPage(LISTINGS[self.record.record_name], self.request, QueryDict(self.query))
        context = {"row": shown.row(self.record.pk, focus=self.fact)}
        response = render(self.request, "records/cell.html", context)
        return reswap(response, "none")  # the row comes out of band
