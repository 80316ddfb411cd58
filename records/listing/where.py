"""Conditions of a list combined with "and", "or" and "not", as `?where=` carries them.

    {"any": [{"p": "sector", "v": "Agri"}, {"p": "employees_min", "v": "100", "not": true}]}
    {"all": [{"has": "deals", "all": [{"p": "status", "v": ["open"]}], "not": true}]}

A leaf is a filter of the list (`p`) with the value (`v`) that a form would send; its form field checks it. A group with
`has` is about related records: those that a relation of the list leads to. "not" means all rows that don't match, also
those without a value.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from .filters import ColumnFilter
from .relations import Relation
from .terms import Terms

#: characters of the text, groups inside each other with the outermost one, leaves
LONGEST, DEEPEST, MOST = 4000, 3, 25

Raw = str | list[str]


class Unreadable(ValueError):
    """The text is no such tree."""


@dataclass
class Leaf:
    """One condition. `error` is what is wrong with it, where `check()` found something."""

    name: str
    raw: Raw = ""
    negated: bool = False
    error: str = ""
    #: what `check()` found: the filter, the value that it takes, whose it is
    filter: ColumnFilter = field(init=False)
    value: Any = None
    label: str = ""

    def check(self, terms: Terms) -> None:
        """Read the value with the filter's form field."""
        try:
            self.filter, self.label = terms.filter(self.name), terms.column_of(self.name).label
            self.value = self.filter.cleaned(self.raw)
        except KeyError:
            self.error = _("This list has no filter “%(name)s”.") % {"name": self.name}
        except ValidationError as error:
            self.error = " ".join(error.messages)
        else:
            self.error = _("Say what to look for.") if self.value in EMPTY_VALUES else ""
        if isinstance(self.value, Model):
            self.raw = str(self.value.pk)  # a name that was typed

    def condition(self) -> Q:
        """What rows have in common that pass; after `check()`."""
        found = self.filter.condition(self.value)
        return ~found if self.negated else found

    @property
    def is_wrong(self) -> bool:
        return bool(self.error)

    def words(self, *, alone: bool = True) -> str:
        """The condition as a sentence of the list: "Sector begins with “Agri”"."""
        return f"{self.label} {self.filter.question(self.value, self.negated)}"

    def node(self) -> dict[str, Any]:
        return {"p": self.name, "v": self.raw} | ({"not": True} if self.negated else {})


@dataclass
class Group:
    """Conditions of which all or any have to be true; with `has`, of one and the same related record."""

    ALL: ClassVar[str] = "all"
    ANY: ClassVar[str] = "any"

    joined: str = ALL
    parts: "list[Leaf | Group]" = field(default_factory=list)
    has: str = ""
    negated: bool = False
    error: str = ""
    relation: Relation | None = None
    terms: Terms | None = None

    def check(self, terms: Terms) -> None:
        """Check all parts with the terms of the list."""
        self.terms, self.error = terms, ""
        if self.has:
            self.relation = terms.relations.get(self.has)
            if not self.relation:
                self.error = _("This list has no relation “%(name)s”.") % {"name": self.has}
                return
            self.terms = terms.of(self.relation)
        elif not self.parts:
            self.error = _("Add a condition to this group, or remove it.")
        for part in self.parts:
            part.check(self.terms)

    @property
    def is_wrong(self) -> bool:
        return bool(self.error) or any(part.is_wrong for part in self.parts)

    def condition(self) -> Q:
        """What rows have in common that pass; after `check()`."""
        found = Q()
        for part in self.parts:
            found = found | part.condition() if self.joined == self.ANY else found & part.condition()
        if self.relation and self.terms:
            found = self.relation.condition(self.terms.visible(), found)
        return ~found if self.negated else found

    def words(self, *, alone: bool = False) -> str:
        """The group in words, in brackets unless it stands `alone` or says one thing."""
        joint = _(" or ") if self.joined == self.ANY else _(" and ")
        inner = joint.join(part.words() for part in self.parts)
        if self.relation:
            tie = str(self.relation.lacks if self.negated else self.relation.has)
            return _("%(relation)s where (%(conditions)s)") % {"relation": tie, "conditions": inner} if inner else tie
        if self.negated:
            return _("not (%(conditions)s)") % {"conditions": inner}
        return inner if alone or len(self.parts) == 1 else f"({inner})"

    def node(self) -> dict[str, Any]:
        has = {"has": self.has} if self.has else {}
        return has | {self.joined: [part.node() for part in self.parts]} | ({"not": True} if self.negated else {})

    def dumps(self) -> str:
        """The tree as an address carries it; "" for an empty one."""
        return json.dumps(self.node(), ensure_ascii=False, separators=(",", ":")) if self.parts else ""

    def leaves(self) -> Iterator[Leaf]:
        for part in self.parts:
            yield from part.leaves() if isinstance(part, Group) else (part,)

    def depth(self) -> int:
        return 1 + max((part.depth() for part in self.parts if isinstance(part, Group)), default=0)


