"""Changes in words: what a row is called, which fields changed, from what to what, as pages show such values."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formats, phones, yearly
from core.money import format_rate, is_currency, short_money
from records.models import Record, Shared
from records.undo.schema import inseparable
from workspaces.choices import language_name
from workspaces.models import Membership
from workspaces.tracking import history_of

from .reading import Change, Values, asides
from .telling import label_of, shown_fields, telling, whole_key

#: of a text nobody reads more than this in a list of changes
LONGEST = 300
NOTHING = "–"
#: fields that hold a number of a phone
PHONES = frozenset({"phone", "number"})
#: fields that hold the code of a language
LANGUAGES = frozenset({"language"})
#: a year is no amount: its digits stand together
YEARS = frozenset({"year_established", "position"})


@dataclass(frozen=True)
class Line:
    """One field's story: "Stage", "Demo booked", "Proposal", "3 days in stage"."""

    name: str
    label: str
    was: str
    now: str
    aside: str = ""

    @property
    def was_empty(self) -> bool:
        return self.was == NOTHING


@dataclass
class Story:
    """What became of one row: `sign` is "+", "-" or "~"; `what` names the row, `lines` are its fields, `restorable` the
    names of those whose old value can be given back."""

    change: Change
    sign: str
    label: str
    what: str
    whole: str
    url: str
    lines: list[Line] = field(default_factory=list)
    restorable: set[str] = field(default_factory=set)

    @property
    def is_own(self) -> bool:
        """Is it told of the record itself, and not of a part?"""
        return not (whole_key(self.change.model) or self.change.model.between)

    @property
    def is_one_line(self) -> bool:
        """Does its one line say it all?"""
        return self.sign == "~" and len(self.lines) == 1 and (self.is_own or not self.what)

    @property
    def sentence(self) -> str:
        names = {"label": self.label, "what": self.what}
        if self.sign == "+":
            return _("%(label)s added: %(what)s") % names if self.what else _("%(label)s added") % names
        if self.sign == "-":
            return _("%(label)s removed: %(what)s") % names if self.what else _("%(label)s removed") % names
        return _("%(label)s %(what)s") % names


