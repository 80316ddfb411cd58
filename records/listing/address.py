"""The query string of a list: what it is filtered and sorted by, and the links that change one thing of it."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict

#: says where in the list one is, not which list it is
PLACE = frozenset({"after", "before", "count", "panel"})


class Address:
    """The parameters of a list that are not blank. Links made from it start at the first page."""

    def __init__(self, params: QueryDict):
        self.pairs = [(name, value) for name, values in params.lists() for value in values if value.strip()]

    def query(self, without: Iterable[str] = (), **wanted: str) -> str:
        """The query string with `wanted` set and what `without` names left out."""
        drop = PLACE | wanted.keys() | set(without)
        return urlencode([pair for pair in self.pairs if pair[0] not in drop] + list(wanted.items()))

    def value(self, name: str) -> str:
        """What a parameter holds; "" for none."""
        return next((value for given, value in self.pairs if given == name), "")

    def link(self, without: Iterable[str] = (), **wanted: str) -> str:
        """The same as a relative address."""
        return f"?{self.query(without, **wanted)}"

    def here(self) -> str:
        """The query string of the same place in the list, without blanks and open panels."""
        return urlencode([pair for pair in self.pairs if pair[0] != "panel"])

    def hidden(self, without: Iterable[str]) -> list[tuple[str, str]]:
        """Parameters that a form has to carry along, but for those that its own fields give."""
        drop = PLACE | set(without)
        return [pair for pair in self.pairs if pair[0] not in drop]


def has_blanks(params: QueryDict) -> bool:
    """Did a form send fields that were left blank?"""
    return any(not value.strip() for _name, values in params.lists() for value in values)
