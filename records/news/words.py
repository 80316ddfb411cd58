"""Notices in words, in the reader's language, as far as the reader may see by now what they tell of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.addresses import address
from records.history.hiding import hide_labels
from records.history.log import undone_among
from records.history.reading import Change, changes_among
from records.history.story import Story
from records.history.telling import counted, whole_key
from records.history.words import Teller
from records.models import Notice, Record
from workspaces.models import Membership

from .sources import record_types

ICONS = {
    "mention": "at-symbol",
    "given": "arrow-right-end-on-rectangle",
    "new": "plus",
    "activity": "chat-bubble-left",
    "changed": "pencil",
}
#: as many lines tell of a change
LINES = 4


@dataclass
class News:
    """A notice as its reader sees it: a sentence, what it says in particular, and where it leads."""

    notice: Notice
    sentence: str
    path: str
    lines: list[str] = field(default_factory=list)
    is_undone: bool = False
    #: the record to unfollow, if it is told of because it is followed
    followed: Record | None = None

    @property
    def icon(self) -> str:
        return ICONS[self.notice.kind]

    @property
    def address(self) -> str:
        """Leads to the record, and notes that it was read."""
        return address("news:notice", self.notice.pk)


def told(notices: Iterable[Notice], membership: Membership) -> list[News]:
    """The notices that may be told to their reader now. `change_set` was read with them."""
    notices = list(notices)
    records = visible_records(notices, membership)
    shown = [notice for notice in notices if (notice.about, notice.first) in records]
    undone = undone_among([notice.change_set_id for notice in shown]) if shown else set()
    hide_labels([notice.change_set for notice in shown if notice.record == 0 and notice.whole], membership)
    stories = stories_of([notice for notice in shown if notice.kind == "changed" and notice.record], membership)
    return [news_of(notice, records, stories, notice.change_set_id in undone) for notice in shown]


def visible_records(notices: Iterable[Notice], membership: Membership) -> dict[tuple[str, int], Record]:
    """Of all that the notices name what the member may see; a statement for each record type."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        wanted[notice.about].add(notice.first)
        if notice.place_record:
            wanted[notice.place].add(notice.place_record)
    types = record_types()
    return {
        (name, row.pk): row
        for name, ids in wanted.items()
        if name in types
        for row in types[name].objects.visible_to(membership).filter(pk__in=ids)
    }


def news_of(
    notice: Notice,
    records: dict[tuple[str, int], Record],
    stories: dict[tuple[int, str, int], list[Story]],
    undone: bool,
) -> News:
    record = records[notice.about, notice.first]
    place = records.get((notice.place, notice.place_record or 0))
    lines = [
        line for story in stories.get((notice.change_set_id, notice.about, notice.first), ()) for line in said(story)
    ]
    if notice.record == 0:
        lines = [str(notice.change_set)] if notice.whole and notice.change_set.label else []
    elif notice.kind in ("mention", "activity"):
        lines = [record.excerpt]
    followed = {"activity": place, "changed": record, "new": record}.get(notice.kind) if notice.record else None
    path = record.path_beside(place) if notice.record else list_path(notice, type(record))
    return News(notice, sentence(notice, record, place), path, lines[:LINES], undone, followed)


def sentence(notice: Notice, record: Record, place: Record | None) -> str:
    """Who did what."""
    what = {"who": notice.change_set.actor, "what": (place or record).title}
    if notice.record == 0:
        what["what"] = counted(type(record), notice.count)
    match notice.kind:
        case "mention":
            return _("%(who)s mentioned you: %(what)s") % what
        case "given":
            return _("%(who)s gave you %(what)s") % (what if notice.record == 0 else what | {"what": record.title})
        case "new":
            return _("%(who)s added %(what)s") % what
        case "activity":
            return _("%(who)s wrote about %(what)s") % what
    return _("%(who)s changed %(what)s") % what


def list_path(notice: Notice, model: type[Record]) -> str:
    """The list that holds the records of a notice."""
    query = "?owner=me" if notice.kind == "given" else "?followers=me" if model.follower() else ""
    return address(f"{model.namespace}:list") + query


# --- what was changed -------------------------------------------------------------------------------------------------
def stories_of(notices: list[Notice], membership: Membership) -> dict[tuple[int, str, int], list[Story]]:
    """(change set, record type, id) -> what became of the record and its parts."""
    found: dict[tuple[int, str, int], list[Story]] = defaultdict(list)
    for name, model in record_types().items():
        of_type = [notice for notice in notices if notice.about == name]
        if not of_type:
            continue
        changes = changes_among(model, {n.change_set_id for n in of_type}, {n.first for n in of_type})
        for story in Teller(changes, membership).stories():
            found[story.change.change_set_id or 0, name, whole_of(story.change)].append(story)
    return found


def whole_of(change: Change) -> int:
    """The id of the record that a row is, or is a part of."""
    if not (key := whole_key(change.model)):
        return change.pk
    field: Any = change.model._meta.get_field(key)
    return change.values[field.column]


def said(story: Story) -> Iterable[str]:
    """A story as lines of text."""
    if not story.is_own:
        return [story.sentence]
    return [
        _("%(field)s: %(was)s → %(now)s") % {"field": line.label, "was": line.was, "now": line.now}
        for line in story.lines
    ]
