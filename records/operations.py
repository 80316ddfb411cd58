"""What a room's migration says to make its records findable, and to give each its pulse."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.migrations import RunSQL


class Followed(NamedTuple):
    """A table whose changes show in the search, by the named columns.

    `touched` is SQL that gives workspace and id of the records in which the rows of `changed` show; `events` are the
    statements that matter: a row that others refer to shows in none when it is new, and in none when it goes.
    """

    table: str
    columns: str
    touched: str
    events: tuple[str, ...] = ("INSERT", "DELETE", "UPDATE")


TRANSITIONS = {"INSERT": "NEW TABLE AS new_rows", "DELETE": "OLD TABLE AS old_rows"}
TRANSITIONS["UPDATE"] = " ".join(TRANSITIONS.values())


def with_pulse(table: str) -> list[RunSQL]:
    """Give each record of `table` its row in the table of pulses, by Django's name of it: "deals_dealpulse"."""
    return [_trigger("add_pulse", "INSERT", table, f"records_add_pulse('{table}pulse')")]


def guarded(table: str) -> list[RunSQL]:
    """Have the workspace know when a record of `table` becomes private, or somebody is named on one (`Viewer`)."""
    made = {table: ("INSERT OR UPDATE OF is_private", "WHEN (NEW.is_private)"), f"{table}viewer": ("INSERT", "")}
    return [
        RunSQL(
            f"CREATE TRIGGER guard AFTER {event} ON public.{of} FOR EACH ROW {condition}"
            " EXECUTE FUNCTION public.records_guard()",
            f"DROP TRIGGER guard ON public.{of}",
        )
        for of, (event, condition) in made.items()
    ]


def findable(kind: str, table: str, columns: str, rows: str, follows: Iterable[Followed] = ()) -> list[RunSQL]:
    """Keep the records of `table` in the search table.

    `columns` are those of `table` that matter, `rows` is SQL over `workspace` and `ids` that gives id, owner, title and
    further words of these records; the title of one in the trash is NULL.
    """
    own = Followed(
        table, f"workspace_id, id, owner_id, deleted_at, {columns}", "SELECT workspace_id, id FROM changed", ("UPDATE",)
    )
    return [
        RunSQL(*_words(kind, rows)),
        _trigger(f"search_{kind}_forget", "DELETE", table, f"records_search_forget('{kind}')"),
        _trigger(f"search_{kind}_insert", "INSERT", table, f"records_search_add('{kind}')"),
        *(operation for followed in [own, *follows] for operation in _follow(kind, followed)),
        RunSQL(
            f"SELECT public.records_search_put('{kind}', workspace_id, array_agg(id))"
            f" FROM public.{table} GROUP BY workspace_id",
            f"DELETE FROM public.records_search WHERE kind = '{kind}'",
        ),
    ]


def words_without(kind: str, rows: str, without: str) -> list[RunSQL]:
    """Let the words of a kind, which `rows` gives, be asked for without the names of some `organizations` and
    `contacts` (arrays of ids), as `without` gives them."""
    make, drop = _words(kind, rows)
    make_without, drop_without = _words(kind, without, ", organizations bigint[]", ", contacts bigint[]")
    return [RunSQL(drop, make), RunSQL(make_without, drop_without)]


def saved_on(kind: str, layout: str, said: str) -> list[RunSQL]:
    """Views of a kind that stand on no page yet, with a parameter that `said`, a regular expression, finds, were most
    likely saved on the page of that layout: its links carry their parameters to the list as well.

    That is no change that history would tell of, so the former states learn it too.
    """
    which = f"SET layout = '{layout}' WHERE kind = '{kind}' AND layout = 'list' AND query ~ '(^|&)({said})'"
    return [
        RunSQL(
            "ALTER TABLE public.records_savedview DISABLE TRIGGER USER;"
            f"UPDATE public.records_savedview {which};"
            "ALTER TABLE public.records_savedview ENABLE TRIGGER USER;"
            f"UPDATE public.records_savedviewversion {which}",
            RunSQL.noop,
        )
    ]


def _words(kind: str, rows: str, *without: str) -> tuple[str, str]:
    name = f"public.records_search_of_{kind}"
    more = "".join(f"{each} DEFAULT '{{}}'" for each in without)
    return (
        f"CREATE FUNCTION {name}(workspace bigint, ids bigint[]{more})"
        " RETURNS TABLE (record_id bigint, owner_id bigint, title text, more text)"
        f" LANGUAGE sql STABLE AS $$ {rows} $$",
        f"DROP FUNCTION {name}(bigint, bigint[]{', bigint[]' * len(without)})",
    )


def _follow(kind: str, followed: Followed) -> list[RunSQL]:
    table, columns, touched, events = followed
    call = f"records_search_follow('{kind}', '{touched}', '{columns}')"
    return [_trigger(f"search_{kind}_{event.lower()}", event, table, call) for event in events]


def _trigger(name: str, event: str, table: str, call: str) -> RunSQL:
    return RunSQL(
        f"CREATE TRIGGER {name} AFTER {event} ON public.{table} REFERENCING {TRANSITIONS[event]}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION public.{call}",
        f"DROP TRIGGER {name} ON public.{table}",
    )
