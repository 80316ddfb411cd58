"""The short forms of an organization's people: a new one, one who goes elsewhere, what one is there."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DateInput
from core.numbers import number
from organizations.models import Organization
from records.choosing import RecordChoiceField
from records.custom.definitions import fields_of
from records.custom.kinds import KINDS, beginning
from records.duplicates import FINDERS, Lookalike
from records.forms import PhoneField
from records.models import Refusal
from workspaces.models import Membership
from workspaces.rights import Actor

from .models import Contact, Position, Role


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Role.objects.none(), label=gettext_lazy("Roles"), required=False, **kwargs)


class ColleagueForm(forms.Form):
    """A new person at an organization, or one who is like it and in the list already (`take`)."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    job_title = forms.CharField(label=gettext_lazy("Job title"), max_length=120, required=False)
    roles = RolesField()
    is_primary = forms.BooleanField(label=gettext_lazy("Primary contact"), required=False)

    fields: dict[str, Any]

    def __init__(self, *args: Any, organization: Organization, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization, self.membership = organization, membership
        self.fields["roles"].queryset = Role.objects.all()
        self.fields["phone"].region = membership.workspace.country
        self.required = {of.key: of for of in fields_of(membership.workspace).of("contact") if of.required}
        for key, of in self.required.items():
            self.fields[key] = KINDS[of.kind].form_field(of, membership)
            self.initial[key] = KINDS[of.kind].initial(beginning(of))

    def custom(self) -> list[forms.BoundField]:
        """The workspace's own fields that nobody is made without."""
        return [self[key] for key in self.required]

    @property
    def lines(self) -> dict[str, list[dict[str, Any]]]:
        """The address and the number, as the verbs take them."""
        email, phone = self.cleaned_data.get("email"), self.cleaned_data.get("phone")
        return {
            "emails": [{"kind": "work", "address": email, "is_primary": True}] if email else [],
            "phones": [{"kind": "mobile", "number": phone, "is_primary": True}] if phone else [],
        }

    @cached_property
    def alike(self) -> list[Lookalike]:
        """Who is in the list already and may be the same."""
        if not self.is_bound or self.errors:
            return []
        values = self.cleaned_data | self.lines | {"organization": self.organization}
        return FINDERS[Contact.record_name].like(values, self.membership)

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        return bool({"anyway", "take"} & self.data.keys()) or not self.alike

    def save(self, *, by: Actor) -> Position:
        """Raises what the verbs raise: NotAllowed, another Refusal."""
        values = self.cleaned_data
        place = {name: values[name] for name in ("job_title", "roles", "is_primary")}
        return Position.start(self.taken() or self.made(by), self.organization, by=by, **place)

    def taken(self) -> Contact | None:
        if "take" not in self.data:
            return None
        found = Contact.objects.visible_to(self.membership).filter(pk=number(self.data["take"])).first()
        if found is None:
            raise Refusal(_("Nobody here is like that any more. Save again."))
        return found

    def made(self, by: Actor) -> Contact:
        names = {name: self.cleaned_data[name] for name in ("first_name", "last_name", "job_title")}
        custom = {key: self.cleaned_data[key] for key in self.required}
        return Contact.create(by=by, **names, **custom, **self.lines)


class MoveForm(forms.Form):
    """Where somebody goes, as what, and since when."""

    organization = RecordChoiceField(Organization, label=gettext_lazy("To which organization"))
    job_title = forms.CharField(label=gettext_lazy("Job title there"), max_length=120, required=False)
    on = forms.DateField(label=gettext_lazy("Since"), widget=DateInput)
    roles = RolesField()
    is_primary = forms.BooleanField(label=gettext_lazy("Primary contact"), required=False)

    fields: dict[str, Any]

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].queryset = Role.objects.all()
        self.fields["organization"].limit(Organization.objects.visible_to(membership))


class RolesForm(forms.Form):
    """What somebody is at an organization, in place."""

    roles = RolesField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].queryset = Role.objects.all()  # type: ignore[attr-defined]
