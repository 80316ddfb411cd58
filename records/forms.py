"""Forms of records: declared groups of fields, lines below them, and what happens when two people edit at once."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import phones
from core.forms import LongSelect, MoneyInput
from core.money import Money, parse_amount
from workspaces.choices import languages
from workspaces.models import Membership, Team
from workspaces.rights import Actor

from .choosing import RecordChoiceField
from .duplicates import FINDERS, Finder, Lookalike
from .models import Record, Refusal, Stale
from .models.owner_rules import team_in_turn, usual_owner
from .rowsets import RowSet

if TYPE_CHECKING:
    from .custom.formed import CustomFields

__all__ = ["AmountField", "PhoneField", "RecordChoiceField", "RecordForm", "RowSet"]


class PhoneField(forms.CharField):
    """A phone number: typed and shown as people of `region` dial it, stored in E.164. The form sets the region."""

    region = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"type": "tel", "autocomplete": "off"}))
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return phones.local(value, self.region or None) if value and value.startswith("+") else value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return phones.normalise(text, self.region or None) if text else ""
        except ValueError as error:
            raise forms.ValidationError(str(error), "phone") from None


class AmountField(forms.CharField):
    """An amount of money as people type it; cleaned to minor units by the form, which knows the currency."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", MoneyInput())
        super().__init__(max_length=40, **kwargs)