def loads(text: str) -> Group:
    """The tree that a text stands for, unchecked; its outermost group is a plain one. Raises Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable(_("This filter is too long."))
    try:
        tree = read(json.loads(text))
        # Half a character may stand in JSON, but not in a statement.
        json.dumps(tree.node(), ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise Unreadable(_("This filter can't be read.")) from error
    if not isinstance(tree, Group) or tree.has or tree.negated:
        tree = Group(parts=[tree])
    check_size(tree)
    return tree


def check_size(tree: Group) -> None:
    """Raises Unreadable for a tree that is too large."""
    if tree.depth() > DEEPEST:
        raise Unreadable(_("Groups can stand inside each other %(count)s deep.") % {"count": DEEPEST})
    if len(list(tree.leaves())) > MOST:
        raise Unreadable(_("A filter has at most %(count)s conditions.") % {"count": MOST})
    if len(tree.dumps()) > LONGEST:
        raise Unreadable(_("This filter is too long."))


def read(node: Any) -> Leaf | Group:
    """A node of the parsed text. Raises ValueError and TypeError for what is none."""
    node = dict(node)
    negated = node.pop("not", False)
    if not isinstance(negated, bool):
        raise TypeError("not")
    if "p" in node:
        leaf = Leaf(_text(node.pop("p")), _raw(node.pop("v", "")), negated)
        if node:
            raise ValueError("unknown words in a leaf")
        return leaf
    has = _text(node.pop("has", ""))
    [(joined, parts)] = node.items()
    if joined not in (Group.ALL, Group.ANY) or not isinstance(parts, list):
        raise ValueError("a group holds all or any")
    return Group(joined, [read(part) for part in parts], has, negated)


def _raw(value: Any) -> Raw:
    return [_text(one) for one in value] if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


class Where:
    """The tree of conditions of a list as its address gives it; false where it gives none."""

    def __init__(self, text: str, terms: Terms):
        self.text, self.terms = text, terms

    def __bool__(self) -> bool:
        return bool(self.text)

    @cached_property
    def error(self) -> str:
        """Why the text as a whole is no tree."""
        return self._read[1]

    @cached_property
    def tree(self) -> Group:
        """The tree, checked; an empty one where the text is none."""
        return self._read[0]

    @cached_property
    def _read(self) -> tuple[Group, str]:
        try:
            tree = loads(self.text) if self.text else Group()
        except Unreadable as error:
            return Group(), str(error)
        tree.check(self.terms)
        return tree, ""

    @cached_property
    def is_wrong(self) -> bool:
        """Can't it be read, or has a condition something wrong? Then no row passes."""
        return bool(self.text) and (bool(self.error) or self.tree.is_wrong)

    def condition(self) -> Q:
        return self.tree.condition()

    @property
    def single(self) -> Leaf | None:
        """The condition where there is one only, of the list itself and not turned round."""
        tree = self.tree
        if len(tree.parts) != 1 or tree.negated:
            return None
        [part] = tree.parts
        return part if isinstance(part, Leaf) and not part.negated else None

    def with_also(self, *further: Leaf | Group) -> str:
        """The tree as an address carries it, with further conditions that have to be true."""
        tree = self.tree
        parts = tree.parts if tree.joined == Group.ALL else [tree]
        return Group(parts=[*parts, *further]).dumps()

    def chips(self) -> list[tuple[str, str]]:
        """(what is asked, the tree without that) for each part that must be true; nothing of a wrong tree."""
        if not self or self.is_wrong:
            return []
        tree = self.tree
        if tree.joined == Group.ANY:
            return [(tree.words(alone=True), "")]
        others = [replace(tree, parts=[one for one in tree.parts if one is not part]) for part in tree.parts]
        return [(part.words(alone=True), left.dumps()) for part, left in zip(tree.parts, others, strict=True)]
