"""The rows that somebody chose in a list: those that were ticked, or all that match."""

from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from core.numbers import number
from records.models import RecordQuerySet
from workspaces.models import Membership

from .listing import Listing


class Selection:
    """What the bulk form sends: `ids` of ticked rows, or `all` with the `query` string of the list."""

    def __init__(self, listing: type[Listing], membership: Membership, data: QueryDict):
        self.listing, self.membership = listing.of(membership.workspace), membership
        self.everything = data.get("all") == "1"
        self.query = data.get("query", "")
        self.ids = [pk for text in data.getlist("ids") if (pk := number(text))]

    def __bool__(self) -> bool:
        return self.everything or bool(self.ids)

    @cached_property
    def params(self) -> QueryDict:
        """The parameters of the list that the rows were chosen in."""
        return QueryDict(self.query)

    @property
    def list_url(self) -> str:
        """The list that the rows were chosen in."""
        path = reverse(f"{self.listing.model.namespace}:list")
        return f"{path}?{self.params.urlencode()}" if self.params else path

    @property
    def bulk_url(self) -> str:
        return reverse(f"{self.listing.model.namespace}:bulk")

    def rows(self) -> RecordQuerySet:
        """The chosen rows that the member may see; ids of others are as good as absent."""
        if self.everything:
            return self.listing.matching(self.membership, self.params)
        return self.listing.model.objects.visible_to(self.membership).filter(pk__in=self.ids)

    def hidden(self) -> list[tuple[str, str]]:
        """The selection as fields of a form."""
        if self.everything:
            return [("all", "1"), ("query", self.query)]
        return [*(("ids", str(pk)) for pk in self.ids), ("query", self.query)]
