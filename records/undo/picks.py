"""What the reader picked of the conflicts: columns that are taken back though they were changed again since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workspaces.tenancy import WorkspaceModel
from workspaces.tracking import TRACKED

from .schema import head_of, kept_columns

#: in place of a column: the whole row, which was made by the change set and changed since
ROW = "row"
#: in place of an id: every row of the table
EVERY = "all"


@dataclass(frozen=True)
class TablePicks:
    """The picks of one table: column -> ids of rows, None for all of them."""

    columns: Mapping[str, list[int] | None] = field(default_factory=dict)

    def sql(self, head: str) -> str:
        """SQL: this column of the plan's row was picked."""
        ids = self.columns.get(head, [])
        if ids is None:
            return "true"
        return f"plan.id = ANY (%(picked_{head})s)" if ids else "false"

    @property
    def values(self) -> dict[str, list[int]]:
        return {f"picked_{head}": ids for head, ids in self.columns.items() if ids}


@dataclass(frozen=True)
class Picks:
    """Picks as forms and jobs keep them: "contacts_contact.job_title.7", or ".all" for every row."""

    words: tuple[str, ...] = ()

    @classmethod
    def read(cls, words: Iterable[str]) -> "Picks":
        """Those of the words that name a column of a tracked table; what a form makes up is left out."""
        known = {f"{m._meta.db_table}.{c}" for m in TRACKED for c in (*(head_of(m, c) for c in kept_columns(m)), ROW)}
        parts = (word.rpartition(".") for word in words)
        return cls(tuple(f"{c}.{pk}" for c, _dot, pk in parts if c in known and (pk == EVERY or is_id(pk))))

    def of(self, model: type[WorkspaceModel]) -> TablePicks:
        found: dict[str, list[int] | None] = defaultdict(list)
        for word in self.words:
            table, head, pk = word.split(".")
            if table == model._meta.db_table:
                ids = found[head]
                found[head] = None if pk == EVERY or ids is None else [*ids, int(pk)]
        return TablePicks(dict(found))


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


NOTHING = Picks()
