"""What the cells of one page share."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from core import past
from core.money import short_money
from records.models import Record


@dataclass
class Look:
    """Now, the reader's zone and language, the workspace's country; and the addresses of records.

    `changeable` are the owners whose records the reader may change; None for everybody's.
    """

    country: str = ""
    changeable: Collection[int] | None = ()
    now: dt.datetime = field(default_factory=past.now)
    zone: dt.tzinfo = field(default_factory=timezone.get_current_timezone)
    language: str = field(default_factory=lambda: get_language() or "en")
    _paths: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.now.astimezone(self.zone).date()

    def lets_change(self, row: Any) -> bool:
        return self.changeable is None or row.owner_id in self.changeable

    def url(self, namespace: str, pk: int) -> str:
        """Address of a record's page; the pattern is reversed once a page, not once a cell."""
        if namespace not in self._paths:
            before, _pk, after = reverse(f"{namespace}:detail", args=[0]).rpartition("0")
            self._paths[namespace] = before, after
        before, after = self._paths[namespace]
        return f"{before}{pk}{after}"

    def link(self, model: type[Record], pk: int, title: str) -> str:
        """A link to a record's page, escaped."""
        return f'<a href="{self.url(model.namespace, pk)}">{escape(title)}</a>'

    def money(self, minor: int, currency: str) -> str:
        """An amount; its decimals only where it has some, which reads better in columns."""
        return short_money(minor, currency, self.language)
