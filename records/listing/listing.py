"""A list, declared once by its room: what can be shown, filtered, sorted, changed together and exported."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import F
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from core import past
from core.addresses import address_if_any
from core.statements import Statement
from core.text import fold
from records.custom.definitions import Definitions, fields_of
from records.models import Record, RecordQuerySet
from records.models.saved_view import LIST
from records.search import among, matching_ids
from records.wording import Words
from workspaces.models import Membership, Workspace

from .bulk import ADDED, BulkAction
from .column import Column
from .filterset import ListFilters
from .paging import Order
from .setting import STANDARD

#: record name -> its listing; export, import, saved views and API find the declaration here
LISTINGS: "dict[str, type[Listing]]" = {}


#: columns that a list can be sorted by at the same time
MOST_KEYS = 3


def words_of(params: QueryDict, name: str) -> list[str]:
    """The words of a parameter, separated by commas or repeated."""
    return [word for value in params.getlist(name) for word in value.split(",") if word]


class QuickView(NamedTuple):
    """What many want to see of a list, one click away: filters and order as its address writes them."""

    label: Any
    query: str


class Layout(NamedTuple):
    """A page that shows the records of a list by the same filters. `name` is what a saved view keeps, `address` the one
    that urls.py names, `shown` says which of the rows it shows, by its parameters."""

    name: str
    label: Any
    icon: str
    address: str
    shown: Callable[[RecordQuerySet, QueryDict, Membership], RecordQuerySet] = lambda rows, params, membership: rows


#: what waits for somebody to claim it
NOBODYS = QuickView(gettext_lazy("Without owner"), "owner=none")


class Listing:
    """The declaration of a list; subclassing registers it, unless it says `registered=False`: another page shows it.

    `default_sort` is a column's name, with "-" in front for the largest first. `actions` are what can be done with
    many rows: `(*STANDARD, MoveToStage())`.
    """

    model: ClassVar[type[Record]]
    columns: ClassVar[tuple[Column, ...]]
    default_sort: ClassVar[str] = "name"
    actions: ClassVar[tuple[BulkAction, ...]] = STANDARD
    views: ClassVar[tuple[QuickView, ...]] = ()
    #: the pages that show its records, the list among them, where there are several; rooms above add theirs
    layouts: ClassVar[Sequence[Layout]] = ()
    #: columns that only the filter builder asks of, beside those that are shown
    asked: ClassVar[tuple[Column, ...]] = ()
    template_name: ClassVar[str] = "records/list.html"

    #: "New person"; "No people yet. …"; "No people match."
    create_label: ClassVar[Words]
    none_yet: ClassVar[Words]
    none_match: ClassVar[Words]

    #: a class in a template's context is a declaration here, not something to call
    do_not_call_in_templates: ClassVar[bool] = True
    by_name: ClassVar[dict[str, Column]]
    deferrable: ClassVar[list[str]]
    filters_class: ClassVar[type[ListFilters]]

    def __init_subclass__(cls, *, registered: bool = True, **kwargs):
        super().__init_subclass__(**kwargs)
        for column in cls.columns:
            column.bind(cls.model)
        cls.by_name = {column.name: column for column in cls.columns}
        cls.deferrable = _deferrable(cls.model)
        cls.filters_class = ListFilters.generated(cls)
        cls.sorting(QueryDict())
        if registered:
            LISTINGS[cls.model.record_name] = cls

    @classmethod
    def of(cls, workspace: Workspace) -> "type[Listing]":
        """This list with the columns that the workspace has added to its records; itself where there are none."""
        definitions = fields_of(workspace)
        if not definitions.of(cls.model.record_name):
            return cls
        return with_fields(cls, definitions)  # type: ignore[arg-type]  # a class can be hashed

    @classmethod
    def layout(cls, name: str) -> Layout:
        """The page of that name; the list where there is no such page."""
        plain = Layout(LIST, "", "", f"{cls.model.namespace}:list")
        return next((one for one in cls.layouts if one.name == name), plain)

    @classmethod
    def path(cls, layout: str = LIST) -> str:
        """Address of the page that shows its records in that layout."""
        return address_if_any(cls.layout(layout).address)

    # --- what is asked for --------------------------------------------------------------------------------------------
    @classmethod
    def filters(cls, membership: Membership, params: QueryDict, *, everything: bool = False) -> ListFilters:
        """The filters that the parameters name, or all of them, over the rows that the member may see."""
        rows = cls.model.objects.visible_to(membership)
        return cls.filters_class(params, rows, membership=membership, everything=everything)

    @classmethod
    def found(cls, membership: Membership, params: QueryDict, most: int | None = None) -> list[int] | None:
        """Ids that the text filter `q` finds, at most `most`; None without a text."""
        text = params.get("q", "").strip()
        if text and past.moment():  # the search knows what is there now
            return list(cls.named(text).values_list("pk", flat=True)[:most])
        return matching_ids(cls.model.record_name, text, most, membership) if text else None

    @classmethod
    def named(cls, text: str) -> RecordQuerySet:
        """The rows with a name that holds the text, without an index."""
        rows: Any = cls.model.objects.present()
        return rows.filter(**{f"{cls.columns[0].sort}__contains": fold(text)})

    @classmethod
    def matching(cls, membership: Membership, params: QueryDict) -> RecordQuerySet:
        """All rows that pass the filters, in no order."""
        rows: Any = cls.filters(membership, params).qs
        ids = cls.found(membership, params)
        return rows if ids is None else rows.filter(pk__in=among(ids))

    @classmethod
    def joined(cls, rows: models.QuerySet, columns: Iterable[Column]) -> models.QuerySet:
        """The rows with the relations that the columns read, for any number of rows."""
        columns = list(columns)
        extra = {name: path for column in columns for name, path in column.extra.items()}
        rows = rows.annotate(**{name: F(path) if isinstance(path, str) else path for name, path in extra.items()})
        needed = {name for column in columns for name in (column.field, column.sort)}
        return rows.defer(*(name for name in cls.deferrable if name not in needed))

    @classmethod
    @lru_cache(maxsize=500)
    def shown(cls, *columns: Column) -> Statement:
        """The statement that reads what these columns show of rows with known `ids`, whatever they were found by."""
        return Statement(lambda ids: cls.joined(cls.model.objects.filter(pk__in=ids), columns), ids=list)

    @classmethod
    def order(cls, params: QueryDict) -> Order:
        """The order that `sort` names, else the default one."""
        keys = {column: column.order(descending) for column, descending in cls.sorting(params)}
        if group := cls.grouping(params):
            # Rows stand in groups only where the list is sorted by what they share.
            first = keys.pop(group, None) or group.group_order()
            keys = {group: first} | keys
        first, *further = list(keys.values())[:MOST_KEYS]
        return replace(first, then=tuple(further)) if further else first

    @classmethod
    def sorting(cls, params: QueryDict) -> list[tuple[Column, bool]]:
        """The columns that the list is sorted by (`sort`, separated by commas or repeated), the first one first, and
        whether the largest comes first.

        Raises ValueError when `default_sort` names no sortable column, which is found when the list is declared.
        """
        keys = cls.sortable(words_of(params, "sort")) or cls.sortable([cls.default_sort])
        if not keys:
            raise ValueError(f"{cls.__name__}.default_sort names no sortable column")
        return keys[:MOST_KEYS]

    @classmethod
    def sortable(cls, names: Iterable[str]) -> list[tuple[Column, bool]]:
        """Those of the names ("-created_at") that say how to sort, each column once."""
        found: dict[Column, bool] = {}
        for name in names:
            column = cls.by_name.get(name.removeprefix("-"))
            if column and column.sort:
                found.setdefault(column, name.startswith("-"))
        return list(found.items())

    @classmethod
    def grouping(cls, params: QueryDict) -> Column | None:
        """The column whose equal values stand below a heading each (`by`)."""
        column = cls.by_name.get(params.get("by", ""))
        return column if column and column.groups_by else None

    @classmethod
    def shown_columns(cls, params: QueryDict) -> list[Column]:
        """The columns that `columns` names (separated by commas or repeated), in that order, else those that are not
        optional. The first one is always there, and first."""
        first, *others = cls.columns
        wanted = [cls.by_name[name] for name in words_of(params, "columns") if name in cls.by_name]
        if not wanted:
            return [first, *(column for column in others if not column.optional)]
        return list(dict.fromkeys([first, *wanted]))

    @classmethod
    def action(cls, name: str) -> BulkAction | None:
        """The bulk action of this name."""
        return next((action for action in cls.all_actions() if action.name == name), None)

    @classmethod
    def all_actions(cls) -> tuple[BulkAction, ...]:
        """The bulk actions that fit the record, its own and those of rooms above; what takes something away is last."""
        fitting = [action for action in (*cls.actions, *ADDED[cls.model.record_name]) if action.fits(cls.model)]
        return tuple(sorted(fitting, key=lambda action: action.danger))

    @classmethod
    def title(cls) -> str:
        return capfirst(str(cls.model._meta.verbose_name_plural))


@lru_cache(maxsize=200)
def with_fields(listing: type[Listing], definitions: Definitions) -> type[Listing]:
    """A listing with the columns of custom fields behind its own, made once for each version of them."""
    from records.custom.columns import column_of  # they are made of the columns here

    added = map(column_of, definitions.of(listing.model.record_name))
    members = {"columns": (*listing.columns, *added), "__module__": listing.__module__}
    return type(listing.__name__, (listing,), members, registered=False)


def _deferrable(model: type[Record]) -> list[str]:
    """Fields that rows are read without unless a column shows them: keys, long texts, what every record has."""
    kept = {"id", "workspace", "owner", "deleted_at"}
    base = {field.name for field in Record._meta.local_fields} - kept
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.name in base or field.generated or isinstance(field, models.TextField)
    ]
