"""Columns of what hangs on a record: its owner, source, tags, followers, other records."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from html import escape
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from core.templatetags.ui import avatar
from records.models import Record, Tag, seen_ids
from records.models import Source as SourceModel
from records.models.sight import conceal_in
from workspaces.models import Membership

from .column import Column
from .filters import (
    ColumnFilter,
    LinkedAllFilter,
    LinkedFilter,
    LinkedMemberFilter,
    MemberFilter,
    RecordFilter,
    RelatedFilter,
)
from .look import Look
from .paging import Order


def names_of(model: type[models.Model]) -> Callable[[], Iterable[tuple[int, str]]]:
    """A loader of the choices of a filter: id and name, in the model's own order."""
    return lambda: model._default_manager.values_list("pk", "name")


class Related(Column):
    """One of a few rows that a foreign key refers to, shown by its name: a source, a stage.

    Only the name is joined: a whole row of the other table fifty times would cost more than the list itself.
    """

    kind = "choice"
    filter_class = RelatedFilter

    def __init__(self, name: str, label: Any = None, *, load: Callable[[], Any] | None = None, **options: Any):
        super().__init__(name, label, **options)
        self.load = load
        self.extra = {f"{self.name}_name": f"{self.field}__name"}
        self.read = attrgetter(f"{self.name}_name")

    def text(self, row: Any, look: Look) -> str:
        return self.value(row) or ""

    def filters(self) -> dict[str, ColumnFilter]:
        if not self.filterable:
            return {}
        load = self.load or names_of(self.model_field.related_model)
        path = f"{self.field}_id"
        return {self.name: self.filter_class(path, load=load, may_be_empty=self.may_be_empty, label=self.lazy_label)}


class Owner(Related):
    """The member whose record it is, with an avatar."""

    kind = "owner"
    width = "w-m"
    filter_class = MemberFilter

    def __init__(self, name: str = "owner", label: Any = None, **options: Any):
        super().__init__(name, label, load=members, **options)
        self.id_of = attrgetter(f"{self.field}_id")

    @property
    def groups_by(self) -> str:
        """Each member's records lie together in an index of their own, by name."""
        return f"{self.field}_id"

    def group_order(self) -> Order:
        return Order(self.groups_by)

    def html(self, row: Any, look: Look) -> str:
        name = self.value(row)
        return owner_html(name, self.id_of(row)) if name else ""


@lru_cache(maxsize=1000)
def owner_html(name: str, id: int) -> str:
    """The same few members stand in all lists."""
    return f"{avatar(name=name, id=id, size='xs')} {escape(name)}"


def members() -> Iterable[tuple[int, str]]:
    return Membership.objects.order_by("-is_active", "name", "pk").values_list("pk", "name")


class Source(Related):
    """Where the record came from."""

    kind = "source"
    width = "w-m"

    def __init__(self, name: str = "source", label: Any = None, **options: Any):
        super().__init__(name, label, load=names_of(SourceModel), **options)


class Tags(Column):
    """The record's tags."""

    kind = "tags"
    model: type[Record]

    def __init__(self, name: str = "tags", label: Any = None, **options: Any):
        super().__init__(name, label, **options)

    @property
    def label(self) -> str:
        return str(self._label or _("Tags"))

    @cached_property
    def extra(self) -> dict[str, Any]:
        """The tags come with the row, by its index of links: cheaper than a second statement and fifty objects."""
        links = self.model.tag_link()._default_manager.filter(record=OuterRef("pk")).order_by("tag__name")
        return {"tag_list": ArraySubquery(links.values(json=JSONObject(name="tag__name", hue="tag__hue")))}

    def value(self, row: Any) -> list[str]:
        return [tag["name"] for tag in row.tag_list]

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(self.value(row))

    def html(self, row: Any, look: Look) -> str:
        return " ".join(
            f'<span class="tag" data-hue="{tag["hue"]}">{escape(tag["name"])}</span>' for tag in row.tag_list
        )

    def export(self, row: Any) -> str:
        return ", ".join(self.value(row))

    def filters(self) -> dict[str, ColumnFilter]:
        if not self.filterable:
            return {}
        found = LinkedFilter(
            self.model.tag_link,
            back="record",
            to="tag",
            load=names_of(Tag),
            may_be_empty=True,
            label=self.lazy_label,
        )
        return {self.name: found}

    def further_filters(self) -> dict[str, ColumnFilter]:
        found = LinkedAllFilter(self.model.tag_link, back="record", to="tag", load=names_of(Tag), label=self.lazy_label)
        return {f"{self.name}_all": found}


class Followers(Column):
    """The members who follow the record."""

    kind = "followers"
    model: type[Record]

    def __init__(self, name: str = "followers", label: Any = None, **options: Any):
        super().__init__(name, label, **{"optional": True, **options})

    @property
    def label(self) -> str:
        return str(self._label or _("Followers"))

    @cached_property
    def extra(self) -> dict[str, Any]:
        links = self.model.follower()._default_manager.filter(record=OuterRef("pk")).order_by("member__name", "pk")
        return {"follower_list": ArraySubquery(links.values("member__name"))}

    def value(self, row: Any) -> list[str]:
        return row.follower_list

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(self.value(row))

    def export(self, row: Any) -> str:
        return ", ".join(self.value(row))

    def filters(self) -> dict[str, ColumnFilter]:
        found = LinkedMemberFilter(
            self.model.follower, back="record", to="member", load=members, may_be_empty=True, label=self.lazy_label
        )
        return {self.name: found}


class RecordLink(Column):
    """Another record that a foreign key refers to, as a link to its page. `title` is the field with its name."""

    kind = "record"

    def __init__(self, name: str, label: Any = None, *, title: str = "name", **options: Any):
        super().__init__(name, label, **options)
        self.extra = {f"{name}_title": f"{self.field}__{title}", f"{name}_deleted_at": f"{self.field}__deleted_at"}
        self.read = attrgetter(f"{name}_title")
        self.pk_of, self.deleted_at_of = attrgetter(f"{self.field}_id"), attrgetter(f"{name}_deleted_at")

    def text(self, row: Any, look: Look) -> str:
        return self.value(row) or ""

    def html(self, row: Any, look: Look) -> str:
        title = self.text(row, look)
        if not title or self.deleted_at_of(row):
            return escape(title)
        return look.link(self.model_field.related_model, self.pk_of(row), title)

    def conceal(self, rows: Sequence[Any], membership: Membership) -> None:
        seen = seen_ids(self.model_field.related_model, {pk for row in rows if (pk := self.pk_of(row))}, membership)
        for row in rows:
            if (pk := self.pk_of(row)) and pk not in seen:
                conceal_in(row, self.name, f"{self.name}_title")

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: RecordFilter(self.field, model=self.model_field.related_model, label=self.lazy_label)}
