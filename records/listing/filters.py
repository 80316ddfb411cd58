"""The filters of lists, generated from the declared columns.

Only lookups that stay fast under row-level security: equality, IN, ranges, IS NULL. The beginning of a text is a range
over its stored key. Anything else (LIKE, lower(), a function of a column) would keep the planner from the indexes.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.forms import Typed
from core.numbers import number
from records.choosing import RecordChoiceField
from records.models import Record
from workspaces.models import Membership

#: values of choices that stand for no choice: rows without a value, rows with any
NONE, ANY = "none", "any"
PRESENCE = {NONE: gettext_lazy("None"), ANY: gettext_lazy("Any")}
#: the last character of all, so that everything that begins with x lies below x + LAST
LAST = "\U0010ffff"

Choices = Iterable[tuple[Any, Any]]


class ColumnFilter(django_filters.Filter):
    """One parameter that narrows a list down. `path` is the field that it compares."""

    #: what its further parameters end with
    suffixes: tuple[str, ...] = ()
    #: what it asks of the column, and the opposite: "begins with", "does not begin with"
    asks: tuple[Any, Any] = (pgettext_lazy("filter", "is"), pgettext_lazy("filter", "is not"))
    #: value -> the same two, where the value is part of the question: "is empty", "has a value"
    asks_for: Mapping[str, tuple[Any, Any]] = {}

    def __init__(self, path: str, *, label: Any = "", **field: Any):
        super().__init__(field_name=path, label=label, **field)
        self.path = path

    @property
    def membership(self) -> Membership:
        """Who reads the list."""
        return self.parent.membership

    def filter(self, rows: models.QuerySet, value: Any) -> models.QuerySet:
        """The rows that pass; all of them while nothing is wanted."""
        return rows if value in EMPTY_VALUES else rows.filter(self.condition(value))

    def condition(self, value: Any) -> Q:
        """What rows that pass have in common; no join that gives a row twice, so that it can be negated."""
        raise NotImplementedError

    def alone(self, value: Any) -> models.QuerySet | None:
        """Rows of another table, one for each row of the list that passes, its `record`; None where there is no such
        table."""
        return None

    def cleaned(self, raw: Any) -> Any:
        """The value that a text, or a list of them, stands for. Raises ValidationError."""
        takes_several = isinstance(self.field, forms.MultipleChoiceField)
        if isinstance(raw, list) and not takes_several:
            raise forms.ValidationError(_("Choose one value."))
        return self.field.clean([raw] if takes_several and isinstance(raw, str) and raw else raw)

    def words(self, value: Any) -> str:
        """The value as a chip says it."""
        return str(value)

    def bare(self, value: Any) -> str:
        """The value alone, behind what is asked."""
        return self.words(value)

    def question(self, value: Any, negated: bool) -> str:
        """What is asked of the column, in words: "is not Agriculture"."""
        if isinstance(value, str) and value in self.asks_for:
            return str(self.asks_for[value][negated])
        return f"{self.asks[negated]} {self.bare(value)}"


class PrefixFilter(ColumnFilter):
    """Texts that begin so, ignoring case and accents; `path` is the text's stored key."""

    field_class = forms.CharField
    asks = (gettext_lazy("begins with"), gettext_lazy("does not begin with"))

    def __init__(self, path: str, **field: Any):
        super().__init__(path, max_length=200, **field)

    def bare(self, value: str) -> str:
        return _("“%(text)s”") % {"text": value}

    def condition(self, value: str) -> Q:
        # The database folds it: the planner sees a constant, and the key was made by the same function.
        key = Func(Value(value), function="records_sort_key", output_field=models.TextField())
        above = Concat(key, Value(LAST), output_field=models.TextField())
        return Q(**{f"{self.path}__gte": key}) & Q(**{f"{self.path}__lt": above})

    def words(self, value: str) -> str:
        return _("begins with “%(text)s”") % {"text": value}


class PresenceFilter(ColumnFilter):
    """Rows without a value, or with any. `empty` is what the column holds when it has none."""

    field_class = forms.ChoiceField
    ASKS = {NONE: gettext_lazy("is empty"), ANY: gettext_lazy("has a value")}

    def __init__(self, path: str, *, empty: Any = None, names: Mapping[str, Any] = PRESENCE, **field: Any):
        super().__init__(path, choices=[("", "—"), *names.items()], **field)
        self.empty, self.names = empty, names
        none, some = (names if names is not PRESENCE else self.ASKS).values()
        self.asks_for = {NONE: (none, some), ANY: (some, none)}

    def condition(self, value: str) -> Q:
        if self.empty is None:
            return Q(**{f"{self.path}__isnull": value == NONE})
        return Q(**{self.path if value == NONE else f"{self.path}__gt": self.empty})

    def words(self, value: str) -> str:
        return str(self.names[value])


