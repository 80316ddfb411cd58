"""What a file can fill. A room declares it in its `imports.py`: the fields with their kinds, what tells rows apart, and
what is written besides the plain columns."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.text import sort_name
from transfers.kinds import Choice, Conventions, Kind
from transfers.parsing import CellProblem
from transfers.references import Reference
from workspaces.rights import RECORDS

if TYPE_CHECKING:
    from records.duplicates import Lookalike
    from workspaces.models import Membership, Workspace

    from .batches import Batch
    from .models import Import


#: a choice that changes what else is asked: htmx shows the screen anew, without it "Update preview" does
PREVIEW_AT_ONCE = {
    "hx-post": "",
    "hx-vals": '{"action": "preview"}',
    "hx-target": "#mapping",
    "hx-select": "#mapping",
    "hx-swap": "outerHTML show:none focus-scroll:false",
    # What is chosen meanwhile goes along: the answer to the earlier choice does not undo the later one.
    "hx-sync": "closest form:replace",
}


@dataclass(frozen=True)
class Field:
    """One thing that a column of a file can be. `column` is the model's field that it fills, "" when the target writes
    it otherwise; `aliases` are other headings for it, with commas between; with `repeats` several columns may be it."""

    name: str
    label: Any
    kind: Kind
    column: str = ""
    aliases: str = ""
    required: bool = False
    repeats: bool = False

    def headings(self) -> set[str]:
        """How its column may be called: its label in the reader's language and in English, its name, its aliases."""
        with override("en"):
            english = str(self.label)
        words = [self.name.replace("_", " "), english, str(self.label), *self.aliases.split(",")]
        return {_heading(word) for word in words} - {""}


@dataclass
class Counts:
    """What became of the rows of a batch; the refused ones are the batch's own."""

    created: int = 0
    updated: int = 0
    skipped: int = 0


