"""Several lines of one kind below a form: the e-mails and phones of a person. Works without JavaScript: there is always
a blank line, a box to take a line away, and a radio button for the primary one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, formset_factory
from django.utils.translation import gettext as _

from core.numbers import number
from workspaces.models import Membership

from .models import Record

MOST_LINES = 20


class Line(forms.Form):
    """One line: what it is (`kind`) and its value, under the name that `value_name` gives; blank ones are left out."""

    value_name: ClassVar[str]

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].widget.attrs["aria-label"] = _("Kind")
        value = self.fields[self.value_name]
        value.required = False
        value.widget.attrs["aria-label"] = value.label
        if hasattr(value, "region"):
            value.region = membership.workspace.country

    @property
    def value_field(self) -> forms.BoundField:
        return self[self.value_name]

    @property
    def identity(self) -> Any:
        """What is there twice when two lines have the same."""
        return self.cleaned_data[self.value_name]

    @property
    def is_spare(self) -> bool:
        """Is it the blank line at the end? With JavaScript a button adds lines in its place."""
        return self.empty_permitted and not (self.is_bound and self.has_changed())

    @property
    def is_given(self) -> bool:
        """Is there a value, and is the line not taken away?"""
        cleaned = getattr(self, "cleaned_data", {})
        return bool(cleaned.get(self.value_name)) and not cleaned.get(DELETION_FIELD_NAME)


class RowSet(forms.BaseFormSet):
    """The lines of one kind; `prefix` is the name of the record's related rows and of the verb's argument."""

    prefix: str
    label: ClassVar[Any]
    add_label: ClassVar[Any]
    line_template: ClassVar[str] = "records/rows_line.html"
    #: a line takes so much room that a form among whose parts it is begins without one
    is_long: ClassVar[bool] = False

    def __init__(self, data: Any = None, *, membership: Membership, record: Record | None, prefix: str) -> None:
        self.record = record
        rows = list(getattr(record, prefix).all()) if record else []
        initial = [{name: getattr(row, name) for name in ("id", *self.content)} for row in rows]
        super().__init__(data, initial=initial, prefix=prefix, form_kwargs={"membership": membership})

    @property
    def content(self) -> tuple[str, ...]:
        """What a line says, by the fields of the rows."""
        return ("kind", self.form.value_name, "is_primary")

    def is_marked(self, form: Line, place: int) -> bool:
        """Shall it be the primary one?"""
        return place == self.primary

    @property
    def primary(self) -> int:
        """Place of the line that is marked; the lines of a record come with the primary one first."""
        place = self.data.get(f"{self.prefix}-primary", "0")
        return number(str(place))

    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            if form.is_given:
                identity = form.identity
                if identity in seen:
                    form.add_error(form.value_name, _("This is there twice."))
                seen.add(identity)

    def lines(self) -> list[dict[str, Any]]:
        """The lines as the verbs take them."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != DELETION_FIELD_NAME}
            | {"is_primary": self.is_marked(form, place)}
            for place, form in enumerate(self.forms)
            if form.is_given
        ]

    def given(self) -> list[dict[str, Any]]:
        """The lines that can be read, while others may still be wrong."""
        self.is_valid()
        return [form.cleaned_data for form in self.forms if form.is_given]

    def current(self, record: Record) -> list[Any]:
        """The record's rows as they are now."""
        return list(getattr(record, self.prefix).all())

    def same(self, rows: Sequence[Any]) -> bool:
        """Do the typed lines say what these rows say?"""
        typed = [tuple(line[name] for name in self.content) for line in self.lines()]
        now = [tuple(getattr(row, name) for name in self.content) for row in rows]
        return sorted(typed, key=repr) == sorted(now, key=repr)


def row_set(line: type[Line]) -> Any:
    """The base class, a `RowSet`, of the set of such lines."""
    return formset_factory(line, formset=RowSet, extra=1, max_num=MOST_LINES, can_delete=True)
