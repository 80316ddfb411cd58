"""What stands against a row's going back: other rows, keys, checks. Each rule is a statement that skips rows."""

from collections.abc import Iterator

from workspaces.tenancy import is_expression

from .plan import Plan
from .schema import checks, foreign_keys, head_of, sql, unique_rules


def settle(plans: list[Plan]) -> None:
    """Skip what can't go back because of other rows, until a round skips nothing more."""
    by_table = {plan.table: plan for plan in plans}
    kinds = (lost_wholes, missing_parents, used_rows, taken_keys, broken_checks, circles)
    rules = [statement for kind in kinds for statement in kind(by_table)]
    while sum(sql(statement) for statement in rules):
        pass


def leaves(by_table: dict[str, Plan], table: str, row: str, otherwise: str = "false") -> str:
    """SQL: the plan takes this live row away, or changes it `otherwise` so that it no longer stands in the way."""
    if table not in by_table:
        return "false"
    gone = f"x.op = 'delete' OR (x.op = 'update' AND ({otherwise}))"
    return f"EXISTS (SELECT FROM undo_{table} AS x WHERE x.id = {row}.id AND x.why IS NULL AND ({gone}))"


def holds(condition: str, row: str) -> str:
    """SQL: the condition, in which columns stand without a table, over a row."""
    return f"(SELECT {condition} FROM (SELECT ({row}).*) AS r)"


def part(column: str, row: str) -> str:
    """SQL: a column of a row, or an expression over its columns."""
    return holds(column, row) if is_expression(column) else f'({row})."{column}"'


def lost_wholes(by_table: dict[str, Plan]) -> Iterator[str]:
    """A part stays as it is with its whole, for the same reason: the log of a move that stays, the addresses of a
    person who stays."""
    for plan in by_table.values():
        if not plan.model.part_of:
            continue
        key = plan.model._meta.get_field(plan.model.part_of)
        whole = key.related_model._meta.db_table
        if whole in by_table:
            # A sub-select of one value is looked up by the key, however many wholes the planner expects to stay.
            stays = "whole.why"
            if plan.model.goes_with:  # the log of a move stays where the stage does, though other columns go back
                head = head_of(key.related_model, key.related_model._meta.get_field(plan.model.goes_with).column)
                stays = f"coalesce(whole.why, CASE WHEN '{head}' = ANY (whole.kept) THEN 'changed' END)"
            why = (
                f"(SELECT {stays} FROM undo_{whole} AS whole"
                f' WHERE whole.id = (coalesce(plan.after, plan.before))."{key.column}")'
            )
            yield f"UPDATE {plan.name} AS plan SET why = {why} WHERE why IS NULL AND {why} IS NOT NULL"


def missing_parents(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, column, parent in foreign_keys():
        if table not in by_table:
            continue
        back = ""
        if parent in by_table:
            back = (
                f" OR EXISTS (SELECT FROM undo_{parent} AS x"
                f" WHERE x.id = (plan.goal).\"{column}\" AND x.op = 'insert' AND x.why IS NULL)"
            )
        yield (
            f"UPDATE undo_{table} AS plan SET why = 'parent' WHERE why IS NULL AND op <> 'delete'"
            f' AND (plan.goal)."{column}" IS NOT NULL AND {by_table[table].changes(column)}'
            f' AND NOT (EXISTS (SELECT FROM {parent} AS live WHERE live.id = (plan.goal)."{column}"'
            f" AND NOT {leaves(by_table, parent, 'live')}){back})"
        )


def used_rows(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, column, parent in foreign_keys():
        if parent not in by_table:
            continue
        moved = leaves(by_table, table, "child", f'(x.goal)."{column}" IS DISTINCT FROM child."{column}"')
        yield (
            f"UPDATE undo_{parent} AS plan SET why = 'used' WHERE why IS NULL AND op = 'delete'"
            f' AND EXISTS (SELECT FROM {table} AS child WHERE child."{column}" = plan.id AND NOT {moved})'
        )


def taken_keys(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, columns, where in unique_rules():
        if table not in by_table:
            continue
        same = " AND ".join(f"{part(c, 'live')} = {part(c, 'plan.goal')}" for c in columns)
        still = " AND ".join(f"{part(c, 'x.goal')} = {part(c, 'live')}" for c in columns)
        freed = leaves(by_table, table, "live", f"({still} AND {holds(where, 'x.goal')}) IS NOT TRUE")
        yield (
            f"UPDATE undo_{table} AS plan SET why = 'taken' WHERE why IS NULL AND op <> 'delete'"
            f" AND {holds(where, 'plan.goal')} AND EXISTS (SELECT FROM {table} AS live"
            f" WHERE {same} AND {holds(where, 'live')} AND live.id <> plan.id AND NOT {freed})"
        )


def broken_checks(by_table: dict[str, Plan]) -> Iterator[str]:
    for table, condition in checks():
        if table in by_table:
            yield (
                f"UPDATE undo_{table} AS plan SET why = 'rule'"
                f" WHERE why IS NULL AND op <> 'delete' AND {holds(condition, 'plan.goal')} IS FALSE"
            )


def circles(by_table: dict[str, Plan]) -> Iterator[str]:
    """What refers to its own kind is a tree: nobody comes to stand above itself."""
    for table, column, parent in foreign_keys():
        if table != parent or table not in by_table:
            continue
        # Sub-selects of one value: looked up by the key for each step, where a join would read whole tables.
        planned = f"FROM undo_{table} AS x WHERE x.id = line.id"
        yield f"""
            UPDATE undo_{table} AS plan SET why = 'circle'
            WHERE why IS NULL AND op <> 'delete' AND {by_table[table].changes(column)} AND plan.id IN (
                WITH RECURSIVE line (id) AS (
                    SELECT (plan.goal)."{column}"
                    UNION
                    SELECT CASE WHEN (SELECT x.why IS NULL AND x.op <> 'delete' {planned})
                        THEN (SELECT (x.goal)."{column}" {planned})
                        ELSE (SELECT live."{column}" FROM {table} AS live WHERE live.id = line.id) END
                    FROM line
                )
                SELECT id FROM line WHERE id IS NOT NULL
            )"""
