"""Which saved view a list shows, by its address.

`?view=12` is the view, and what else stands there modifies it. The links on that page carry all that is in force, with
`altered=12`: where the list came from. So taking a filter away is leaving it out, as in any list. `?view=none` is the
plain list, where another would open first.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict

from core.numbers import number
from records.models import SavedView
from workspaces.models import Membership

VIEW, ALTERED, PLAIN = "view", "altered", "none"
#: parameters that say where a list came from, not which one it is
ORIGIN = (VIEW, ALTERED)
#: the address of the plain list
PLAIN_QUERY = f"{VIEW}={PLAIN}"
#: where in the list one is, what lies open on the page
PLACE = ("after", "before", "count", "panel", "v")


@dataclass(frozen=True)
class Opened:
    """The view that is in force, or that the list came from; and the parameters of the list. `opens_first`: it is in
    force because the address asks for nothing."""

    view: SavedView | None
    params: QueryDict
    opens_first: bool = False

    @property
    def is_altered(self) -> bool:
        """Does the list differ from the view?"""
        return self.view is not None and query_of(self.params) != query_of(QueryDict(self.view.query))


def query_of(params: QueryDict) -> str:
    """Which list the parameters show, as a view keeps it."""
    kept = QueryDict(mutable=True)
    for name in sorted(params):
        if name not in PLACE and name not in ORIGIN:
            kept.setlist(name, [value for value in params.getlist(name) if value.strip()])
    return kept.urlencode()


def opened(kind: str, membership: Membership, params: QueryDict, *, strict: bool = False) -> Opened:
    """The list that the parameters ask for. `strict` raises Http404 for a view that the member does not see; else, as
    for a view that was deleted, it is the list that the other parameters show."""
    wanted = params.get(VIEW, "")
    if wanted == PLAIN:
        return Opened(None, params)
    if wanted:
        view = find(kind, wanted, membership)
        if view is None and strict:
            raise Http404
        return Opened(view, laid_over(view, params)) if view else Opened(None, params)
    if altered := params.get(ALTERED):
        return Opened(find(kind, altered, membership), params)
    if any(value.strip() for values in params.lists() for value in values[1]):
        return Opened(None, params)
    view = SavedView.default_of(kind, membership)
    return Opened(view, laid_over(view, params), opens_first=True) if view else Opened(None, params)


def find(kind: str, text: Any, membership: Membership) -> SavedView | None:
    pk = number(text)
    return SavedView.find(kind, pk, membership) if pk else None


def laid_over(view: SavedView, params: QueryDict) -> QueryDict:
    """The parameters of the view, modified by those of an address."""
    found = QueryDict(view.query, mutable=True)
    for name, values in params.lists():
        if name not in ORIGIN and any(value.strip() for value in values):
            found.setlist(name, values)
    found[ALTERED] = str(view.pk)
    return found
