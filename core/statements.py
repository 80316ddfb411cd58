"""Statements that are compiled once: Django takes half a millisecond of CPU to build and compile a query, and up to
three for one with sub-selects, which for a page's fixed questions is more than asking them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from django.db import connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models.base import ModelState
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import ModelIterable

from core import past

#: where the made-up numbers begin that stand for parameters while a statement is compiled
FIRST_MARK = 2_000_000_000


class _PreparedCursor(ServerBindingCursor):
    def execute(self, query: Any, params: Any = None) -> Any:
        return super().execute(query, params, prepare=True)  # type: ignore[misc]


def fetch(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is planned once a connection.

    The plan is made without the values and kept for all workspaces: only for rows found by ids and unique keys, where
    no other plan could be right.
    """
    if past.moment():  # other tables by the same names: no plan fits both
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall()
    connection.ensure_connection()
    plain: Any = _PreparedCursor(connection.connection)  # type: ignore[call-arg]
    with connection._prepare_cursor(plain) as cursor:  # type: ignore[attr-defined]
        cursor.execute(sql, params)
        return cursor.fetchall()


class Statement:
    """A query with parameters, compiled at its first use and planned once a connection.

    `build` makes the queryset; `kinds` are its parameters with the type of each: int, str, or list for the ids of an
    `__in`. For what it may be used `fetch` says.
    """

    def __init__(self, build: Callable[..., models.QuerySet], **kinds: type):
        self.build, self.kinds = build, kinds

    def __call__(self, **values: Any) -> list[Any]:
        """The rows, as the queryset would give them."""
        rows, compiler, sql, params = self.compiled
        compiler = copy(compiler)
        compiler.connection = connection
        found = fetch(sql, [values.get(name, fixed) for name, fixed in params])
        compiler.execute_sql = lambda *args, **kwargs: [found]
        if not compiler.klass_info.get("related_klass_infos"):
            return list(self._plain(compiler, rows.db, found))
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        asked: Any = SimpleNamespace(query=query, db=rows.db, _fetch_mode=FETCH_ONE, _known_related_objects={})
        return list(ModelIterable(asked))

    @staticmethod
    def _plain(compiler: Any, db: str, found: list[tuple[Any, ...]]) -> Iterator[models.Model]:
        """Records without related ones. `Model.__init__` would take a millisecond for fifty rows, this a tenth."""
        columns = {compiler.select[place][0].target.attname: place for place in compiler.klass_info["select_fields"]}
        columns |= compiler.annotation_col_map
        names, values = list(columns), itemgetter(*columns.values())
        for row in compiler.results_iter([found]):
            record = compiler.klass_info["model"].__new__(compiler.klass_info["model"])
            record._state = ModelState()
            record._state.adding, record._state.db = False, db
            record.__dict__.update(zip(names, values(row), strict=True))
            yield record

    @cached_property
    def compiled(self) -> tuple[models.QuerySet, Any, str, list[tuple[str, Any]]]:
        """The queryset, its compiler, the SQL, and its parameters: the name of each, or "" and what it always is."""
        marks = {FIRST_MARK + place: name for place, name in enumerate(self.kinds)}
        values = {name: self._marked(self.kinds[name], mark) for mark, name in marks.items()}
        rows = self.build(**values)
        compiler = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
        names: dict[Any, str] = {**marks, **{str(mark): name for mark, name in marks.items()}}
        # One array in place of a list of numbers, so that the text is the same however many there are.
        return rows, compiler, sql.replace(" IN (%s)", " = ANY(%s)"), [(names.get(p, ""), p) for p in params]

    @staticmethod
    def _marked(kind: type, mark: int) -> Any:
        return [mark] if kind is list else kind(mark)
