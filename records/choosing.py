"""Choosing a record by its name: the queries, and the form field that every room uses."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.forms import Combobox, Typed
from core.numbers import number
from workspaces.models import Membership

from .models import Record
from .search import is_short, matching_ids

#: as many suggestions as one looks through
SUGGESTIONS = 8
#: sorts after whatever begins with the same letters
LAST = "\U0010ffff"


def called(rows: QuerySet, name: str) -> QuerySet:
    """The records of exactly this name, whatever its case and accents."""
    return rows.filter(sort_name__in=rows.model.sort_keys(name))


def beginning(rows: QuerySet, text: str) -> QuerySet:
    """The records whose names begin so, in order; ranges over the key's index, which row-level security may use."""
    ranges = Q()
    for key in rows.model.sort_keys(text):
        ranges |= Q(sort_name__gte=key, sort_name__lt=key + LAST)
    return rows.filter(ranges).order_by("sort_name", "pk")


def meant(rows: QuerySet, text: str, membership: Membership | None = None) -> list[Record]:
    """The records out of `rows` that a text may mean, best first: one letter begins a name, more stand anywhere."""
    if is_short(text):
        return hinted(beginning(rows, text)[:SUGGESTIONS])
    ids = matching_ids(rows.model.record_name, text, SUGGESTIONS, membership)
    found = {record.pk: record for record in hinted(rows.filter(pk__in=ids))}
    return [found[pk] for pk in ids if pk in found]


def hinted(rows: Any) -> list[Any]:
    """The records with their hints, which name nothing that the member whose rows they are does not see."""
    records = list(rows.model.with_hints(rows))
    if rows.seen_by:
        rows.model.conceal(records, rows.seen_by)
    return records


class RecordInput(Combobox):
    """The combobox; what a typed name could mean stands below it as radio buttons where that was not clear."""

    template_name = "records/widgets/record_input.html"
    candidates: list[Record] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # An address may say anything: /people/new/?organization=…
        known = isinstance(value, Typed) or bool(number(str(value)))
        context = super().get_context(name, value if known else None, attrs)
        context["widget"]["candidates"] = self.candidates
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        choice = data.get(f"{name}_choice")
        if not choice or data.get(f"{name}_text") != data.get(f"{name}_asked"):
            choice = super().value_from_datadict(data, files, name)
        return choice if isinstance(choice, Typed) or number(str(choice)) else None


class RecordChoiceField(forms.ModelChoiceField):
    """A record out of many, found by typing. The form gives it the rows that its member may see:

    `self.fields["organization"].limit(Organization.objects.visible_to(membership))`
    """

    widget: RecordInput
    default_error_messages = {
        "missing": _("Nothing is called “%(name)s”."),
        "several": _("Which “%(name)s” is meant?"),
        "near": _("Nothing is called exactly “%(name)s”. Is it one of these?"),
    }

    def __init__(self, model: type[Record], **kwargs: Any) -> None:
        self.model = model
        url_name = f"{model.namespace}:pick"
        super().__init__(model.objects.none(), **({"widget": RecordInput(url_name)} | kwargs))
        self.rows: QuerySet = model.objects.none()

    def to_python(self, value: Any) -> Record | None:
        if not isinstance(value, Typed) or not value:
            return super().to_python(value)
        exact = hinted(called(self.rows, value).order_by("pk")[:SUGGESTIONS])
        if len(exact) == 1:
            return exact[0]
        near = exact or meant(self.rows, value)
        self.widget.candidates = near
        code = "several" if exact else "near" if near else "missing"
        raise forms.ValidationError(self.error_messages[code], code, {"name": value})

    def limit(self, rows: QuerySet, kept: int | None = None) -> None:
        """Choose among these rows; the one with the id `kept` may stay, though a typed name never finds it."""
        self.rows = rows
        self.queryset = rows | self.model._default_manager.filter(pk=kept) if kept else rows
