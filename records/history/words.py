"""Changes in words: which fields changed, from what to what, as pages show such values."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import formats, phones, yearly
from core.money import format_rate, is_currency, short_money
from records.undo.schema import inseparable
from workspaces.choices import language_name
from workspaces.models import Membership

from .names import Names, hidden, instance
from .reading import Change, Values, asides
from .story import NOTHING, Line, Story
from .telling import label_of, shown_fields, telling, whole_key

#: of a text nobody reads more than this in a list of changes
LONGEST = 300
#: fields that hold a number of a phone
PHONES = frozenset({"phone", "number"})
#: fields that hold the code of a language
LANGUAGES = frozenset({"language"})
#: a year is no amount: its digits stand together
YEARS = frozenset({"year_established", "position"})


class Teller(Names):
    """Tells of changes."""

    def __init__(self, changes: Iterable[Change], membership: Membership):
        super().__init__(changes, membership)
        self.workspace = membership.workspace
        self.country = self.workspace.country
        self.asides = asides(self.changes)
        self.rows: dict[type, dict[int, Any]] = {}

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
            return Story(change, sign, "", hidden(), hidden(), "", [])
        if own := telling(change.model).story:
            return own(self, change)
        whole, url = self.place(change)
        name, label = self.name(change), capfirst(str(telling(change.model).label))
        hides = name == hidden() or self._refers_to_hidden(change)
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


def group_of(model: Any, name: str) -> list[str]:
    """The fields that mean something only together with this one."""
    column = model._meta.get_field(name).column
    group = inseparable(model).get(column, (column,))
    return [f.name for f in model._meta.local_fields if f.column in group]
