from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.choosing import RecordChoiceField
from records.forms import AmountField, PhoneField, RecordForm
from records.line_forms import LINES
from workspaces.choices import currencies

from .ids import KINDS
from .models import Organization
from .parents import loop_message


class OrganizationForm(RecordForm):
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    revenue = AmountField(label=gettext_lazy("Revenue"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies)
    parent = RecordChoiceField(Organization, label=gettext_lazy("Parent organization"), required=False)

    groups = (
        (
            gettext_lazy("Company"),
            (
                "name",
                ("customer_status", "relation"),
                ("sector", "segment"),
                ("location", "parent"),
                ("website", "phone"),
            ),
        ),
        (gettext_lazy("Size"), (("employees", "year_established"), ("revenue", "currency"))),
        (gettext_lazy("Where"), ("addresses", ("tax_id", "registration_id"))),
        (gettext_lazy("More"), ("dates", ("language", "source"), "owner")),
    )
    row_sets = LINES
    amounts = {"revenue": "currency"}

    class Meta:
        model = Organization
        fields = (
            "name",
            "customer_status",
            "relation",
            "sector",
            "segment",
            "location",
            "website",
            "phone",
            "parent",
            "employees",
            "year_established",
            "revenue",
            "currency",
            "tax_id",
            "registration_id",
            "language",
            "source",
            "owner",
        )

    #: not the ids, of which every organization has its own
    bulk_fields = tuple(name for name in Meta.fields if name not in KINDS)

    def prepare_fields(self) -> None:
        super().prepare_fields()
        if not self.initial.get("currency"):
            self.initial["currency"] = self.membership.workspace.currency

    def clean_website(self) -> str:
        address = self.cleaned_data["website"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Start the address with https://"), "scheme")
        return address

    def clean_parent(self) -> Organization | None:
        parent = self.cleaned_data["parent"]
        if parent and self.record and self.record.is_above(parent):
            raise forms.ValidationError(loop_message(self.record, parent), "loop")
        return parent

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("revenue") is None and "currency" not in self.taken:
            # The currency belongs to the amount; an organization without one has none.
            values["currency"] = ""
        self.check_ids(values)
        return values

    def check_ids(self, values: dict[str, Any]) -> None:
        """What can't be an id of its country is an error, what is unlike one a warning."""
        typed: dict[str, Any] = {name: values[name] for name in KINDS if values.get(name) and name not in self.taken}
        if typed and "addresses" in self.rows and "addresses" not in self.taken:
            typed["addresses"] = self.rows["addresses"].given()
        for name, (fault, doubt) in Organization.verdicts(self.record, typed).items():
            if fault:
                self.add_error(name, fault)
            elif doubt:
                self.warnings.append((doubt, None))
