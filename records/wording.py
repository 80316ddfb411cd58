"""Events in words. An event keeps its kind and data; the sentence is made when it is read, in the reader's language.

A room names the kinds that its verbs write, in its `apps.py`:

    wording.name_event("won", _("Won"), icon="trophy")
    wording.name_event("stage_changed", _("Stage changed from %(from)s to %(to)s"))
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignObjectRel
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import formats, phones, yearly
from core.money import short_money
from workspaces.choices import language_name

from .models import Record
from .models.custom_field import PREFIX

Words = str | Promise


@dataclass(frozen=True)
class EventWords:
    """How a kind of event reads: a text with names from the event's data, or a function of them; and its icon. `deed`
    is the sentence with %(who)s and %(time)s for somebody whom it came in the way of."""

    text: Words | Callable[[Mapping[str, Any], type[Record]], str]
    icon: str = "arrow-path"
    deed: Words = ""


KINDS: dict[str, EventWords] = {}


def name_event(
    kind: str,
    text: Words | Callable[[Mapping[str, Any], type[Record]], str],
    icon: str = "arrow-path",
    *,
    deed: Words = "",
) -> None:
    """Say how events of a kind read."""
    KINDS[kind] = EventWords(text, icon, deed)


def sentence(kind: str, data: Mapping[str, Any], model: type[Record]) -> str:
    """The event of a record of `model` as a sentence. A kind that nobody named reads as it is written."""
    if kind not in KINDS:
        return kind.replace("_", " ").capitalize()
    text = KINDS[kind].text
    return text(data, model) if callable(text) else str(text) % data


def deed(kind: str, data: Mapping[str, Any], model: type[Record]) -> str:
    """The sentence that says who did it and when, which are to be filled in. It has no names and values in it that not
    every reader of the record may know."""
    if kind == "changed" and (fields := _labels(data.get("fields", ()), data, model)):
        what = ", ".join(fields).replace("%", "%%")
        return _("%(who)s changed this record at %(time)s: %(what)s.").replace("%(what)s", what)
    return str(KINDS[kind].deed if kind in KINDS else "") or _("%(who)s changed this record at %(time)s.")


def icon(kind: str) -> str:
    """The name of the icon beside the sentence."""
    return KINDS[kind].icon if kind in KINDS else "arrow-path"


def icons() -> set[str]:
    """Every icon that an event may have."""
    return {words.icon for words in KINDS.values()}


def _changed(data: Mapping[str, Any], model: type[Record]) -> str:
    """ "Value changed from £8,000 to £9,500 · Changed: people". Events of earlier days know no values."""
    values = data.get("values", {})
    called = data.get("labels", {})  # of custom fields
    sentences = [_difference(model, name, old, new, called.get(name)) for name, (old, new) in values.items()]
    amount = any(isinstance(value, dict) and "money" in value for pair in values.values() for value in pair)
    named = {*values, "currency"} if amount else {*values}  # the currency stands in the amount
    labels = _labels((name for name in data.get("fields", ()) if name not in named), data, model)
    if labels:
        sentences.append(_("Changed: %(fields)s") % {"fields": ", ".join(labels)})
    return " · ".join(sentences) or _("Changed")


def _labels(names: Iterable[str], data: Mapping[str, Any], model: type[Record]) -> list[str]:
    """What the reader calls the fields that an event names."""
    called = data.get("labels", {})  # of custom fields
    return [called.get(name) or str(_label(model, name)) for name in names]


def _difference(model: type[Record], name: str, before: Any, after: Any, called: str | None = None) -> str:
    """One field's change as a sentence; `called` is the name of one that the model does not have."""
    words = {"field": called or capfirst(str(_label(model, name)))}
    words |= {"from": _value(model, name, before), "to": _value(model, name, after)}
    if before is None:
        return _("%(field)s set to %(to)s") % words
    if after is None:
        return _("%(field)s removed, was %(from)s") % words
    return _("%(field)s changed from %(from)s to %(to)s") % words


def _value(model: type[Record], name: str, value: Any) -> str:
    """A value that an event keeps, as the reader writes it."""
    if isinstance(value, dict):
        if "money" in value:
            return short_money(*value["money"])
        if "day" in value:
            day = dt.date.fromisoformat(value["day"])
            return formats.short_date(day, day if yearly.is_yearless(day) else timezone.localdate())
        return formats.when(dt.datetime.fromisoformat(value["moment"]), timezone.now(), timezone.get_current_timezone())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "phone":
        return phones.local(value, None)
    if name == "language":
        return language_name(value)
    if name.startswith(PREFIX):
        return str(value)
    choices: Any = model._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    return str(dict(choices).get(value, value))


def _label(model: type[Record], name: str) -> Words:
    """What the reader calls a field, or the rows of a relation ("emails")."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    if isinstance(field, ForeignObjectRel):
        return field.related_model._meta.verbose_name_plural or name
    return field.verbose_name or name


def _undone(data: Mapping[str, Any], model: type[Record]) -> str:
    """Events of earlier days don't know what was undone."""
    if "what" not in data:
        return _("A change was undone")
    return _("Redone: %(what)s") % data if data["again"] else _("Undone: %(what)s") % data


name_event("created", pgettext_lazy("event", "Created"), icon="plus")
name_event("changed", _changed, icon="pencil")
name_event("undone", _undone, icon="arrow-uturn-left")
name_event("brought_back", gettext_lazy("Brought back by an undo"), icon="arrow-uturn-left")
name_event("imported", gettext_lazy("Imported from %(file)s"), icon="arrow-up-tray")
name_event(
    "merged",
    lambda data, model: _("Merged with %(names)s") % {"names": get_text_list(data["names"], _("and"))},
    icon="square-2-stack",
)
