"""How history tells of custom fields: "Contract end from 1 Jan to 31 Jan", as pages show such values."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from core import formats, phones
from core.money import short_money
from records.history import tell
from records.history.reading import Change, Values
from records.history.story import NOTHING, Line, Story
from records.history.words import Teller
from records.models import CustomChoice, CustomField, CustomGroup, CustomValue

from .numbers import from_scaled
from .targets import model_of


def story_of(teller: Teller, change: Change) -> Story:
    """What became of a value: the field is what it is called by."""
    field = teller.read_once(CustomField, (one.values["field_id"] for one in told_of(teller))).get(
        change.values["field_id"]
    )
    sign = "+" if change.before is None else "-" if change.after is None else "~"
    whole, url = teller.place(change)
    name = field.name if field else _("Custom field")
    was, now = (words(teller, field, state) for state in (change.before, change.after))
    lines = [Line("text", name, was, now)] if sign == "~" else []
    return Story(change, sign, name, "" if sign == "~" else now if sign == "+" else was, whole, url, lines)


def told_of(teller: Teller) -> list[Change]:
    return [change for change in teller.changes if issubclass(change.model, CustomValue)]


def words(teller: Teller, field: CustomField | None, state: Values | None) -> str:
    """The value of a row as pages show it."""
    kind = field.kind if field else ""
    if not state:
        return NOTHING
    if state["choice_id"]:
        return teller.names.get((CustomChoice, state["choice_id"]), (NOTHING, ""))[0]
    if state["member_id"]:
        member: Any = CustomValue._meta.get_field("member").related_model
        return teller.names.get((member, state["member_id"]), (NOTHING, ""))[0]
    if state["linked"] and field:
        return linked_name(teller, field.target, state["linked"])
    if state["day"]:
        return formats.short_date(state["day"], timezone.localdate())
    if state["number"] is not None:
        return number_in_words(kind, state)
    return phones.local(state["text"], teller.workspace.country) if kind == "phone" else teller.cut(state["text"])


def number_in_words(kind: str, state: Values) -> str:
    if state["currency"]:
        return short_money(state["number"], state["currency"])
    if kind == "yes_no":
        return _("yes") if state["number"] else _("no")
    return formats.number(from_scaled(state["number"]))


def linked_name(teller: Teller, target: str, pk: int) -> str:
    """The name of a record that a value leads to, as far as the reader may know it."""
    states = [state for one in told_of(teller) for state in (one.before, one.after) if state and state["linked"]]
    record = teller.read_once(model_of(target), (state["linked"] for state in states)).get(pk)
    return NOTHING if record is None else teller.title(record)


PLACE = {"position": gettext_lazy("order")}
tell(CustomValue, label=gettext_lazy("Custom field"), named=("field",), story=story_of)
tell(CustomGroup, counted=ngettext_lazy("%(count)s group of fields", "%(count)s groups of fields", "number"),
     hidden=("record",), labels=PLACE)  # fmt: skip
tell(CustomField, counted=ngettext_lazy("%(count)s custom field", "%(count)s custom fields", "number"),
     hidden=("record",), labels=PLACE)  # fmt: skip
tell(CustomChoice, named=("name",), labels=PLACE)
