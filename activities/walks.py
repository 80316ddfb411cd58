"""The SQL of timelines: walks down the indexes of link rows, of one record or of all that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Any, NamedTuple

from organizations.tree import BELOW
from records.models import Record, Sight

#: how many entries of a record a search looks through, the newest first
MOST_SEARCHED = 10_000

# One record's entries in order: a walk down an index that stops after a page.
WALK = Template("""
    SELECT link.${source}_id AS id, link.occurred_at FROM $table AS link $join
     WHERE link.workspace_id = %s AND link.$column = $record $where
     ORDER BY link.occurred_at $direction, link.${source}_id $direction LIMIT $limit""")

OWN = Template("""
    (SELECT '$source' AS source, id, occurred_at, 0 AS near, NULL::bigint AS deal_id, NULL::bigint AS contact_id,
            NULL::bigint AS organization_id
       FROM ($walk) AS walk)""")

# Of many records (the deals of a large organization) first one entry each: a page holds none of those whose newest
# entry is older than a page full of others. Only the rest are walked on.
THROUGH = Template("""
    (WITH head AS MATERIALIZED (
        SELECT other.id AS other_id, walk.* FROM ($others) AS other (id) CROSS JOIN LATERAL ($walk) AS walk),
     edge AS (
        SELECT occurred_at FROM (SELECT DISTINCT occurred_at, id FROM head
                                  ORDER BY occurred_at $direction, id $direction LIMIT $limit) AS page
         ORDER BY occurred_at $opposite LIMIT 1)
     SELECT DISTINCT ON (walk.occurred_at, walk.id)
            '$source', walk.id, walk.occurred_at, 1, $deal::bigint, $contact::bigint, $organization::bigint
       FROM head CROSS JOIN LATERAL ($walk_on) AS walk
      WHERE head.occurred_at $at_least (SELECT occurred_at FROM edge)
      ORDER BY walk.occurred_at $direction, walk.id $direction LIMIT $limit)""")

#: record name -> the ids of its deals; of its people. SQL, since Django takes a millisecond of CPU to compile the same.
DEALS = {
    "contact": """SELECT other.id FROM deals_dealcontact AS tie JOIN deals_deal AS other
                      ON other.workspace_id = tie.workspace_id AND other.id = tie.deal_id
                   WHERE tie.workspace_id = %s AND tie.contact_id = %s AND other.deleted_at IS NULL""",
    "organization": """SELECT other.id FROM deals_deal AS other
                        WHERE other.workspace_id = %s AND other.organization_id = %s AND other.deleted_at IS NULL""",
}
PEOPLE = {
    "organization": """SELECT other.id FROM contacts_position AS tie JOIN contacts_contact AS other
                           ON other.workspace_id = tie.workspace_id AND other.id = tie.contact_id
                        WHERE tie.workspace_id = %s AND tie.organization_id = %s AND other.deleted_at IS NULL""",
}


#: the same of an organization and of all below it; and what is below it
DEALS["group"] = f"""SELECT other.id FROM deals_deal AS other
                      WHERE other.organization_id IN ({BELOW}) AND other.deleted_at IS NULL"""
PEOPLE["group"] = f"""SELECT other.id FROM contacts_position AS tie JOIN contacts_contact AS other
                          ON other.workspace_id = tie.workspace_id AND other.id = tie.contact_id
                       WHERE tie.organization_id IN ({BELOW}) AND other.deleted_at IS NULL"""
SUBSIDIARIES = f"""SELECT other.id FROM organizations_organization AS other
                    WHERE other.id IN ({BELOW}) AND other.id <> %s"""


class Sql(NamedTuple):
    """A piece of SQL with its parameters."""

    text: str
    params: Sequence[Any]


@dataclass(frozen=True)
class Branch:
    """Entries of one link table that are about the record itself, or about `others`: its deals, its people."""

    source: str
    table: str
    column: str
    others: Sql | None = None
    through: str = ""

    def sql(self, record: Record, state: str, where: Sql, join: str, limit: int) -> Sql:
        """The branch: at most `limit` entries, the newest first, or the most urgent for what is open."""
        down = state == "done"
        words = {"source": self.source, "table": self.table, "column": self.column, "join": join, "where": where.text}
        words |= {"direction": "DESC" if down else "ASC", "opposite": "ASC" if down else "DESC"}
        words["limit"] = str(limit)
        values = [record.workspace_id, *where.params]
        if self.others is None:
            walk = WALK.substitute(words, record="%s")
            return Sql(OWN.substitute(words, walk=walk), [values[0], record.pk, *values[1:]])
        text = THROUGH.substitute(
            words,
            others=self.others.text,
            walk=WALK.substitute(words | {"limit": "1"}, record="other.id"),
            walk_on=WALK.substitute(words, record="head.other_id"),
            at_least=">=" if down else "<=",
            deal="head.other_id" if self.through == "deal" else "NULL",
            contact="head.other_id" if self.through == "contact" else "NULL",
            organization="head.other_id" if self.through == "organization" else "NULL",
        )
        return Sql(text, [*self.others.params, *values, *values])


def union(parts: Sequence[Sql]) -> Sql:
    return Sql(" UNION ALL ".join(part.text for part in parts), [param for part in parts for param in part.params])


# The notes that are pinned to a record.
PINNED = Template("""
    (SELECT 'pin', activity.id, activity.occurred_at, 0, NULL::bigint, NULL::bigint, NULL::bigint
       FROM activities_pin AS pin JOIN activities_activity AS activity
            ON activity.workspace_id = pin.workspace_id AND activity.id = pin.activity_id
      WHERE pin.workspace_id = %s AND pin.$column = %s AND activity.deleted_at IS NULL $where)""")

# What was written, folded like the words that are looked for. LIKE uses no index under row-level security, so it looks
# through the newest entries of the record alone, one by one (OFFSET keeps the planner from reading the whole table, of
# all workspaces, in their place) and stops when a page is full. It folds in place: a function costs ten times more.
MATCHING = Template("""
    SELECT entry.* FROM ($branches) AS entry CROSS JOIN LATERAL (
        SELECT FROM activities_activity AS activity
         WHERE activity.id = entry.id AND lower(public.unaccent('public.unaccent'::regdictionary, concat_ws(' ',
               activity.subject, activity.body, activity.next_steps, activity.location,
               CASE activity.outcome $outcomes END))) LIKE ALL (%s::text[]) OFFSET 0) AS matching
     ORDER BY entry.occurred_at $direction, entry.id $direction LIMIT $limit""")


def pinned(record: Record, sight: Sight) -> Sql:
    """The notes pinned to the record, as far as they are seen."""
    text = PINNED.substitute(column=f"{record.record_name}_id", where=f"AND {sight.sql('activity')}")
    return Sql(text, [record.workspace_id, record.pk])


def matching(branches: Sql, words: Sequence[str], outcomes: dict[str, str], down: bool, limit: int) -> Sql:
    """Of the newest entries of the branches those that hold all words, which are folded; `outcomes` are the readers'
    words for those of calls."""
    patterns = [f"%{word.replace('\\', '\\\\').replace('%', '\\%').replace('_', '\\_')}%" for word in words]
    text = MATCHING.substitute(
        branches=branches.text,
        direction="DESC" if down else "ASC",
        outcomes=" ".join(["WHEN %s THEN %s"] * len(outcomes)),
        limit=limit,
    )
    spoken = [text for pair in outcomes.items() for text in pair]
    return Sql(text, [*branches.params, *spoken, patterns])
