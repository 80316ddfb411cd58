"""The custom fields in the form of a record."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from records.models.custom_writing import rows_of

from .definitions import fields_of
from .kinds import KINDS, beginning

if TYPE_CHECKING:
    from records.forms import RecordForm


class CustomFields:
    """The fields that the workspace has added to the type of the form's record, by their keys."""

    def __init__(self, form: "RecordForm"):
        self.form = form
        self.fields = fields_of(form.membership.workspace).by_key(form._meta.model.record_name)

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def add(self) -> None:
        """Give the form those that forms show, or that it was asked for, with what the record holds."""
        form, record = self.form, self.form.record
        stored = rows_of(record) if self.fields and record else {}
        for key, of in self.fields.items():
            if of.in_form or key in form.only:
                kind = KINDS[of.kind]
                now = kind.value(stored.get(of.pk, []))
                if kind.hides(of, now, form.membership):
                    continue
                form.fields[key] = kind.form_field(of, form.membership, now)
                form.initial.setdefault(key, kind.initial(now if record else beginning(of)))

    def groups(self) -> Iterator[tuple[Any, list[str]]]:
        """The heading of each group and the keys of its fields in the form."""
        shown = [of for key, of in self.fields.items() if key in self.form.fields]
        for group, fields in groupby(shown, key=lambda of: of.group and of.group.name):
            yield group or _("More fields"), [of.key for of in fields]

    def cleaned(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the values that are theirs, as verbs compare them."""
        return {key: KINDS[of.kind].cleaned(values[key]) for key, of in self.fields.items() if key in values}

    def now(self, name: str) -> Any:
        """What the record has in a field."""
        of = self.fields[name]
        return KINDS[of.kind].value(rows_of(self.form.record).get(of.pk, []))

    def words(self, name: str, value: Any) -> str:
        """A value as a sentence says it; "" for none."""
        of = self.fields[name]
        return KINDS[of.kind].words_for(of, value, self.form.membership)
