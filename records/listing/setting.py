"""A bulk action for any field of the record's form: which one is chosen first, then what it shall hold."""

from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.formats import number
from records.models import Outcome, RecordQuerySet
from workspaces.models import Membership
from workspaces.rights import Actor

from .bulk import ActionForm, AddTag, BulkAction, ChangeOwner, Claim, Delete, Merge, RemoveTag
from .following import Follow, Unfollow
from .groups import GROUP_ACTIONS

#: what the names of the chosen field's controls begin with, so that none is called like a field of the bulk form
PREFIX = "to"


class FieldForm(ActionForm):
    """Which field, and its own control with the checks of the record's form. It is filled in once it was `asked` for
    the field that is chosen; before that it only shows the control."""

    name = forms.ChoiceField(label=gettext_lazy("Field"))
    asked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, membership: Membership, form_class: Any):
        self.form_class = form_class
        whole = form_class(membership=membership)
        names = whole.settable()
        name = data.get("name", "") if data is not None else ""
        self.chosen = name if name in names else ""
        is_asked = data is not None and bool(self.chosen) and data.get("asked") == name
        super().__init__(
            data if is_asked else None, membership=membership, initial={"name": self.chosen, "asked": self.chosen}
        )
        labels = sorted(((n, str(whole.fields[n].label)) for n in names), key=lambda pair: pair[1].casefold())
        control: Any = self.fields["name"]
        control.choices = [("", _("Choose a field")), *labels]
        # With JavaScript the control follows the choice; without, the button asks for it.
        url = reverse_lazy(f"{form_class._meta.model.namespace}:bulk")
        control.widget.attrs |= {"hx-post": url, "hx-trigger": "change", "hx-target": "#dialog-slot"}
        control.widget.attrs["autofocus"] = not self.chosen

    @cached_property
    def control(self) -> Any:
        """The record's form with the chosen field alone; an amount comes with its currency."""
        if not self.chosen:
            return None
        names = [self.chosen, *filter(None, [self.form_class.amounts.get(self.chosen)])]
        data = self.data if self.is_bound else None
        form = self.form_class(data, membership=self.membership, only=names, prefix=PREFIX)
        form[self.chosen].field.widget.attrs["autofocus"] = True
        form.take_many()
        return form

    def is_valid(self) -> bool:
        return bool(self.control) and super().is_valid() and self.control.is_valid()

    @property
    def values(self) -> dict[str, Any]:
        """What the verb is given; of a form that is valid."""
        values: dict[str, Any] = self.control.meant()
        return values


class SetField(BulkAction):
    name = "field"
    label = gettext_lazy("Set a field")
    icon = "pencil-square"
    form_class = FieldForm

    def form(self, data: QueryDict | None, *, record: str, membership: Membership) -> FieldForm:
        from records.pages import PAGES  # which stand on the lists

        return FieldForm(data, membership=membership, form_class=PAGES[record].form_class)

    def wanted(self, form: Any) -> dict[str, Any]:
        return {"values": form.values, "label": form.control.fields[form.chosen].label}

    def run(self, rows: RecordQuerySet, *, by: Actor, **wanted: Any) -> Outcome:
        return rows.edit_all(wanted["values"], by=by)

    def says(self, outcome: Outcome, **wanted: Any) -> str:
        text = ngettext("%(field)s set on %(count)s record.", "%(field)s set on %(count)s records.", outcome.done)
        return text % {"field": wanted["label"], "count": number(outcome.done)}


#: every record has these, as far as they fit it
STANDARD = (
    ChangeOwner(),
    Claim(),
    SetField(),
    AddTag(),
    RemoveTag(),
    *GROUP_ACTIONS,
    Follow(),
    Unfollow(),
    Delete(),
)
#: what can be merged as well
MERGEABLE = (*STANDARD[:-1], Merge(), STANDARD[-1])
