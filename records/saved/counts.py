"""How many records a segment or a group holds for its reader: live, with the cap of lists, remembered a minute."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import QueryDict

from core import formats
from core.remembering import Memory
from records.listing import LISTINGS
from records.listing.count import CAP, MOST_REMEMBERED, REMEMBERED, count_of
from records.models import ChangeSet, SavedView, Shared
from records.models.group import link_of
from records.models.saved_view import LIST
from workspaces.models import Membership

_known: Memory[str] = Memory(REMEMBERED, MOST_REMEMBERED)


class Counted(NamedTuple):
    """A segment or a group with what stands beside it: "8", "10,000+"; "" where a filter names what is gone."""

    item: Shared
    words: str = ""

    @property
    def url(self) -> str:
        return address_of(self.item)

    @property
    def layout(self) -> str:
        """What it opens as, where that can be several pages: "Board"."""
        return str(LISTINGS[self.item.kind].layout(getattr(self.item, "layout", LIST)).label)


def counted(items: Iterable[Shared], membership: Membership) -> list[Counted]:
    """Each with its count. One that is known for less than a minute is not asked for again, unless the reader itself
    has changed something since."""
    items = [item for item in items if item.kind in LISTINGS and membership.may(item.kind, "view")]
    return [Counted(item, text) for item, text in zip(items, _counts(items, membership), strict=True)]


def _counts(items: list[Shared], membership: Membership) -> list[str]:
    if not items:
        return []
    own = ChangeSet.objects.filter(member=membership).order_by("-pk").values_list("pk", flat=True).first()
    texts = []
    for item in items:
        key = (membership.pk, own, type(item), item.pk, getattr(item, "query", ""))
        known = _known.get(key)
        texts.append(_known.keep(key, _count(item, membership)) if known is None else known)
    return texts


def _count(item: Shared, membership: Membership) -> str:
    listing = LISTINGS[item.kind].of(membership.workspace)
    if isinstance(item, SavedView):
        params = QueryDict(item.query)
        filters = listing.filters(membership, params)
        if filters.is_wrong:
            return ""
        sole = None if params.get("q") or item.layout != LIST else filters.sole
        rows = listing.layout(item.layout).shown(listing.matching(membership, params), params, membership)
        found = (sole and sole.count()) or count_of(rows)
    else:
        links = link_of(listing.model).objects.filter(group=item.pk)
        found = count_of(listing.model.objects.visible_to(membership).filter(pk__in=links.values("record")))
    return f"{formats.number(CAP)}+" if found.capped else formats.number(found.total)


def address_of(item: Shared) -> str:
    """Where its records are listed: of a view on the page that it was saved on."""
    if isinstance(item, SavedView):
        return f"{LISTINGS[item.kind].path(item.layout)}?view={item.pk}"
    return f"{LISTINGS[item.kind].path()}?group={item.pk}"
