"""The filter builder: a tree of conditions as rows of a form, and the form as a tree again.

The form is sent for each step (a group more, another field) and comes back drawn anew; nothing is kept in between. A
node's fields begin with its path: `w` is the tree, `w-0` its first part, `w-0-2` the third one of that.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _

from core.numbers import number

from .address import Address
from .terms import Terms
from .where import DEEPEST, MOST, Group, Leaf, Unreadable, Where, check_size, read

ROOT = "w"
#: in the select of fields: a relation, a ready condition
HAS, READY = "has:", "ready:"


class Ask(NamedTuple):
    """What can be asked of a column; `value` is set where it is part of the question."""

    code: str
    words: str
    name: str
    negated: bool
    value: str | None


def asks_of(terms: Terms, names: list[str]) -> list[Ask]:
    """All that can be asked with these filters, each once."""
    asks: dict[str, Ask] = {}
    for name in names:
        one = terms.filter(name)
        pairs: dict[str | None, Any] = dict(one.asks_for) or {None: one.asks}
        for value, pair in pairs.items():
            for negated, words in enumerate(map(str, pair)):
                code = "!" * negated + name + (f"={value}" if value is not None else "")
                asks.setdefault(words, Ask(code, words, name, bool(negated), value))
    return list(asks.values())


class Line(forms.Form):
    """The fields of one condition: of what, what is asked, the value."""

    column = forms.ChoiceField(label="")
    ask = forms.ChoiceField(label="", required=False)


class DrawnLeaf:
    """A condition as the template shows it."""

    is_group = False

    def __init__(self, builder: "Builder", leaf: Leaf, terms: Terms, path: str):
        self.builder, self.leaf, self.terms, self.path = builder, leaf, terms, path
        self.depth = path.count("-")

    @cached_property
    def column(self) -> Any:
        """Whose condition it is; None for a parameter that the list does not know."""
        conditions = self.terms.listing.filters_class.conditions
        return self.terms.column_of(self.leaf.name) if self.leaf.name in conditions else None

    @property
    def was(self) -> str:
        """The column that the form was drawn for."""
        return self.column.name if self.column else ""

    @cached_property
    def asks(self) -> list[Ask]:
        return asks_of(self.terms, self.terms.names_of(self.column)) if self.column else []

    @cached_property
    def ask(self) -> Ask | None:
        """What the condition asks; one that is another's opposite stands for it."""
        if not self.column:
            return None
        leaf, found = self.leaf, self.terms.filter(self.leaf.name)
        if isinstance(leaf.raw, str) and leaf.raw in found.asks_for:
            words = found.question(leaf.raw, leaf.negated)
            return next(ask for ask in self.asks if ask.words == words)
        same = [ask for ask in self.asks if (ask.name, ask.negated) == (leaf.name, leaf.negated)]
        return same[0] if same else self.asks[0]

    @cached_property
    def form(self) -> Line:
        """The fields as they are drawn, with what is wrong beside them."""
        ask, leaf = self.ask, self.leaf
        form = Line(prefix=self.path, initial={"column": self.was, "ask": ask.code if ask else "", "value": leaf.raw})
        columns: Any = form.fields["column"]
        columns.label, columns.choices = _("Field"), self.builder.choices(self.terms, self.depth, blank=not self.column)
        columns.widget.attrs = self.builder.redraws | ({"autofocus": True} if self.builder.focus == self.path else {})
        asks: Any = form.fields["ask"]
        asks.label, asks.choices = _("Condition"), [(one.code, one.words) for one in self.asks]
        asks.widget.attrs = self.builder.redraws
        if ask and ask.value is None:
            form.fields["value"] = self.terms.filter(ask.name).field
            form.fields["value"].label = form.fields["value"].label or self.column.label
        wrong = "value" if "value" in form.fields else "ask" if ask else "column"
        form._errors = ErrorDict({wrong: ErrorList([leaf.error])} if leaf.error else {})
        return form

    @property
    def value(self) -> Any:
        return self.form["value"] if "value" in self.form.fields else None


class DrawnGroup:
    """A group of conditions as the template shows it."""

    is_group = True

    def __init__(self, builder: "Builder", group: Group, terms: Terms, path: str = ROOT):
        self.builder, self.group, self.path = builder, group, path
        self.relation = terms.relations.get(group.has) if group.has else None
        self.terms = terms.of(self.relation) if self.relation else terms
        self.may_nest = path.count("-") < DEEPEST - 1
        self.is_root = path == ROOT

    @property
    def parts(self) -> "Iterator[DrawnLeaf | DrawnGroup]":
        for place, part in enumerate(self.group.parts):
            path = f"{self.path}-{place}"
            if isinstance(part, Group):
                yield DrawnGroup(self.builder, part, self.terms, path)
            else:
                yield DrawnLeaf(self.builder, part, self.terms, path)

    @property
    def focuses(self) -> bool:
        """Does the cursor go to its button for one more?"""
        return self.builder.focus == f"+{self.path}"


