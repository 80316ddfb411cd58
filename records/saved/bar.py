"""The bar of a list: which saved view it shows, whether it differs, and the way to the others."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from core import past
from core.addresses import address
from records.models import SavedView
from records.models.saved_view import LIST

from .opened import VIEW

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
        """The name of the layout that the page is: "list", "board"."""
        match = self.page.request.resolver_match
        here = match.view_name if match else ""
        return next((one.name for one in self.page.listing.layouts if one.address == here), LIST)

    @property
    def menu_url(self) -> str:
        """The menu of saved views; "" in the past, in which nothing is saved."""
        if past.moment() or not self.page.membership.may("saved_view", "view"):
            return ""
        query = urlencode({"at": self.at, "query": self.page.address.query()})
        return f"{address('saved:menu', self.page.record)}?{query}"

    @property
    def is_altered(self) -> bool:
        """Does the page show the view otherwise than it was saved, or as another page than the one it was saved on?"""
        return self.page.saved.is_altered or (self.view is not None and self.view.layout != self.at)

    @property
    def elsewhere_url(self) -> str:
        """The page that the view was saved on, where it opens first and this is another one: the one to which the
        navigation leads, as who asks for another layout wants that one. Else ""."""
        is_first = self.at == next((one.name for one in self.page.listing.layouts), LIST)
        if self.view is None or not self.page.saved.opens_first or self.view.layout == self.at or not is_first:
            return ""
        return f"{self.page.listing.path(self.view.layout)}?{VIEW}={self.view.pk}"

    @property
    def may_save_over(self) -> bool:
        return self.view is not None and self.is_altered and self.view.takes_contents_of(self.page.membership)
