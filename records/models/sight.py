"""Which records a member sees: one rule, as SQL for every statement and in Python for a record that was read.

A record is seen by the workspace's owners and admins, by its owner and by the people named on it. Who else sees it
says the workspace for each role and kind (all, the team's, one's own; what belongs to nobody is everybody's to claim),
unless the record is private.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

from django.db import connection
from django.db.models import BooleanField, F
from django.db.models.expressions import Expression

from core import past
from workspaces.models import Membership

if TYPE_CHECKING:
    from .record import Record

EVERYTHING, NOTHING = "TRUE", "FALSE"


class Reach(NamedTuple):
    """What the search asks of a kind: whose records (None: anybody's), those that are shown whoever owns them, and
    those that are not shown."""

    owners: tuple[int, ...] | None = None
    named: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()


Why = Literal["", "keeper", "owner", "named", "unowned", "own", "team", "all"]


@dataclass(frozen=True)
class Sight:
    """What a member sees of `model`: of `owners` (None: of anybody) what is not private. `is_guarded`: some record of
    the workspace may be private or have people named; else nobody asks for that."""

    model: type["Record"]
    membership: Membership
    scope: str
    owners: tuple[int, ...] | None
    is_guarded: bool
    keeps_all: bool = False

    #: `reach` does not tell all of it: what is found has to be asked for by `Seen`
    is_by_row: ClassVar[bool] = False

    @classmethod
    def of(cls, model: type["Record"], membership: Membership) -> Self:
        scope = membership.scope(model.record_name, "view")
        owners = membership.reachable_owner_ids(scope)
        keeps_all = scope == "all" and membership.may("private", "view")
        guarded = membership.workspace.is_guarded
        return cls(model, membership, scope, None if owners is None else tuple(owners), guarded, keeps_all)

    @property
    def is_whole(self) -> bool:
        """Is there nothing of it that the member may not see?"""
        return self.sql("row") == EVERYTHING

    # --- as SQL -------------------------------------------------------------------------------------------------------
    def sql(self, alias: str) -> str:
        """SQL: the member sees the row; never NULL of what it sees. Ids stand in the text, so that it fits anywhere.

        Of the past those are shown whom the member may see now.
        """
        text = self.condition(alias)
        if not past.moment() or text in (EVERYTHING, NOTHING):
            return text
        table = self.model._meta.db_table
        return f'{alias}.id IN (SELECT now.id FROM public."{table}" AS now WHERE {self.condition("now")})'

    def condition(self, alias: str) -> str:
        if self.scope == "none":
            return NOTHING
        if self.keeps_all:
            return EVERYTHING
        covered = self.covered(alias)
        if not self.is_guarded or not self.model.viewer():
            return covered
        opened = f"NOT {alias}.is_private" + (f" AND {covered}" if covered != EVERYTHING else "")
        return f"({opened} OR {alias}.owner_id = {self.membership.pk} OR {alias}.id = ANY ({self.named}))"

    def covered(self, alias: str) -> str:
        """SQL: what is open to the member by its owner."""
        if self.owners is None:
            return EVERYTHING
        return f"({alias}.owner_id = ANY (ARRAY{list(self.owners)}::bigint[]) OR {alias}.owner_id IS NULL)"

    @property
    def named(self) -> str:
        """SQL: the ids of the records on which the member is named. An array, which an index of ids is asked with."""
        table, mine = self.model.viewer()._meta.db_table, self.membership
        where = f"named.workspace_id = {mine.workspace_id} AND named.member_id = {mine.pk}"
        return f'ARRAY(SELECT named.record_id FROM public."{table}" AS named WHERE {where})'

    def reach(self) -> Reach:
        """The same for the search, which keeps no more of a record than its owner."""
        if self.keeps_all or not self.is_guarded:
            return Reach(None if self.keeps_all else self.owners)
        table, values = self.model._meta.db_table, [self.membership.workspace_id, self.membership.pk]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.named}, ARRAY(SELECT id FROM public.{table} WHERE is_private AND workspace_id = %s"
                f" AND owner_id IS DISTINCT FROM %s AND id <> ALL ({self.named}))",
                values,
            )
            named, hidden = cursor.fetchone()
        return Reach(self.owners, tuple(named), tuple(hidden))

    # --- of a record --------------------------------------------------------------------------------------------------
    def covers(self, record: Any) -> bool:
        """Does the member see this record, which was read?"""
        return bool(self.why(record))

    def why(self, record: Any) -> Why:
        """By which part of the rule the member sees the record; "" where it does not."""
        if self.scope == "none":
            return ""
        if past.moment() and not self.is_whole:
            now = self.record_now(record)
            return self.why_now(now) if now else ""
        return self.why_now(record)

    def record_now(self, record: Any) -> Any:
        """The record as it is now, with the columns that the rule asks for."""
        table = self.model._meta.db_table
        sql = f'SELECT id, owner_id, is_private FROM public."{table}" WHERE id = %s'
        return next(iter(self.model._default_manager.raw(sql, [record.pk])), None)

    def why_now(self, record: Any) -> Why:
        if record.owner_id == self.membership.pk:
            return "owner"
        if not (self.is_guarded and record.is_private) and (reason := self.by_owner(record)):
            return reason
        if self.is_guarded and self.is_named(record):
            return "named"
        return "keeper" if self.keeps_all else ""

    def by_owner(self, record: Any) -> Why:
        """What of the workspace's setting opens it to the member."""
        if self.owners is None:
            return "all"
        if record.owner_id is None:
            return "unowned"
        return "team" if record.owner_id in self.owners else ""

    def is_named(self, record: Any) -> bool:
        """Is the member named on the record? Asked once for each record that was read."""
        known = record.__dict__.setdefault("_named", {})
        if self.membership.pk not in known:
            viewer = self.model.viewer()
            known[self.membership.pk] = bool(viewer) and viewer.names(record, self.membership)
        return known[self.membership.pk]


class Seen(Expression):
    """Sight as a condition of querysets: `rows.filter(Seen(sight))`; `hidden` asks for the others. `of` is a column of
    the row that is meant, where that is a joined one."""

    conditional = True

    def __init__(self, sight: Sight, *, hidden: bool = False, of: Any = None):
        super().__init__(output_field=BooleanField())
        self.sight, self.hidden = sight, hidden
        self.of: Any = of or F("pk")

    def get_source_expressions(self) -> list[Any]:
        return [self.of]

    def set_source_expressions(self, exprs: Any) -> None:
        [self.of] = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        text = self.sight.sql(compiler.quote_name(self.of.alias))
        return (f"({text}) IS NOT TRUE" if self.hidden else text), ()


def seen_among(records: Iterable["Record"], membership: Membership) -> set[tuple[type["Record"], int]]:
    """Which of some records the member sees, by type and id; a statement for each type of which it does not see all."""
    ids: dict[type[Record], set[int]] = {}
    for record in records:
        ids.setdefault(type(record), set()).add(record.pk)
    return {(model, pk) for model, wanted in ids.items() for pk in seen_ids(model, wanted, membership)}


def seen_ids(model: type["Record"], ids: Collection[int], membership: Membership) -> set[int]:
    """Which of some ids are records that the member sees; no statement where it sees all."""
    sight = model.sight(membership)
    if sight.is_whole or not ids:
        return set(ids)
    return set(model.objects.filter(Seen(sight), pk__in=ids).order_by().values_list("pk", flat=True))


def conceal(records: Iterable[Any], membership: Membership) -> None:
    """Take from records what they refer to and the member does not see: `deal.organization` is None then, its id stays.
    Only what was read with them counts; `concealed` names the fields."""
    found = [(record, referred(record)) for record in records]
    seen = seen_among((value for _record, values in found for value in values.values()), membership)
    for record, values in found:
        hidden = {name for name, value in values.items() if (type(value), value.pk) not in seen}
        record.concealed = frozenset(hidden)
        for name in hidden:
            record._state.fields_cache[name] = None


def conceal_in(row: Any, name: str, attribute: str) -> None:
    """Take from a row of a list what its field refers to, which the `attribute` tells."""
    setattr(row, attribute, None)
    row.concealed = getattr(row, "concealed", frozenset()) | {name}


def referred(record: Any) -> dict[str, "Record"]:
    """Field -> the record that it refers to, of those that were read with it."""
    keys = (field for field in record._meta.concrete_fields if field.is_relation and field.is_cached(record))
    return {field.name: value for field in keys if hasattr(value := getattr(record, field.name), "sight")}
