"""Finding records by words: parts of names, e-mails and phone numbers, with or without accents, one typing error.

The database does it (records/migrations/0101_search.py): rows of other workspaces, or of owners out of the member's
reach, are left out before anything is counted or ranked.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.text import capfirst

from core import phones
from core.statements import Statement
from core.text import words_of
from records.models import Recent, Record, Seen, Sight
from records.models.sight import Reach
from records.search_names import One, unfounded
from workspaces.models import Membership

#: as many as one looks through in a list
MOST = 1000
#: characters that are looked at
LONGEST = 100
#: how often it is asked anew without what only hidden names have found
TIMES = 3


@dataclass(frozen=True)
class Found:
    """The records of one kind that a text finds, best first; `is_cut` where there may be more."""

    model: type[Record]
    records: list[Record]
    is_cut: bool = False

    @property
    def kind(self) -> str:
        return self.model.record_name

    @property
    def title(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def list_url(self) -> str:
        """The list of the kind; `?q=` of it finds the same."""
        return reverse(f"{self.model.namespace}:list")


@cache
def searched_models() -> dict[str, type[Record]]:
    """Record name -> model, in the order of the rooms."""
    return {model.record_name: model for model in apps.get_models() if issubclass(model, Record)}


def is_short(text: str) -> bool:
    """Too short to look for everywhere: one letter. One sign of Chinese is a word."""
    return len(text.strip().encode()) < 2


def matching_ids(kind: str, text: str, limit: int | None = MOST, membership: Membership | None = None) -> list[int]:
    """Ids of the records of a kind ("contact") that match all words of the text, best first; `limit=None` gives all.

    With a membership only those that it may see, else those of the whole workspace whose scope is open. Up to twenty
    are found among the newest where many match.
    """
    return [pk for _kind, pk in _found([kind], text, limit, membership)]


def among(ids: Sequence[int]) -> RawSQL:
    """The ids as rows, for `pk__in=among(ids)`.

    A list of a thousand the planner compares with each row that it meets on its walk down the index of the order, which
    took 18 ms; rows it finds by their keys, which takes 3.
    """
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def search(text: str, membership: Membership, kinds: Iterable[str] | None = None, limit: int = 20) -> list[Found]:
    """What the member may see that matches all words of the text: up to `limit` records of each kind that has some."""
    models = {kind: searched_models()[kind] for kind in kinds or searched_models()}
    ids: dict[str, list[int]] = {}
    for kind, pk in _found(list(models), text, limit, membership):
        ids.setdefault(kind, []).append(pk)
    return [
        Found(model, [records[pk] for pk in ids[kind] if pk in records], len(ids[kind]) == limit)
        for kind, model in models.items()
        if kind in ids and (records := by_ids(model, ids[kind], membership))
    ]


def recent(membership: Membership, limit: int, without: str | None = None) -> list[Record]:
    """What the member opened last and may still see, the last one first, but for the page that it looks at."""
    seen = Recent.of(membership)
    ids: dict[str, list[int]] = {}
    for kind, pk in seen:
        ids.setdefault(kind, []).append(pk)
    models = searched_models()
    found = {(kind, pk): record for kind in ids for pk, record in by_ids(models[kind], ids[kind], membership).items()}
    records = (found[one] for one in seen if one in found)
    visible = (record for record in records if record.allows("view", membership))
    return [record for record in visible if record.get_absolute_url() != without][:limit]


def by_ids(model: type[Record], ids: list[int], membership: Membership) -> dict[int, Record]:
    """The records that are not in the trash, with their hints and with what they were found by."""
    records = _statement(model)(ids=ids)
    model.conceal(records, membership)
    return {record.pk: record for record in records}


@cache
def _statement(model: type[Record]) -> Statement:
    return Statement(lambda ids: model.with_reasons(model.objects.present().filter(pk__in=ids)), ids=list)


def reason(record: Record, text: str) -> str:
    """What a text found the record by, where neither its title nor its hint shows that: an address, a number."""
    shown = words_of(f"{record.title} {record.hint}")
    wanted = [word for word in words_of(text) if not any(word in other for other in shown)]
    values = (value for name in record.found_by for value in _listed(getattr(record, name)))
    value = next((value for value in values if any(word in " ".join(words_of(value)) for word in wanted)), "")
    return phones.local(value, None) if value.startswith("+") else value


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _found(kinds: Sequence[str], text: str, limit: int | None, membership: Membership | None) -> list[One]:
    """(kind, id) of what matches; with a membership what it sees. Kinds that it sees alike are asked for together."""
    if membership is None:
        return _ask(kinds, text, limit, Reach(), None)
    alike: dict[Reach, list[str]] = {}
    found: list[One] = []
    for kind in kinds:
        sight = searched_models()[kind].sight(membership)
        if sight.scope == "none":
            continue
        if sight.is_by_row and not sight.is_whole:
            found += _found_by_row(kind, text, limit, sight)
        else:
            alike.setdefault(sight.reach(), []).append(kind)
    return found + [one for reach, of in alike.items() for one in by_shown_names(of, text, limit, reach, membership)]


def by_shown_names(
    kinds: Sequence[str], text: str, limit: int | None, reach: Reach, membership: Membership
) -> list[One]:
    """What the text finds, as if names that the member does not see stood nowhere."""
    found, gone = _ask(kinds, text, limit, reach, membership), set[One]()
    for _time in range(TIMES):
        if not (more := unfounded(found, text, membership, searched_models())):
            break
        gone |= more
        found = _ask(kinds, text, limit and max(limit, MOST), reach, membership, gone)
    else:
        gone |= unfounded(found, text, membership, searched_models())
    shown = [one for one in found if one not in gone]
    return [one for kind in kinds for one in [one for one in shown if one[0] == kind][:limit]]


def _found_by_row(kind: str, text: str, limit: int | None, sight: Sight) -> list[One]:
    """Of the first thousand that match those that the member sees."""
    found = _ask([kind], text, limit and max(limit, MOST), Reach(), sight.membership)
    rows = sight.model.objects.filter(Seen(sight), pk__in=among([pk for _kind, pk in found]))
    seen = set(rows.values_list("pk", flat=True))
    return [one for one in found if one[1] in seen][:limit]


def _ask(
    kinds: Sequence[str],
    text: str,
    limit: int | None,
    reach: Reach,
    membership: Membership | None,
    besides: Collection[One] = (),
) -> list[One]:
    owners = None if reach.owners is None else list(reach.owners)
    values: list[Any] = [list(kinds), text.replace("\0", ""), limit, owners, membership and membership.pk]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, record_id FROM records_search_ids("
            "%s, %s, %s, %s::bigint[], %s, %s::bigint[], %s::bigint[], %s::text[])",
            [*values, list(reach.named), list(reach.hidden), [f"{kind} {pk}" for kind, pk in besides]],
        )
        return cursor.fetchall()