class Teller:
    """Tells of changes. Names of what they refer to are read together, as far as the reader may know them."""

    def __init__(self, changes: Iterable[Change], membership: Membership):
        self.changes = list(changes)
        self.membership = membership
        self.workspace = membership.workspace
        self.country = self.workspace.country
        self.asides = asides(self.changes)
        self.names: dict[tuple[type, int], tuple[str, str]] = {}
        self.rows: dict[type, dict[int, Any]] = {}
        for model, ids in self._wanted().items():
            self.names |= {(model, pk): named for pk, named in self._read_names(model, ids).items()}

    # --- names --------------------------------------------------------------------------------------------------------
    def _wanted(self) -> dict[type[models.Model], set[int]]:
        """The rows whose names are needed: what the changes refer to, and the wholes of parts."""
        wanted: dict[type[models.Model], set[int]] = defaultdict(set)
        for change in self.changes:
            if telling(change.model).aside:
                continue
            if issubclass(change.model, Record):  # where it is now says whether it has a page
                wanted[change.model].add(change.pk)
            columns: dict[str, Any] = {**shown_fields(change.model), **self._naming(change.model)}
            for model, pk in telling(change.model).pair_of(change.values):
                wanted[model].add(pk)
            for state in filter(None, (change.before, change.after)):
                for column, key in columns.items():
                    if key.is_relation and state.get(column):
                        wanted[key.related_model].add(state[column])
        return wanted

    @staticmethod
    def _naming(model: Any) -> dict[str, Any]:
        """Column -> field, of what names a row and of what leads to its whole."""
        names = filter(None, (*telling(model).named, whole_key(model)))
        return {field.column: field for field in map(model._meta.get_field, names)}

    def _read_names(self, model: Any, ids: set[int]) -> dict[int, tuple[str, str]]:
        """Id -> name and address. What is gone is called as it was last; what is hidden has no name."""
        rows = model._base_manager.filter(pk__in=ids)
        if telling(model).named:
            joined = [name for name in telling(model).named if model._meta.get_field(name).is_relation]
            rows = rows.select_related(*joined) if joined else rows
        found = {row.pk: (self.title(row), self._url(row)) for row in rows}
        if missing := ids - found.keys():
            versions = history_of(model)._base_manager.filter(pgh_obj_id__in=missing)
            newest = versions.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values()
            names = ({f.column: v.get(f.attname) for f in model._meta.local_fields} for v in newest)
            found |= {values["id"]: (self.title(instance(model, values)), "") for values in names}
        return found

    def title(self, row: Any) -> str:
        if not self._may_see(row):
            return _("a record that you may not see")
        named = telling(row.__class__).named
        return " ".join(str(value) for name in named if (value := getattr(row, name))) if named else str(row)

    def _may_see(self, row: Any) -> bool:
        return not isinstance(row, Record | Shared) or row.allows("view", self.membership)

    def hides(self, change: Change) -> bool:
        """Is the record that the row is, or is a part of, hidden from the member as it is now?"""
        if telling(change.model).pair:
            return False
        whole: tuple[Any, int] = change.model, change.pk
        if key := whole_key(change.model):
            related: Any = change.model._meta.get_field(key)
            whole = related.related_model, change.values[related.column]
        return self.names.get(whole, ("", ""))[0] == _("a record that you may not see")

    def _refers_to_hidden(self, change: Change) -> bool:
        """Does the row stand between two records of which the member does not see one?"""
        pair = telling(change.model).pair_of(change.values)
        return any(self.names.get(one, ("", ""))[0] == _("a record that you may not see") for one in pair)

    def unseen(self) -> set[int | None]:
        """The change sets that did something to a record that the member may not see, or set one somewhere: their
        labels hold its name."""
        hidden, found = _("a record that you may not see"), set()
        for change in self.changes:
            named: set[Any] = {(change.model, change.pk), *telling(change.model).pair_of(change.values)}
            named |= set(self._set_or_named(change))
            if any(self.names.get(one, ("", ""))[0] == hidden for one in named):
                found.add(change.change_set_id)
        return found

    def _set_or_named(self, change: Change) -> Iterator[tuple[Any, int]]:
        """What the change made a row refer to, or no longer, and what the row is called after."""
        naming = self._naming(change.model)
        for column, key in {**shown_fields(change.model), **naming}.items():
            was, now = ((state or {}).get(column) for state in (change.before, change.after))
            if key.is_relation and (was != now or column in naming):
                yield from ((key.related_model, pk) for pk in (was, now) if pk)

    def _url(self, row: Any) -> str:
        shown = isinstance(row, Record) and not row.deleted_at and self._may_see(row)
        return row.get_absolute_url() if shown else ""

    def read_once(self, model: Any, ids: Iterable[int]) -> dict[int, Any]:
        """Rows by their ids, read together at the first call for a model; all that it will ask for are named then."""
        if model not in self.rows:
            self.rows[model] = model._base_manager.in_bulk(set(ids))
        return self.rows[model]

    # --- stories ------------------------------------------------------------------------------------------------------
    def stories(self) -> Iterator[Story]:
        """What became of each row, those that have nothing to tell left out."""
        for change in self.changes:
            if telling(change.model).aside:
                continue
            story = self.story(change)
            if story.lines or story.sign != "~":
                yield story

    def story(self, change: Change) -> Story:
        sign = "+" if change.before is None else "-" if change.after is None else "~"
        if self.hides(change):
            return Story(change, sign, "", hidden := _("a record that you may not see"), hidden, "", [])
        if own := telling(change.model).story:
            return own(self, change)
        whole, url = self.place(change)
        name, label = self.name(change), capfirst(str(telling(change.model).label))
        hides = name == _("a record that you may not see") or self._refers_to_hidden(change)
        lines = self.lines(change) if sign != "-" and not hides else []
        return Story(change, sign, label, name, whole, url, lines)

    def place(self, change: Change) -> tuple[str, str]:
        """Name and address of the record that the row is, or is a part of."""
        if telling(change.model).pair or change.model.between:
            return "", ""
        if not (key := whole_key(change.model)):
            row = instance(change.model, change.values)
            return self.title(row), self.names.get((change.model, change.pk), ("", ""))[1]
        related: Any = change.model._meta.get_field(key)
        return self.names.get((related.related_model, change.values[related.column]), ("", ""))

    def name(self, change: Change) -> str:
        """What the row is called among its kind."""
        if pair := telling(change.model).pair_of(change.values):
            return ", ".join(self.names.get(one, (NOTHING, ""))[0] for one in pair)
        fields = self._naming(change.model)
        named = [f for f in fields.values() if f.name in telling(change.model).named]
        if named:
            parts = (self.value(change.model, f, change.values) for f in named)
            return " ".join(part for part in parts if part != NOTHING)
        return "" if whole_key(change.model) else self.title(instance(change.model, change.values))

    def lines(self, change: Change) -> list[Line]:
        """The fields that differ; of a new row those that hold something."""
        told, lines = telling(change.model), []
        before, after = change.before or {}, change.after or {}
        currencies = set(told.money.values())
        shown = shown_fields(change.model)
        named = set(told.named) if not change.before else set()
        for column, of in shown.items():
            partner = told.money.get(of.name, "")
            if of.name in named or (of.name in currencies and self._beside_amount(told.money, of.name, before, after)):
                continue
            same = before.get(column) == after.get(column)
            if same and not (partner and before.get(partner) != after.get(partner) and after.get(column) is not None):
                continue
            if of.name in told.at_home and all(self._is_plain_worth(told, of.name, state) for state in (before, after)):
                continue
            was, now = (self.value(change.model, of, state) for state in (before, after))
            if not change.before and not after.get(column):
                continue  # of a new row what it holds, not what it lacks
            if was != now or not same:
                aside = self.asides.get((change.pk, of.name), "")
                lines.append(Line(of.name, capfirst(label_of(change.model, of)), was, now, aside))
        return lines

    @staticmethod
    def _beside_amount(money: Any, currency: str, before: Values, after: Values) -> bool:
        """Does an amount stand there, with which its currency is told?"""
        return any(
            currency == partner and (before.get(amount) is not None or after.get(amount) is not None)
            for amount, partner in money.items()
        )

    def _is_plain_worth(self, told: Any, name: str, state: Values) -> bool:
        """Is a worth in the workspace's currency the amount itself?"""
        amount = told.at_home[name]
        own = state.get(told.money[amount]) == self.workspace.currency
        return state.get(name) is None or (own and state[name] == state.get(amount))

    # --- values -------------------------------------------------------------------------------------------------------
    def value(self, model: type[models.Model], of: Any, state: Values) -> str:
        """A value as pages show it."""
        value, told = state.get(of.column), telling(model)
        if value is None or value == "":
            return _("no") if of.name == "deleted_at" and state else NOTHING
        if of.is_relation:
            return self.names.get((of.related_model, value), (NOTHING, ""))[0]
        if of.name in told.words:
            return told.words[of.name](value) or NOTHING
        if of.name in told.money and is_currency(state.get(told.money[of.name]) or ""):
            return short_money(value, state[told.money[of.name]])
        if of.name in told.at_home:
            return short_money(value, self.workspace.currency)
        return self.plain(of, value)

    def plain(self, of: models.Field, value: Any) -> str:
        if isinstance(value, list):
            base: Any = of
            return ", ".join(self.plain(base.base_field, one) for one in value) or NOTHING
        if of.choices:
            return str(dict(of.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, dt.datetime):
            return formats.when(value, timezone.now(), timezone.get_current_timezone())
        if isinstance(value, dt.date):
            return formats.short_date(value, value if yearly.is_yearless(value) else timezone.localdate())
        if isinstance(value, dt.time):
            return f"{value:%H:%M}"
        if isinstance(value, dt.timedelta):
            return ngettext("%(count)s day", "%(count)s days", value.days) % {"count": formats.number(value.days)}
        if of.name in LANGUAGES:
            return language_name(value)
        if of.name in PHONES:
            return phones.local(value, self.country)
        if isinstance(value, Decimal):
            return format_rate(value)
        if isinstance(value, int) and of.name not in YEARS:
            return formats.number(value)
        return self.cut(str(value))

    @staticmethod
    def cut(text: str) -> str:
        """As much of a text as a list of changes shows."""
        return Truncator(text).chars(LONGEST)


def instance(model: Any, values: Values) -> Any:
    """A row of a model made of a version's values; never to be saved."""
    fields = {f.attname: values.get(f.column) for f in model._meta.local_fields if f.column in values}
    return model(**fields)


def group_of(model: Any, name: str) -> list[str]:
    """The fields that mean something only together with this one."""
    column = model._meta.get_field(name).column
    group = inseparable(model).get(column, (column,))
    return [f.name for f in model._meta.local_fields if f.column in group]
