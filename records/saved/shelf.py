"""What stands on the page of all views and groups, in the menu of a list, and in the side bar."""

from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Value
from django.utils.text import capfirst

from core.text import fold, words_of
from records.listing import LISTINGS
from records.models import DefaultView, Group, SavedView
from records.models.saved_view import LIST
from records.models.shared import AUDIENCES
from workspaces.models import Membership

from .counts import Counted, counted

#: of each, beside the navigation; the others are a click away
IN_SIDE = 12


class Line(NamedTuple):
    """A view or a group on its page: what may be done with it, whether it opens first."""

    counted: Counted
    may_change: bool
    may_delete: bool
    is_mine: bool = False
    is_for_all: bool = False

    @property
    def item(self) -> Any:
        return self.counted.item


class Section(NamedTuple):
    """What there is of one kind of record."""

    kind: str
    title: str
    views: list[Line]
    groups: list[Line]


class Shelf:
    """The views and groups that a member sees, of one kind or of all."""

    def __init__(self, membership: Membership, kind: str = ""):
        self.membership, self.kind = membership, kind

    @cached_property
    def views(self) -> list[Any]:
        return self._seen(SavedView)

    @cached_property
    def groups(self) -> list[Any]:
        return self._seen(Group)

    def _seen(self, model: Any) -> list[Any]:
        rows = model.objects.visible_to(self.membership).select_related("owner", "team").order_by("place")
        kinds = [kind for kind in LISTINGS if self.membership.may(kind, "view") and self.kind in ("", kind)]
        return list(rows.filter(kind__in=kinds))

    @cached_property
    def by_audience(self) -> list[tuple[str, list[Counted]]]:
        """The views by who sees them, for the menu."""
        found = [
            (str(words), [Counted(view) for view in self.views if view.audience == audience])
            for audience, words in AUDIENCES.items()
        ]
        return [(words, views) for words, views in found if views]

    @cached_property
    def sections(self) -> list[Section]:
        """One for each kind, with the counts of segments and groups."""
        firsts = {(first.view_id, first.member_id) for first in DefaultView.objects.all()}
        segments = [view for view in self.views if view.is_segment]
        counts = {(type(c.item), c.item.pk): c for c in counted([*segments, *self.groups], self.membership)}

        def line(item: Any) -> Line:
            may_change, may_delete = (item.allows(action, self.membership) for action in ("change", "delete"))
            mine, for_all = ((item.pk, whose) in firsts for whose in (self.membership.pk, None))
            is_view = isinstance(item, SavedView)
            found = counts.get((type(item), item.pk)) or Counted(item)
            return Line(found, may_change, may_delete, is_view and mine, is_view and for_all)

        return [
            Section(
                kind,
                listing.title(),
                [line(view) for view in self.views if view.kind == kind],
                [line(group) for group in self.groups if group.kind == kind],
            )
            for kind, listing in LISTINGS.items()
            if self.membership.may(kind, "view")
        ]

    @property
    def may_choose_for_all(self) -> bool:
        return self.membership.scope("saved_view", "default") == "all"

    @property
    def may_group(self) -> bool:
        return self.membership.may("group", "create")


class SideLine(NamedTuple):
    """A segment or a group beside the navigation; `kind` is what it holds, `current` stands in aria-current."""

    counted: Counted
    icon: str
    kind: str
    current: str


def side_of(membership: Membership, here: str) -> list[SideLine]:
    """The first segments and groups; `here` is the address of the page that they stand on."""
    shelf = Shelf(membership)
    segments = [view for view in shelf.views if view.is_segment][:IN_SIDE]
    lines = counted([*segments, *shelf.groups[:IN_SIDE]], membership)
    return [
        SideLine(
            line,
            "funnel" if isinstance(line.item, SavedView) else "folder",
            capfirst(str(LISTINGS[line.item.kind].title())),
            "page" if line.url == here else "",
        )
        for line in lines
    ]


class Place(NamedTuple):
    """A view or a group as the palette offers it."""

    label: str
    href: str
    icon: str
    key: str = ""


def called(membership: Membership, text: str) -> list[Place]:
    """The views and groups whose name has all words of a text; one statement for both."""
    kinds = [kind for kind in LISTINGS if membership.may(kind, "view")]
    views, groups = (model.objects.visible_to(membership).filter(kind__in=kinds) for model in (SavedView, Group))
    both = views.values_list("kind", "name", "pk", Value("view"), "layout").union(
        groups.values_list("kind", "name", "pk", Value("group"), Value(LIST)), all=True
    )
    wanted = words_of(text)
    return [
        Place(name, f"{LISTINGS[kind].path(layout)}?{parameter}={pk}", "bookmark" if parameter == "view" else "folder")
        for kind, name, pk, parameter, layout in both.order_by("name")
        if all(word in fold(name) for word in wanted)
    ]
