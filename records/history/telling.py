"""How history tells of a tracked table. The models' own names of fields do for most; a room says the rest, in a module
called `telling.py`:

    tell(DealContact, label=_("Person"), named=("contact",), labels={"contact": _("person")})
    tell(StageChange, aside=("stage", stayed))
    tell(Deal, counted=ngettext_lazy("%(count)s deal", "%(count)s deals", "number"))

What is said of a base class holds for those that inherit from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import formats
from records.models import (
    Attachment,
    DefaultView,
    Distinct,
    Event,
    EventLink,
    Follower,
    Group,
    GroupLink,
    Merged,
    Pulse,
    Record,
    Shared,
    Source,
    Tag,
    TagLink,
    Viewer,
)
from records.undo.schema import kept_columns
from workspaces.models import Membership, Rate, Team
from workspaces.tenancy import WorkspaceModel
from workspaces.tracking import TRACKED

Words = str | Promise


@dataclass(frozen=True)
class Telling:
    """`label` names one of the rows ("Person"), where its model has no name of its own. `counted` says how many there
    are: "%(count)s people", by their `number`. `named` are the fields of which
    a row's name is made; without them it is what the row calls itself. `hidden` are fields that nobody wants to read
    of. `money` holds the field of an amount with that of its currency. Rows with an `aside` are no story of their own:
    (field of their whole, function of their values) is what they add to the story of that field. `pair` are the fields
    of rows that are about two records: of their table, and of their ids."""

    label: Words = ""
    counted: Any = None
    named: tuple[str, ...] = ()
    labels: Mapping[str, Words] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    money: Mapping[str, str] = field(default_factory=dict)
    at_home: Mapping[str, str] = field(default_factory=dict)
    aside: tuple[str, Callable[[dict[str, Any]], str]] | None = None
    pair: tuple[str, ...] = ()
    #: field -> its value in words, where no other rule finds them
    words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    #: (teller, change) -> the story, of rows whose columns mean something only by another row
    story: Callable[[Any, Any], Any] | None = None

    def pair_of(self, values: Mapping[str, Any]) -> list[tuple[type[models.Model], int]]:
        """The two records that a row with these values is about."""
        if not self.pair:
            return []
        table, *ids = (values[name] for name in self.pair)
        return [(model, pk) for model in TRACKED if model._meta.db_table == table for pk in ids]


_TOLD: dict[type, Telling] = {}


def tell(model: type, **said: Any) -> None:
    """Say how history tells of the rows of a model, on top of what is said of the classes that it inherits from."""
    said["hidden"] = frozenset(said.get("hidden", ()))
    _TOLD[model] = Telling(**said)
    telling.cache_clear()
    shown_fields.cache_clear()


@cache
def telling(model: type[models.Model]) -> Telling:
    said = [_TOLD[cls] for cls in model.__mro__ if cls in _TOLD]
    return Telling(
        label=next((t.label for t in said if t.label), model._meta.verbose_name or ""),
        counted=next((t.counted for t in said if t.counted is not None), None),
        named=next((t.named for t in said if t.named), ()),
        labels={name: label for t in reversed(said) for name, label in t.labels.items()},
        hidden=frozenset({"id", "workspace"}).union(*(t.hidden for t in said)),
        money=next((t.money for t in said if t.money), {}),
        at_home=next((t.at_home for t in said if t.at_home), {}),
        aside=next((t.aside for t in said if t.aside), None),
        pair=next((t.pair for t in said if t.pair), ()),
        words={name: word for t in reversed(said) for name, word in t.words.items()},
        story=next((t.story for t in said if t.story), None),
    )


@cache
def shown_fields(model: type[models.Model]) -> dict[str, models.Field]:
    """Column -> field, for what history tells of a row; the key of its whole is where it stands, not what it is."""
    told, kept = telling(model), set(kept_columns(model))
    left_out = told.hidden | {whole_key(model)}
    fields: list[models.Field] = list(model._meta.local_fields)
    return {f.column: f for f in fields if f.column in kept and f.name not in left_out}


def whole_key(model: type[models.Model]) -> str:
    """The field that leads from a part to its whole; "" for what is told of by itself."""
    return getattr(model, "part_of", "")


def counted(model: type[models.Model], count: int) -> str:
    """So many of them: "3 deals"."""
    words = {"count": formats.number(count), "number": count}
    said = telling(model).counted
    return str(said % words) if said is not None else f"{words['count']} {model._meta.verbose_name_plural}"


def label_of(model: type[models.Model], field: models.Field) -> str:
    return str(telling(model).labels.get(field.name) or field.verbose_name)


def root_of(model: Any) -> type[WorkspaceModel]:
    """What a part is a part of in the end: the roles of a position are the person's."""
    while model.part_of:
        model = model._meta.get_field(model.part_of).related_model
    return model


tell(
    Record,
    hidden=("created_at", "created_by", "deleted_by", "sort_name"),
    labels={"deleted_at": _("in the trash")},
)
tell(Viewer, label=_("Named people"), named=("member",), hidden=("member",))
tell(TagLink, label=_("Tag"), named=("tag",), hidden=("tag",))
tell(GroupLink, label=_("Group"), named=("group",), hidden=("group",))
tell(
    Attachment,
    label=_("File"),
    named=("name",),
    hidden=("file", "size", "content_type", "created_at", "created_by"),
)
for _model in (Event, EventLink):
    tell(_model, label=_("Timeline"))
tell(Follower, label=_("Followers"))
tell(Pulse, label=_("Last activity"))
tell(
    Merged,
    counted=ngettext_lazy("%(count)s merge", "%(count)s merges", "number"),
    pair=("record_table", "record_id", "master_id"),
    hidden=("table", "record", "master", "events", "followers", "merged_at", "merged_by"),
)
tell(
    Distinct,
    counted=ngettext_lazy("%(count)s distinct pair", "%(count)s distinct pairs", "number"),
    pair=("record_table", "one_id", "other_id"),
    hidden=("table", "one", "other", "said_at", "said_by"),
)
tell(
    Membership,
    counted=ngettext_lazy("%(count)s member", "%(count)s members", "number"),
    hidden=("user", "created_at"),
    labels={"team": _("team")},
)
tell(Team, counted=ngettext_lazy("%(count)s team", "%(count)s teams", "number"))
tell(
    Rate,
    counted=ngettext_lazy("%(count)s exchange rate", "%(count)s exchange rates", "number"),
    hidden=("base",),
)
tell(Shared, hidden=("place", "query"))
tell(Group, counted=ngettext_lazy("%(count)s group", "%(count)s groups", "number"))
tell(DefaultView, counted=ngettext_lazy("%(count)s default view", "%(count)s default views", "number"))
tell(Tag, counted=ngettext_lazy("%(count)s tag", "%(count)s tags", "number"))
tell(Source, counted=ngettext_lazy("%(count)s source", "%(count)s sources", "number"))