class ImportTarget:
    """What rows become. One is made for each run of an import: `self.run` is the Import, `self.member` started it."""

    #: a class in a template's context is a declaration here, not something to call
    do_not_call_in_templates: ClassVar[bool] = True
    #: the name in the rights and in addresses
    record: ClassVar[str]
    label: ClassVar[Any]
    fields: ClassVar[tuple[Field, ...]]
    #: name of the address where what came in is seen, for what has no list of records
    seen_at: ClassVar[str] = ""
    #: names of the fields that tell rows apart, the best first
    keys: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, run: "Import", member: "Membership", how: Conventions | None = None, *, dry: bool = False
    ) -> None:
        self.run, self.member, self.how, self.dry = run, member, how or Conventions(), dry
        self.options: dict[str, Any] = run.options
        run.mapping = self.known(run.mapping)
        self.mapped = {name for name in run.mapping if name}

    @classmethod
    def of(cls, workspace: "Workspace") -> "type[ImportTarget]":
        """This target with what files can fill in a workspace besides."""
        return cls

    # --- the mapping screen -----------------------------------------------------------------------------------------
    @classmethod
    def field(cls, name: str) -> Field:
        return next(field for field in cls.fields if field.name == name)

    @classmethod
    def known(cls, mapping: Sequence[str]) -> list[str]:
        """The mapping without the fields that the workspace has retired since."""
        names = {field.name for field in cls.fields}
        return [name if name in names else "" for name in mapping]

    @classmethod
    def suggest(cls, columns: Sequence[str]) -> list[str]:
        """The field that each column most likely is, "" where none fits; no field twice unless it repeats."""
        mapping: list[str] = []
        for column in columns:
            fitting = (
                f.name for f in cls.fields if _heading(column) in f.headings() and (f.repeats or f.name not in mapping)
            )
            mapping.append(next(fitting, ""))
        return mapping

    @classmethod
    def option_fields(cls, member: "Membership") -> dict[str, forms.Field]:
        """What the mapping screen asks besides what it asks of every file."""
        return {}

    def mapping_problems(self) -> list[str]:
        """What the mapping lacks or has twice."""
        counts = Counter(name for name in self.run.mapping if name)
        missing = [str(f.label) for f in self.fields if f.required and not counts[f.name]]
        twice = [str(f.label) for f in self.fields if counts[f.name] > 1 and not f.repeats]
        problems = [_("No column is chosen for: %(fields)s.") % {"fields": ", ".join(missing)}] if missing else []
        return problems + (
            [_("More than one column is chosen for: %(fields)s.") % {"fields": ", ".join(twice)}] if twice else []
        )

    def option_problems(self) -> dict[str, str]:
        """What the import can't start with: the name of an option -> why."""
        return {}

    def check_values(self, of: Field, texts: Collection[str]) -> dict[str, Any]:
        """What each text is read as in this field; where it can't be, its problem."""
        read: dict[str, Any] = {}
        for text in texts:
            try:
                read[text] = of.kind.read(text, self.how)
            except CellProblem as problem:
                read[text] = problem
        if isinstance(of.kind, Reference):
            names = {value for value in read.values() if isinstance(value, str)}
            problems = {name: found for name, found in self.find(of, names).items() if isinstance(found, CellProblem)}
            read = {text: problems.get(value, value) for text, value in read.items()}
        return read

    def notes(self, of: Field, texts: Collection[str]) -> dict[str, str]:
        """What one should look at though it can be read: text -> why."""
        return {}

    def replacements(self, field: Field) -> list[tuple[str, str]]:
        """Values and labels that may stand in place of a value of the file; empty where any text may."""
        if isinstance(field.kind, Reference):
            return [(name, name) for name in field.kind.choices()]
        if isinstance(field.kind, Choice):
            return [(key, str(label)) for key, label in field.kind.options.items()]
        return []

    def suggested_options(self, values: Mapping[str, Collection[str]]) -> dict[str, Any]:
        """What the mapping screen begins with, from the distinct values that the file has for fixable fields."""
        return {}

    # --- the run ----------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Make what the rows need, in the transaction before the first batch."""

    def find(self, field: Field, names: Collection[str]) -> dict[Any, Any]:
        """The ids of the records that a batch names, or the problem of a name. A target may make what is missing, but
        not for the preview (`self.dry`)."""
        return cast(Reference, field.kind).find(names, self.member)

    def usable_keys(self) -> list[str]:
        """The keys that the mapped columns give."""
        return [key for key in self.keys if key in self.mapped]

    def fields_of(self, keys: Collection[str]) -> Collection[str]:
        """The fields that the values of these keys are made of."""
        return keys

    def key_values(self, batch: "Batch", key: str) -> list[Any]:
        """The value of each row for a key."""
        return batch.column(key)

    def key_of(self, name: str, value: Any) -> Any:
        """What makes two values of a key the same."""
        return sort_name(value) if name == "name" else value

    def complete(self, batch: "Batch") -> None:
        """Fill in what follows from other cells and refuse what makes no sense together."""

    def match(self, batch: "Batch", key: str) -> dict[Any, list[int]]:
        """The ids of what exists already and the member sees, by the values that the batch has for the key."""
        raise NotImplementedError

    def taken(self, batch: "Batch") -> dict[str, int]:
        """External id, which no two records of the workspace have -> the id of the record that has it, whoever sees
        that."""
        raise NotImplementedError

    def alike(self, batch: "Batch") -> dict[int, "list[Lookalike]"]:
        """Of the rows that come in as new ones: the records that they are like by something else than the key."""
        return {}

    def gate(self, batch: "Batch") -> None:
        """Refuse the rows that the member may not write so: the same refusals that a page would meet."""

    def write(self, batch: "Batch") -> Counts:
        """Write the rows that are left, set-based."""
        raise NotImplementedError

    def finish(self) -> None:
        """What can be done only when every row is in; in a transaction of its own."""


#: record name -> target
TARGETS: dict[str, type[ImportTarget]] = {}


def register(target: type[ImportTarget]) -> type[ImportTarget]:
    """Class decorator: rows of a file may become this."""
    TARGETS[target.record] = target
    return target


def offered_to(member: "Membership") -> list[type[ImportTarget]]:
    """The targets that the member may fill."""
    in_order = sorted(TARGETS.values(), key=lambda target: (*RECORDS, target.record).index(target.record))
    return [target for target in in_order if member.may(target.record, "create")]


def _heading(word: str) -> str:
    return sort_name(word.replace("_", " ").replace("-", " ").rstrip(" :*."))
