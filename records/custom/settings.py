"""The forms in which an admin makes and changes custom fields."""

from typing import Any, cast

from django import forms
from django.db import transaction
from django.forms.formsets import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.models import ChoiceLine, CustomField, CustomGroup
from records.models.custom_field import LONGEST_NAME, MOST_CHOICES, WITH_CHOICES
from workspaces.forms import WorkspaceModelForm
from workspaces.models import Membership
from workspaces.rights import Actor

from .kinds import KINDS
from .targets import customized

#: blank lines for further choices
SPARE = 5


class ChoiceForm(forms.Form):
    """One choice: its name, and whether it is offered."""

    STATES = {"offered": gettext_lazy("Offered"), "retired": gettext_lazy("Retired"), "removed": gettext_lazy("Remove")}

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Choice"), max_length=LONGEST_NAME, required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, initial="offered", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.fields["name"], self.fields["state"]):
            field.widget.attrs["aria-label"] = field.label

    @property
    def line(self) -> ChoiceLine:
        values = self.cleaned_data
        return ChoiceLine(values.get("id"), values.get("name", ""), values.get("state") or "offered")


CHOICES = formset_factory(
    ChoiceForm, extra=SPARE, max_num=MOST_CHOICES, absolute_max=MOST_CHOICES + SPARE, can_order=True
)


class FieldForm(WorkspaceModelForm):
    """A custom field with its choices. A group may be named that is not there yet."""

    new_group = forms.CharField(label=gettext_lazy("Or a new group"), max_length=LONGEST_NAME, required=False)

    class Meta:
        model = CustomField
        fields = ("name", "kind", "target", "group", "help_text", "default", "required",
                  "in_form", "in_list", "on_card")  # fmt: skip

    field_order = ("name", "kind", "target", "group", "new_group")

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        if self.instance.pk and self.instance.default:
            self.initial["default"] = KINDS[self.instance.kind].typed(self.instance.default)
        group = cast(forms.ModelChoiceField, self.fields["group"])
        group.queryset = CustomGroup.objects.filter(record=self.instance.record)
        group.empty_label = _("No group")
        types = [(name, model._meta.verbose_name) for name, model in customized().items()]
        self.fields["target"] = forms.ChoiceField(
            label=_("Leads to"), choices=[("", "—"), *types], required=False, help_text=_("Of a record: of which kind.")
        )
        if self.instance.record != "deal":
            del self.fields["on_card"]
        if not self.instance.pk:
            self.fields["name"].widget.attrs["autofocus"] = True
        there = [{"id": one.pk, "name": one.name, "state": "retired" if one.retired_at else "offered"}
                 for one in self.instance.choices.all()] if self.instance.pk else []  # fmt: skip
        data = self.data if self.is_bound else None
        self.choices = CHOICES(data, initial=there, prefix="choices")
        for form in self.choices:
            form.fields["ORDER"].widget.attrs["aria-label"] = _("Place")
            form.fields["ORDER"].required = False

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.choices.is_valid()])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("kind") == "record" and not values.get("target"):
            self.add_error("target", _("Say which kind of record the field leads to."))
        elif values.get("kind") != "record":
            values["target"] = ""
        if values.get("required") and not values.get("in_form"):
            self.add_error("required", _("A required field is one that the form shows."))
        return values

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        if self.instance.kind in WITH_CHOICES:
            self.check_choices()
        elif self.instance.default:
            self.keep_default()

    def keep_default(self) -> None:
        """A default is kept as every reader's language reads it."""
        try:
            self.instance.default = KINDS[self.instance.kind].keeps(self.instance, self.membership)
        except forms.ValidationError as error:
            self.add_error("default", error)

    def check_choices(self) -> None:
        """There is something to choose, and the default of a choice is one of those that stand below it."""
        if not self.choices.is_valid():
            return  # says by itself what is wrong with them
        lines = [form.line for form in self.choices]
        names = {line.name.lower() for line in lines if line.name and line.state == "offered"}
        wanted = {word.strip().lower() for word in self.instance.default.split(",")} - {""}
        if not any(line.name for line in lines):
            self.add_error("kind", _("Give the field something to choose from."))
        if not wanted <= names:
            self.add_error("default", _("The default is none of the choices."))

    def save(self, *, by: Actor) -> CustomField:  # type: ignore[override]
        """Raises what `CustomField.keep_with` raises."""
        with transaction.atomic():
            self.take_group(by)
            self.instance.keep_with(self.lines(), by=by)
        return self.instance

    def lines(self) -> list[ChoiceLine]:
        """The choices in the order that their places say; one without a place comes last."""
        given = sorted(self.choices, key=lambda form: form.cleaned_data.get("ORDER") or MOST_CHOICES + SPARE)
        return [form.line for form in given]

    def take_group(self, by: Actor) -> None:
        if name := self.cleaned_data["new_group"].strip():
            group = CustomGroup.objects.filter(record=self.instance.record, name__iexact=name).first()
            self.instance.group = group or make_group(self.instance.record, name, by=by)


def make_group(record: str, name: str, *, by: Actor) -> CustomGroup:
    group = CustomGroup(record=record, name=name)
    group.to_the_end()
    group.keep(by=by)
    return group


class GroupForm(WorkspaceModelForm):
    class Meta:
        model = CustomGroup
        fields = ("name",)
