"""What others did to a record since somebody looked at it, in sentences: "Mara Lind won this deal at 14:02."

They are made of the events of the change sets that wrote the record; a room says in its `apps.py` how those read.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.formats import clock, short_date
from records import wording
from records.models import ChangeSet, Merged, Record
from workspaces.models import Membership
from workspaces.tracking import history_of

from .reading import history_page

LAST_ID = 2**63 - 1
#: of more only the last are told
MOST = 4


@dataclass(frozen=True)
class Deed:
    """What somebody did to a record: the kind and the data of its event, "" and nothing where there is none."""

    who: object
    at: dt.datetime
    kind: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, model: type[Record]) -> str:
        return wording.deed(self.kind, self.data, model) % {**self.data, **said(self.who, self.at)}


def deeds(record: Record, seen: int) -> list[Deed]:
    """What was done to a record and its parts since the version that was `seen`, the last thing last."""
    ids = change_sets_since(record, seen)
    made = ChangeSet.objects.filter(pk__in=ids).order_by("pk")
    links = record.event_links.filter(event__change_set_id__in=ids).select_related("event").order_by("event")
    events = [link.event for link in links if link.event.kind != "created"]
    return [deed for change_set in made for deed in deeds_of(change_set, events)][-MOST:]


def change_sets_since(record: Record, seen: int) -> list[int]:
    """The newest first. No version says its number: each write of the record made one, or a touch for its parts did."""
    left = type(record)._base_manager.values_list("version", flat=True).get(pk=record.pk) - seen
    ids = history_page(record, before=LAST_ID, most=min(left, MOST)) if left > 0 else []
    own = history_of(type(record))._default_manager.filter(pgh_obj=record.pk, change_set_id__in=ids)
    writes, found = Counter(own.values_list("change_set_id", flat=True)), []
    for pk in ids:
        if left > 0:
            found.append(pk)
        left -= max(1, writes[pk])
    return found


def deeds_of(change_set: ChangeSet, events: list[Any]) -> list[Deed]:
    """By its events about the record; of one without any it is only known who it was, and when."""
    own = [event for event in events if event.change_set_id == change_set.pk]
    at = change_set.created_at
    return [Deed(event.actor, at, event.kind, event.data) for event in own] or [Deed(change_set.actor, at)]


def told(record: Record, seen: int) -> str:
    """The same in sentences; "" where nobody is known to have done anything."""
    return " ".join(deed.sentence(type(record)) for deed in deeds(record, seen))


def who_took(record: Record, membership: Membership | None) -> str:
    """Of a record in the trash: who put it there, or made one of it and another that the member may see."""
    words = {"title": record.title} | said(record.deleted_by, record.deleted_at or timezone.now())
    master = Merged.successor(type(record), record.pk)
    if master is None:
        return _("%(who)s deleted “%(title)s” at %(time)s.") % words
    kept = membership and type(record).objects.visible_to(membership).filter(pk=master).first()
    if not kept:
        return _("%(who)s merged “%(title)s” into another record at %(time)s.") % words
    return _("%(who)s merged “%(title)s” into “%(other)s” at %(time)s.") % (words | {"other": kept.title})


def said(who: object, at: dt.datetime) -> dict[str, str]:
    """Who and when, as these sentences say it; with the day where it is another."""
    day, today = timezone.localtime(at).date(), timezone.localdate()
    time = clock(at) if day == today else f"{clock(at)} ({short_date(day, today)})"
    return {"who": str(who or _("Somebody")), "time": time}
