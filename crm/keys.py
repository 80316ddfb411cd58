"""The map of keys that `?` shows. Keys work by `data-key` on the page's own elements (js/keyboard.js) and in the lists'
and boards' scripts; what navigation and composer declare stands there by itself.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.composers import COMPOSERS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .navigation import Link


class Key(NamedTuple):
    """What one or the other of some keys does."""

    label: "StrOrPromise"
    keys: tuple[str, ...]


class KeyGroup(NamedTuple):
    """Keys that work in the same place."""

    title: "StrOrPromise"
    keys: list[Key]


EVERYWHERE = [
    Key(_("Search and commands"), ("Ctrl K", "/")),
    Key(_("This help"), ("?",)),
    Key(_("Save"), ("Ctrl Enter",)),
    Key(_("Undo the last change"), ("z",)),
    Key(_("Close"), ("Esc",)),
]
LISTS = [
    Key(_("Next row, previous row"), ("j", "k")),
    Key(_("From cell to cell"), ("←", "→")),
    Key(_("Select row"), ("x",)),
    Key(_("Select all up to this row"), ("Shift X",)),
    Key(_("Select all on this page"), ("a",)),
    Key(_("Open row"), ("Enter",)),
    Key(_("Edit"), ("e",)),
    Key(_("Find in list"), ("f",)),
    Key(_("New"), ("n",)),
]
TODAY = [
    Key(_("Next row, previous row"), ("j", "k")),
    Key(_("Finish"), ("d",)),
    Key(_("Put off"), ("s",)),
    Key(_("Plan the next step"), ("p",)),
]
BOARD = [
    Key(_("From card to card"), ("←", "↑", "↓", "→")),
    Key(_("Open card"), ("Enter",)),
    Key(_("Move card"), ("m",)),
    Key(_("Choose the stage"), ("1", "…", "9")),
]
RECORD = [
    *(Key(form.label, (form.key,)) for form in COMPOSERS.values() if form.key),
    Key(_("Edit"), ("e",)),
    Key(_("Follow"), ("s",)),
    Key(_("Next in the list, previous in the list"), ("j", "k")),
]
PALETTE = [
    Key(_("Next result, previous result"), ("↓", "↑")),
    Key(_("First result, last result"), ("Home", "End")),
    Key(pgettext_lazy("key", "Open"), ("Enter",)),
    Key(_("Open in a new tab"), ("Ctrl Enter",)),
]


def key_map(places: "Iterable[Link]", creating: "Iterable[Link]") -> list[KeyGroup]:
    """All groups, with the places and forms that the reader may go to."""
    return [
        KeyGroup(_("Everywhere"), EVERYWHERE),
        KeyGroup(_("Go to"), [Key(link.label, (link.key,)) for link in places if link.key]),
        KeyGroup(_("Create"), [Key(link.title, (link.key,)) for link in creating]),
        KeyGroup(_("In lists"), LISTS),
        KeyGroup(_("On Today"), TODAY),
        KeyGroup(_("On the board"), BOARD),
        KeyGroup(_("On a record"), RECORD),
        KeyGroup(_("In the search"), PALETTE),
    ]
