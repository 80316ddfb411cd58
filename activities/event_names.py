"""The names in what happened. An event keeps those of then, and not whose they are."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from contacts.models import Contact
from organizations.models import Organization
from records.custom.definitions import fields_of
from records.custom.targets import customized, model_of
from records.history.hiding import hidden_among
from records.models import Record
from records.models.custom_field import PREFIX
from workspaces.models import Membership

NAMED: dict[str, type[Record]] = {"contact": Contact, "organization": Organization}


def names_left_out(data: dict[str, Any], model: type[Record], record: Record, membership: Membership) -> dict[str, Any]:
    """What an event of a record of `model` says on the timeline of `record`, without the names of others where the
    member may not see all of their kind."""
    for name, other in NAMED.items():
        if name in data and not isinstance(record, other) and not other.sight(membership).is_whole:
            data[name] = unseen()
    if "names" in data and not model.sight(membership).is_whole:
        data["names"] = [unseen() for _name in data["names"]]
    for name, pair in data.get("values", {}).items():
        if any(not other.sight(membership).is_whole for other in types_named(model, name, membership)):
            data["values"][name] = [value and unseen() for value in pair]
    return data


def types_named(model: type[Record], name: str, membership: Membership) -> list[type[Record]]:
    """The types of records that a value of a field may name: of a custom field that is there no longer, any."""
    if name.startswith(PREFIX):
        of = fields_of(membership.workspace).by_key(model.record_name).get(name)
        if of is None:
            return list(customized().values())
        return [model_of(of.target)] if of.kind == "record" else []
    other = model._meta.get_field(name).related_model
    return [other] if isinstance(other, type) and issubclass(other, Record) else []


def leave_out_labels(entries: Iterable[Any], membership: Membership) -> None:
    """What was undone is called by the label of its change set, which may name a record that is hidden."""
    undone = [entry for entry in entries if entry.event_data and "what" in entry.event_data]
    hidden = hidden_among([entry.change_set_id for entry in undone if entry.change_set_id], membership)
    for entry in undone:
        if entry.change_set_id in hidden:
            del entry.event_data["what"]


def unseen() -> str:
    return gettext("a record that you may not see")
