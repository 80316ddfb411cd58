"""The bar of a list: which saved view it shows, whether it differs, and the way to the others."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from core import past
from core.addresses import address
from records.models import SavedView

if TYPE_CHECKING:
    from records.listing.page import ListPage


class ViewBar:
    """What the bar of one list shows."""

    def __init__(self, page: "ListPage"):
        self.page = page

    @property
    def view(self) -> SavedView | None:
        return self.page.saved.view

    @property
    def at(self) -> str:
        """Which page of the room shows the list: "list", "board"."""
        match = self.page.request.resolver_match
        return match.url_name or "" if match else ""

    @property
    def menu_url(self) -> str:
        """The menu of saved views; "" in the past, in which nothing is saved."""
        if past.moment() or not self.page.membership.may("saved_view", "view"):
            return ""
        query = urlencode({"at": self.at, "query": self.page.address.query()})
        return f"{address('saved:menu', self.page.record)}?{query}"

    @property
    def is_altered(self) -> bool:
        return self.page.saved.is_altered

    @property
    def may_save_over(self) -> bool:
        return self.view is not None and self.is_altered and self.view.allows("change", self.page.membership)