class Builder:
    """The form of a tree for one reader. `url` draws it anew, `query` is the list's query string without the tree."""

    def __init__(self, terms: Terms, tree: Group, url: str, query: str, *, error: str = "", focus: str = ""):
        self.terms, self.tree, self.url, self.query = terms, tree, url, query
        self.error, self.focus = error, focus

    @classmethod
    def opened(cls, where: Where, url: str, query: str) -> "Builder":
        """The builder with the tree that is in force, or a first condition."""
        if where.tree.parts:
            return cls(where.terms, where.tree, url, query)
        error = where.error or where.tree.error if where else ""
        return cls(where.terms, Group(parts=[cls.new(where.terms)]), url, query, error=error)

    @staticmethod
    def new(terms: Terms) -> Leaf:
        """The condition that one begins with."""
        return Leaf(terms.names_of(terms.columns[0])[0])

    @property
    def redraws(self) -> dict[str, Any]:
        """Of a select that the rest of its row depends on."""
        return {"hx-get": self.url, "hx-include": "closest form", "hx-target": "#where", "hx-swap": "outerHTML"}

    @property
    def root(self) -> DrawnGroup:
        return DrawnGroup(self, self.tree, self.terms)

    def choices(self, terms: Terms, depth: int, *, blank: bool) -> list[Any]:
        """What a condition can be about, in groups."""
        ready = [
            (f"{READY}{place}", one.label)
            for place, one in enumerate(terms.ready)
            if "p" in one.node or depth < DEEPEST
        ]
        related = [(f"{HAS}{name}", one.has) for name, one in terms.relations.items() if depth < DEEPEST]
        groups = [
            (_("Fields"), [(column.name, column.label) for column in terms.columns]),
            (_("Activity"), ready),
            (_("Related records"), related),
        ]
        return [("", "—")] * blank + [group for group in groups if group[1]]

    # --- the form as a tree -------------------------------------------------------------------------------------------
    @classmethod
    def sent(cls, terms: Terms, data: QueryDict, url: str) -> "Builder":
        """The builder after the step that the form asks for with `do`: "add:w-1", "group:w", "remove:w-0", "show:w-0"."""
        query = Address(QueryDict(data.get("query", "")))
        if f"{ROOT}-n" not in data:
            return cls.opened(Where(query.value("where"), terms), url, query.query(["where"]))
        tree = drawn_group(data, terms, ROOT)
        step, _colon, path = data.get("do", "").partition(":")
        focus = take_step(tree, terms, step, path)
        builder = cls(terms, tree, url, query.query(["where"]), focus=focus)
        try:
            check_size(tree)
        except Unreadable as error:
            builder.error = str(error)
        return builder

    def is_done(self) -> bool:
        """Is the tree as it should be, or is nothing left of it? What is wrong stands in it afterwards."""
        if not self.tree.parts:
            return True
        self.tree.check(self.terms)
        return not self.error and not self.tree.is_wrong


def drawn_group(data: QueryDict, terms: Terms, path: str) -> Group:
    """The group that the form holds at a path."""
    joined = Group.ANY if data.get(f"{path}-join") == Group.ANY else Group.ALL
    group = Group(joined, has=data.get(f"{path}-has", ""), negated=data.get(f"{path}-not") == "1")
    relation = terms.relations.get(group.has)
    inner = terms.of(relation) if relation else terms
    for place in range(min(number(data.get(f"{path}-n", "")), MOST + 1)):
        group.parts.append(drawn_part(data, inner, f"{path}-{place}"))
    return group


def drawn_part(data: QueryDict, terms: Terms, path: str) -> Leaf | Group:
    if f"{path}-n" in data and path.count("-") < DEEPEST:
        return drawn_group(data, terms, path)
    chosen = data.get(f"{path}-column", "")
    if chosen.startswith(HAS):
        return Group(has=chosen.removeprefix(HAS))
    if chosen.startswith(READY):
        places = number(chosen.removeprefix(READY))
        return read(terms.ready[places].node) if places < len(terms.ready) else Leaf(chosen)
    column = next((one for one in terms.columns if one.name == chosen), None)
    asks = asks_of(terms, terms.names_of(column)) if column else []
    if not asks:
        return Leaf(chosen)
    is_same = data.get(f"{path}-was") == chosen
    ask = next((one for one in asks if is_same and one.code == data.get(f"{path}-ask")), asks[0])
    if ask.value is not None:
        return Leaf(ask.name, ask.value, ask.negated)
    field = terms.filter(ask.name).field
    raw = field.widget.value_from_datadict(data, {}, f"{path}-value") if is_same else ""
    return Leaf(ask.name, raw or "", ask.negated)


def take_step(tree: Group, terms: Terms, step: str, path: str) -> str:
    """Change the tree as a button says; the answer is where the cursor goes."""
    places = [number(place) for place in path.split("-")[1:]]
    if step == "remove" and places:
        parent, _terms = at(tree, terms, places[:-1])
        if parent and places[-1] < len(parent.parts):
            del parent.parts[places[-1]]
        return f"+{path.rpartition('-')[0]}"
    if step == "show":
        return path
    group, inner = at(tree, terms, places)
    if not group or step not in ("add", "group"):
        return ""
    new = Builder.new(inner)
    group.parts.append(Group(Group.ANY, [new]) if step == "group" else new)
    last = f"{path}-{len(group.parts) - 1}"
    return f"{last}-0" if step == "group" else last


def at(tree: Group, terms: Terms, places: list[int]) -> tuple[Group | None, Terms]:
    """The group at these places, and the terms inside it."""
    group: Any = tree
    for place in places:
        group = group.parts[place] if place < len(group.parts) else None
        if not isinstance(group, Group):
            return None, terms
        relation = terms.relations.get(group.has)
        terms = terms.of(relation) if relation else terms
    return group, terms