class RecordForm(forms.ModelForm):
    """The form of a record type, for new records and old ones.

    `groups` says how it looks: (legend, (field, (field, field side by side), …)). `row_sets` are formsets below it, by
    the name of the verb's argument; a group names them like fields. `amounts` maps each field of money to the field of
    its currency. Saving calls the verbs `create` and `edit`.

    With `only` it is the form of a few fields of a record: `clean()` meets no others, and no others are saved.
    """

    groups: ClassVar[tuple[tuple[Any, tuple[Any, ...]], ...]] = ()
    row_sets: ClassVar[Mapping[str, type[RowSet]]] = {}
    amounts: ClassVar[Mapping[str, str]] = {}
    #: the fields that can be set on many records at once, where not all can
    bulk_fields: ClassVar[Collection[str] | None] = None
    #: what the verb is told besides the fields of the record
    beside: ClassVar[Collection[str]] = ()

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    #: of the model, None for a new one
    record: Any
    #: the fields that the workspace has added, by their keys
    custom: "CustomFields"
    data: Any
    fields: dict[str, Any]

    def __init__(
        self,
        data: Any = None,
        *,
        membership: Membership,
        instance: Record | None = None,
        only: Collection[str] = (),
        **kwargs: Any,
    ):
        self.membership, self.record, self.only = membership, instance, only
        #: what somebody else changed meanwhile: (field, label, value now)
        self.conflicts: list[tuple[str, str, str]] = []
        #: who did what meanwhile, in sentences; "" where nothing came between
        self.meanwhile = ""
        #: what is no error but wants a second look: (text, the other record that it is about)
        self.warnings: list[tuple[str, Record | None]] = []
        # A copy: a ModelForm writes what was typed into its instance, and the page shows the record as it is.
        super().__init__(data, instance=copy(instance), **kwargs)
        if instance is None:
            self.initial.setdefault("owner", usual_owner(self._meta.model.record_name, membership))
        else:
            self.initial["version"] = instance.version
            self.fields["version"].required = True
        self.rows = {name: row_set(data, membership=membership, record=instance, prefix=name)
                     for name, row_set in self.row_sets.items() if not only or name in only}  # fmt: skip
        self.prepare_fields()
        from .custom.formed import CustomFields  # its fields are made of those here

        self.custom = CustomFields(self)
        self.custom.add()
        if only:
            self.fields = {name: field for name, field in self.fields.items() if name in {*only, "version"}}
        elif instance is None and data is None:
            self.take_focus()

    def prepare_fields(self) -> None:
        """Give the fields what only the request knows: who may be chosen, which country the numbers belong to."""
        if owner := self.fields.get("owner"):
            now = self.record.owner_id if self.record else None
            owner.queryset = Membership.objects.filter(Q(is_active=True) | Q(pk=now))
            owner.empty_label = _("Whose turn it is in %(team)s") % {"team": self.team} if self.team else _("Nobody")
            owner.disabled = self.record is not None and not self.record.allows("assign", self.membership)
        if source := self.fields.get("source"):
            source.empty_label = pgettext("source", "Unknown")
        if "language" in self.fields:
            choices = [("", pgettext("language", "Unknown")), *languages()]
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"), choices=choices, widget=LongSelect, required=False
            )
        for name in self.record.concealed & self.fields.keys() if self.record else ():
            del self.fields[name]
        for name, field in self.fields.items():
            if isinstance(field, PhoneField):
                field.region = self.membership.workspace.country
            elif isinstance(field, RecordChoiceField):
                # What the record refers to stays chosen, though it lies in the trash meanwhile.
                kept = getattr(self.record, f"{name}_id", None)
                field.limit(field.model.objects.visible_to(self.membership), kept)
            elif isinstance(field, AmountField) and self.record and not self.is_bound:
                self.initial[name] = self.amount_text(name)

    @cached_property
    def team(self) -> Team | None:
        """The team whose members get new records by turns: without an owner, a new one goes to the next of them."""
        return None if self.record else team_in_turn(self._meta.model.record_name, self.membership.workspace)

    def amount_text(self, name: str) -> str:
        """The record's amount as it stands in the form: "1234.50"."""
        minor, currency = getattr(self.record, name), getattr(self.record, self.amounts[name])
        return "" if minor is None else str(Money(minor, currency).amount)

    def settable(self) -> list[str]:
        """The fields that can be given one value on many records; a currency goes with its amount."""
        columns = {field.name for field in self._meta.model._meta.concrete_fields} - set(self.amounts.values())
        names = self.fields.keys() if self.bulk_fields is None else self.bulk_fields
        own = [name for name in names if name in columns and name in self.fields and name != "version"]
        return [*own, *(key for key in self.custom.fields if key in self.fields)]

    def take_many(self) -> None:
        """Ask for what is needed besides where the fields are set on many records at once."""

    # --- looks --------------------------------------------------------------------------------------------------------
    def sections(self) -> Iterable[dict[str, Any]]:
        """The groups as the template draws them: each line is a formset, or one or two fields."""
        for legend, names in self.groups:
            lines = [self._line(name if isinstance(name, tuple) else (name,)) for name in names]
            yield {"legend": legend, "lines": [line for line in lines if line["rows"] or line["fields"]]}
        for legend, keys in self.custom.groups():
            yield {"legend": legend, "lines": [self._line((key,)) for key in keys]}

    def _line(self, names: tuple[str, ...]) -> dict[str, Any]:
        return {"rows": self.rows.get(names[0]), "fields": [self[name] for name in names if name in self.fields]}

    def take_focus(self) -> None:
        """Put the cursor into the first text field."""
        shown = (field for section in self.sections() for line in section["lines"] for field in line["fields"])
        first = next((field.field for field in shown if isinstance(field.field.widget, forms.TextInput)), None)
        if first:
            first.widget.attrs["autofocus"] = True

    # --- checks -------------------------------------------------------------------------------------------------------
    @property
    def taken(self) -> set[str]:
        """Fields in which the reader takes what somebody else wrote meanwhile."""
        return set(self.data.getlist("take")) if self.is_bound and self.record else set()

    def is_valid(self) -> bool:
        rows_valid = [rows.is_valid() for name, rows in self.rows.items() if name not in self.taken]
        if not (super().is_valid() and all(rows_valid)):
            return False
        return "anyway" in self.data or not (self.warnings or self.alike_unseen)

    @property
    def finder(self) -> Finder | None:
        """What finds records that a new one is like; an old one has its duplicates found elsewhere."""
        is_new = self.record is None and not self.only
        return FINDERS.get(self._meta.model.record_name) if is_new else None

    @property
    def alike_name(self) -> str:
        """Name of the address that is asked while one types."""
        return f"{self._meta.model.namespace}:alike"

    @cached_property
    def alike(self) -> list[Lookalike]:
        """The records that what was typed so far, right or not, is like."""
        if self.finder is None or not self.is_bound:
            return []
        super().is_valid()
        lines = {name: rows.given() for name, rows in self.rows.items()}
        return self.finder.like(self.cleaned_data | lines, self.membership)

    @property
    def alike_unseen(self) -> list[Lookalike]:
        """Those that were not shown while one typed."""
        seen = self.data.getlist("alike")
        return [found for found in self.alike if str(found.record.pk) not in seen]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name, currency_name in self.amounts.items():
            if name in values and name not in self.taken:
                values[name] = self._minor_units(name, values[name], values.get(currency_name))
        for name in self.taken & self.errors.keys():
            del self.errors[name]
        return values

    def _minor_units(self, name: str, text: str, currency: str | None) -> int | None:
        if not text or not currency:
            if text:
                self.add_error(name, _("Choose the currency of this amount."))
            return None
        if self.record and currency == getattr(self.record, self.amounts[name]) and text == self.amount_text(name):
            return getattr(self.record, name)
        try:
            return parse_amount(text, currency)
        except ValueError as error:
            self.add_error(name, str(error))
            return None

    # --- saving -------------------------------------------------------------------------------------------------------
    def values(self) -> dict[str, Any]:
        """What the verb is given."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        values |= {name: rows.lines() for name, rows in self.rows.items() if name not in self.taken}
        if self.team and not values.get("owner"):
            values.pop("owner", None)
        values = {name: value for name, value in values.items() if name not in self.taken}
        return values | self.custom.cleaned(values)

    def meant(self) -> dict[str, Any]:
        """Those of the values that were asked for."""
        asked = {*self.only, *self.beside}
        return {name: value for name, value in self.values().items() if not self.only or name in asked}

    def save(self, *, by: Actor) -> Any:  # type: ignore[override]
        """Create or edit the record. Raises what the verb raises: NotAllowed, Stale, another Refusal."""
        if self.record is None:
            return self._meta.model.create(by=by, **self.values())
        self.record.edit(by=by, seen=self.cleaned_data["version"], **self.meant())
        return self.record

    def refuse(self, refusal: Refusal) -> None:
        """Say why it was not saved: beside the field that this is about, where the form has it."""
        if isinstance(refusal, Stale):
            self.show_conflict()
        else:
            field = self.fields.get(refusal.about)
            self.add_error(refusal.about if field and not field.widget.is_hidden else None, str(refusal))

    def show_conflict(self) -> None:
        """The record was changed meanwhile: say who did what, keep what was typed, offer what is there now, and look at
        that version."""
        from .history.meanwhile import told  # it words events of records

        seen = self.cleaned_data["version"]
        self.meanwhile = told(self.record, seen) or _("Somebody changed this record while you were editing it.")
        self.record = self._meta.model.objects.get(pk=self.record.pk)
        typed = {name: value for name, value in self.values().items() if name not in self.beside}
        for name, value in typed.items():
            now = self.now(name)
            same = self.rows[name].same(now) if name in self.rows else now == value
            if not same:
                self.conflicts.append((name, self.label_of(name), self.words(name, now)))
        self.data = self.data.copy()
        self.data["version"] = str(self.record.version)

    def now(self, name: str) -> Any:
        """What the record has in a field, or as its rows."""
        if name in self.custom:
            return self.custom.now(name)
        return self.rows[name].current(self.record) if name in self.rows else getattr(self.record, name)

    def label_of(self, name: str) -> str:
        return str(self.rows[name].label if name in self.rows else self[name].label)

    def words(self, name: str, value: Any) -> str:
        """A value of the record in words, for the list of conflicts."""
        if name in self.custom:
            value = self.custom.words(name, value)
        elif name in self.amounts:
            value = None if value is None else Money(value, getattr(self.record, self.amounts[name])).format()
        elif isinstance(value, list):
            value = ", ".join(map(str, value))
        elif isinstance(self.fields.get(name), forms.ChoiceField) and isinstance(value, str):
            value = dict(self.fields[name].choices).get(value, value)
        return str(value) if value not in (None, "") else _("empty")