class ChoicesFilter(ColumnFilter):
    """Rows with one of some values. `load` gives the choices, asked for only when the filter is used or shown."""

    field_class = forms.MultipleChoiceField

    def __init__(self, path: str, *, load: Callable[[], Choices], may_be_empty: bool = False, **field: Any):
        super().__init__(path, widget=forms.CheckboxSelectMultiple, **field)
        self.load, self.may_be_empty = load, may_be_empty

    def choices(self) -> Choices:
        yield from self.load()
        if self.may_be_empty:
            yield NONE, PRESENCE[NONE]

    @cached_property
    def labels(self) -> dict[str, Any]:
        return {str(value): label for value, label in self.choices()}

    @cached_property
    def field(self) -> forms.Field:
        return self.field_class(label=self.label, choices=list(self.labels.items()), **self.extra)

    def condition(self, values: list[str]) -> Q:
        chosen = [value for value in values if value != NONE]
        if NONE not in values:
            return Q(**{f"{self.path}__in": chosen})
        return self.is_empty() | Q(**{f"{self.path}__in": chosen}) if chosen else self.is_empty()

    def is_empty(self) -> Q:
        return Q(**{self.path: ""})

    def words(self, value: list[str]) -> str:
        return ", ".join(str(self.labels[one]) for one in value)


class RelatedFilter(ChoicesFilter):
    """Rows that refer to one of a few others: a source, a stage. `path` is the column with the id."""

    def is_empty(self) -> Q:
        return Q(**{f"{self.path}__isnull": True})


class MemberFilter(RelatedFilter):
    """Rows of some members; "me" and "team" go by who reads, so that a shared link fits each reader."""

    RELATIVE = {"me": gettext_lazy("Me"), "team": gettext_lazy("My team")}

    def choices(self) -> Choices:
        yield from self.RELATIVE.items()
        yield from super().choices()

    def condition(self, values: list[str]) -> Q:
        ids = {value for value in values if value not in self.RELATIVE}
        if "me" in values:
            ids.add(str(self.membership.pk))
        if "team" in values:
            ids |= {str(pk) for pk in self.membership.reachable_owner_ids("team") or ()}
        return super().condition(sorted(ids))


class LinkedFilter(ChoicesFilter):
    """Rows that a link table ties to one of some others (tags): one EXISTS, so that no row comes twice."""

    asks = (gettext_lazy("has any of"), gettext_lazy("has none of"))

    def __init__(self, link: Callable[[], type[models.Model]], *, back: str, to: str, **field: Any):
        super().__init__(to, **field)
        self.link, self.back = link, back

    def condition(self, values: list[str]) -> Q:
        chosen = [value for value in values if value != NONE]
        links = self.link()._default_manager.filter(**{self.back: OuterRef("pk")})
        found = Q(Exists(links.filter(**{f"{self.path}__in": chosen}))) if chosen else Q()
        return found | ~Q(Exists(links)) if NONE in values else found


class LinkedAllFilter(LinkedFilter):
    """Rows that a link table ties to all of some others."""

    asks = (gettext_lazy("has all of"), gettext_lazy("lacks one of"))

    def condition(self, values: list[str]) -> Q:
        found = Q()
        for value in values:
            found &= super().condition([value])
        return found


class LinkedMemberFilter(LinkedFilter):
    """Rows that a link table ties to some members; "me" goes by who reads."""

    def choices(self) -> Choices:
        yield "me", MemberFilter.RELATIVE["me"]
        yield from super().choices()

    def condition(self, values: list[str]) -> Q:
        return super().condition([str(self.membership.pk) if value == "me" else value for value in values])


class RecordFilter(ColumnFilter):
    """Rows that refer to one record out of many, found by typing its name. `link` as in `LinkedFilter`."""

    suffixes = ("_text", "_shown", "_choice", "_asked")

    def __init__(self, path: str, *, model: type[Record], **field: Any):
        super().__init__(path, **field)
        self.model_of_choice = model

    @cached_property
    def field(self) -> forms.Field:
        found = RecordChoiceField(self.model_of_choice, label=self.label, **self.extra)
        found.limit(self.model_of_choice.objects.visible_to(self.membership))
        return found

    def cleaned(self, raw: Any) -> Record | None:
        if isinstance(raw, Typed) or not raw:
            return self.field.clean(raw)
        return self.field.clean(number(raw) if isinstance(raw, str) else 0)

    def condition(self, record: Record) -> Q:
        return Q(**{self.path: record.pk})


class LinkedRecordFilter(RecordFilter):
    """Rows that a link table ties to one record out of many."""

    def __init__(self, link: type[models.Model], *, back: str, to: str, model: type[Record], **field: Any):
        super().__init__(to, model=model, **field)
        self.link, self.back = link, back

    def condition(self, record: Record) -> Q:
        return Q(Exists(self.link._default_manager.filter(**{self.back: OuterRef("pk"), self.path: record.pk})))


class YesNoFilter(ColumnFilter):
    field_class = forms.TypedChoiceField
    WORDS = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}

    def __init__(self, path: str, **field: Any):
        super().__init__(path, choices=[("", "—"), *self.WORDS.items()], **field)

    def condition(self, value: str) -> Q:
        return Q(**{self.path: value == "yes"})

    def words(self, value: str) -> str:
        return str(self.WORDS[value])
