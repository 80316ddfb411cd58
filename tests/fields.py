"""Custom fields for tests: one of each kind, with values as people type them."""

from dataclasses import dataclass
from typing import Any

from contacts.listing import ContactListing
from core.tenancy import workspace_scope
from deals.listing import DealListing
from organizations.listing import OrganizationListing
from records.custom.targets import model_of
from records.models import CustomChoice, CustomField
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from workspaces.models import Membership, Workspace
from workspaces.rights import SYSTEM

#: record type -> (list, factory, what a form of a new one needs)
TYPES: dict[str, tuple[Any, Any, dict[str, str]]] = {
    "organization": (OrganizationListing, OrganizationFactory, {"name": "Acme Works"}),
    "contact": (ContactListing, ContactFactory, {"last_name": "Raman"}),
    "deal": (DealListing, DealFactory, {"name": "Fleet"}),
}


@dataclass
class Sample:
    """A kind of field with two values: how each is typed, shown, exported; and a filter that finds the first alone."""

    kind: str
    typed: tuple[Any, Any]
    shown: tuple[str, str]
    exported: str
    query: str
    #: what the fields of the form are called behind the field's key
    parts: tuple[str, ...] = ("",)


SAMPLES = {
    sample.kind: sample
    for sample in (
        Sample("text", ("Čáp", "Zebra"), ("Čáp", "Zebra"), "Čáp", "{key}=cap"),
        Sample("long_text", ("One\nTwo", "Three"), ("One<br>Two", "Three"), "One\nTwo", "{key}_is=any"),
        Sample("number", ("1250.5", "-3"), ("1,250.5", "-3"), "1250.5", "{key}_min=1250.5"),
        Sample(
            "money",
            (("12.50", "USD"), ("1300", "USD")),
            ("$12.50", "$1,300"),
            "12.50 USD",
            "{key}_max=20",
            ("_0", "_1"),
        ),
        Sample("date", ("2027-01-31", "2031-12-24"), ("31 Jan", "2031"), "2027-01-31", "{key}_to=2027-01-31"),
        Sample("yes_no", ("yes", "no"), ("Yes", "No"), "yes", "{key}=yes"),
        Sample("choice", ("{gold}", "{silver}"), ("Gold", "Silver"), "Gold", "{key}={gold}"),
        Sample("choices", (["{gold}", "{silver}"], ["{silver}"]), ("Gold, Silver", "Silver"), "Gold, Silver",
               "{key}={gold}"),
        Sample("link", ("https://one.example/a", "https://two.example"), ("one.example/a", "two.example"),
               "https://one.example/a", "{key}=https://one"),
        Sample("email", ("one@x.example", "two@x.example"), ("one@", "two@"), "one@x.example", "{key}=one"),
        Sample("phone", ("212 555 0123", "+420 602 123 456"), ("tel:+12125550123", "tel:+420602123456"),
               "+12125550123", "{key}=%2B1212"),
        Sample("member", ("{bob}", "{mara}"), ("Bob Lindqvist", "Mara Lind"), "Bob Lindqvist", "{key}={bob}"),
        Sample("record", ("Northwind", "Southwind"), ("Northwind", "Southwind"), "Northwind", "{key}={north}",
               ("_text",)),
    )
}  # fmt: skip


def field(workspace: Workspace, record: str, kind: str, *, name: str = "", **values: Any) -> CustomField:
    """A custom field, made by the verb; of choices with Gold, Silver and Bronze."""
    with workspace_scope(workspace.pk):
        target = {"target": "organization"} if kind == "record" else {}
        made = CustomField(record=record, kind=kind, name=name or f"My {kind}", **({"in_list": True} | target | values))
        made.keep(by=SYSTEM)
        if kind in ("choice", "choices"):
            for place, word in enumerate(("Gold", "Silver", "Bronze")):
                CustomChoice.objects.create(field=made, name=word, position=place)
        return made


def filled(text: Any, made: CustomField, bob: Membership, mara: Membership) -> Any:
    """A typed value, or a query, with the ids that it names."""
    if isinstance(text, list | tuple):
        return type(text)(filled(one, made, bob, mara) for one in text)
    with workspace_scope(bob.workspace_id):
        names = {"bob": bob.pk, "mara": mara.pk, "key": made.key}
        names |= {choice.name.lower(): choice.pk for choice in CustomChoice.objects.filter(field=made)}
        for word in ("north", "south") if made.kind == "record" else ():
            name = f"{word.capitalize()}wind"
            found = model_of("organization").objects.filter(name=name).first()
            names[word] = (found or OrganizationFactory(name=name)).pk
        return text.format(**names)
