"""Records that may be the same. A room declares what tells so, and registers it from its `apps.py`:

    register(Finder(Contact, clues=(Clue("email", _("Same e-mail: %(what)s"), 300, pairs=…, like=…), …), …))

Every clue is SQL over the room's own tables. `pairs` gives (one, other, what) of all pairs of records, `like` gives
(id, what) of the records that are like one that is being typed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models import Q

from core import phones
from records.choosing import hinted
from records.models import Distinct, Record
from records.wording import Words
from workspaces.models import Membership
from workspaces.tracking import history_of

PAGE_SIZE = 50
#: as many as one looks through beside a form
MOST_SHOWN = 3
#: what more records than these have in common is a company's switchboard or a shared mailbox, no hint
MOST_ALIKE = 10
#: from here on two names are near: one letter of ten differs, or the order of the words
NEAR = 0.55

_signer = Signer(salt="records.duplicates")


@dataclass(frozen=True)
class Clue:
    """One thing that records have in common; the heavier, the likelier they are the same."""

    name: str
    words: Words
    weight: int
    pairs: str
    like: str = ""
    #: the type of the record that `what` names: the SQL reads it as `at`, and says {seen} where the member must see it
    at: type[Record] | None = None

    def seen(self, sql: str, membership: Membership) -> str:
        return sql.replace("{seen}", self.at.sight(membership).sql("at")) if self.at else sql


@dataclass(frozen=True)
class Lookalike:
    """A record that is like another one, and why."""

    record: Any
    reasons: list[str]


@dataclass(frozen=True)
class Pair:
    """Two records that may be the same, and why."""

    one: Any
    other: Any
    reasons: list[str]
    score: int

    @property
    def both(self) -> tuple[Any, Any]:
        return self.one, self.other


@dataclass(frozen=True)
class Pairs:
    """A page of pairs, the likeliest first; `after` is where the next page begins, "" on the last one."""

    pairs: list[Pair]
    after: str


class Finder:
    """Finds records of a type that may be the same.

    `likeness` is SQL over the rows `one` and `other`: how near their names are, from 0 to 1. `asks` makes the
    parameters of the clues' `like` of the values that a form has; `known` are those values of a record.
    """

    def __init__(
        self,
        model: type[Record],
        *,
        clues: Sequence[Clue],
        likeness: str,
        asks: Callable[[Mapping[str, Any]], dict[str, Any]],
        known: Callable[[Any], Mapping[str, Any]],
    ):
        self.model, self.clues, self.likeness, self.asks, self.known = model, clues, likeness, asks, known
        self.words = {clue.name: clue.words for clue in clues}

    # --- beside a form ------------------------------------------------------------------------------------------------
    def like(
        self, values: Mapping[str, Any], membership: Membership, *, besides: Collection[int] = ()
    ) -> list[Lookalike]:
        """What the member may see that is like a record with these values, the likeliest first, `besides` these ids."""
        parts = (f"SELECT id, '{c.name}' AS clue, {c.weight} AS weight, what"
                 f" FROM ({c.seen(c.like, membership)}) AS found (id, what)"
                 for c in self.clues if c.like)  # fmt: skip
        # What is hidden or in the trash must not take the places of what is shown.
        sql = (
            "SELECT found.id, sum(found.weight) AS score, json_object_agg(found.clue, found.what)"
            f" FROM ({' UNION ALL '.join(parts)}) AS found JOIN {self.model._meta.db_table} AS there"
            " ON there.id = found.id AND there.deleted_at IS NULL"
            " WHERE found.id <> ALL (%(besides)s::bigint[])"
            f" AND {self.model.sight(membership).sql('there')}"
            " GROUP BY found.id ORDER BY score DESC, found.id LIMIT %(most)s"
        )
        asked = self.asks(values) | {"besides": list(besides), "most": MOST_SHOWN, "near": NEAR}
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            found = {pk: clues for pk, _score, clues in cursor.fetchall()}
        if not found:
            return []
        rows = hinted(self.model.objects.visible_to(membership).filter(pk__in=found))
        records = {record.pk: record for record in rows}
        region = membership.workspace.country
        return [Lookalike(records[pk], self.reasons(found[pk], region)) for pk in found if pk in records]

    def like_record(self, record: Record, membership: Membership) -> list[Lookalike]:
        """What the member may see that is like this record, those left out of which somebody said that it is not."""
        table = record._meta.db_table
        said = Distinct.objects.filter(Q(one=record.pk) | Q(other=record.pk), table=table).values_list("one", "other")
        return self.like(self.known(record), membership, besides={record.pk, *(pk for pair in said for pk in pair)})

    def reasons(self, clues: Mapping[str, str], region: str) -> list[str]:
        """The clues in words, the heaviest first; numbers as they are dialled in the region."""
        return [
            str(words) % {"what": phones.local(clues[name], region)}
            for name, words in self.words.items()
            if name in clues
        ]

    # --- all of them --------------------------------------------------------------------------------------------------
    def pairs(self, membership: Membership, *, after: str = "", among: Sequence[int] | None = None) -> Pairs:
        """A page of the pairs of which the member sees both; with `among` one of each is one of these."""
        values = self._values(among) | {"after": _place(after), "most": PAGE_SIZE + 1}
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self._found_sql(membership)} SELECT one, other, score, clues FROM pair"
                " WHERE %(after)s::bigint[] IS NULL OR ARRAY[score, one, other] < %(after)s::bigint[]"
                " ORDER BY score DESC, one DESC, other DESC LIMIT %(most)s",
                values,
            )
            rows = cursor.fetchall()
        ids = {pk for one, other, _score, _clues in rows for pk in (one, other)}
        rows_seen = hinted(self.model.objects.visible_to(membership).filter(pk__in=ids))
        records = {record.pk: record for record in rows_seen}
        shown = rows[:PAGE_SIZE]
        region = membership.workspace.country
        pairs = [Pair(records[a], records[b], self.reasons(clues, region), score) for a, b, score, clues in shown]
        last = shown[-1] if len(rows) > PAGE_SIZE else None
        return Pairs(pairs, _signer.sign_object([last[2], last[0], last[1]]) if last else "")

    def count(self, membership: Membership, *, among: Sequence[int] | None = None) -> int:
        """How many of `among` are like others."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self._found_sql(membership)} SELECT count(DISTINCT id) FROM pair, unnest(ARRAY[one, other]) AS id"
                " WHERE id = ANY (%(among)s)",
                self._values(among),
            )
            return cursor.fetchone()[0]

    def _values(self, among: Sequence[int] | None) -> dict[str, Any]:
        return {
            "table": self.model._meta.db_table,
            "among": None if among is None else list(among),
            "most_alike": MOST_ALIKE,
            "near": NEAR,
        }

    def _found_sql(self, membership: Membership) -> str:
        table, sight = self.model._meta.db_table, self.model.sight(membership)
        parts = (f"SELECT one, other, '{c.name}' AS clue, {c.weight} AS weight, what::text"
                 f" FROM ({c.seen(c.pairs, membership)})"
                 f" AS found (one, other, what)" for c in self.clues)  # fmt: skip
        return (
            f"WITH found AS ({' UNION ALL '.join(parts)}), pair AS ("
            " SELECT found.one, found.other, json_object_agg(clue, what) AS clues,"
            f" sum(weight) + round(100 * min({self.likeness}))::bigint AS score"
            f" FROM found JOIN {table} AS one ON one.id = found.one AND one.deleted_at IS NULL"
            f" JOIN {table} AS other ON other.id = found.other AND other.deleted_at IS NULL"
            " WHERE (%(among)s::bigint[] IS NULL OR found.one = ANY (%(among)s) OR found.other = ANY (%(among)s))"
            f" AND {sight.sql('one')} AND {sight.sql('other')}"
            f" AND NOT EXISTS (SELECT FROM {Distinct._meta.db_table} AS said WHERE said.record_table = %(table)s"
            " AND said.one_id = found.one AND said.other_id = found.other)"
            " GROUP BY found.one, found.other)"
        )


def _place(after: str) -> list[int] | None:
    """The place that an address names; None, which is the first page, where it was tampered with."""
    try:
        return _signer.unsign_object(after) if after else None
    except BadSignature:
        return None


def made_in(model: type[Record], change_set_id: int) -> list[int]:
    """Ids of the records that a change set made, an import's."""
    versions: Any = history_of(model)._default_manager
    return list(versions.filter(change_set_id=change_set_id, pgh_label="insert").values_list("pgh_obj_id", flat=True))


#: record name -> its finder
FINDERS: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    """Let the duplicates of a record type be found."""
    FINDERS[finder.model.record_name] = finder
