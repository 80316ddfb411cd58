"""The page of notifications: by day, the newest first."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core import formats
from records.models import Notice
from records.models.notice import NEWS
from workspaces.models import Membership

from .words import News, told

PAGE = 30
#: as many as the window behind the bell shows
LATEST = 8
#: what the page can be narrowed down to
FILTERS = {
    "": pgettext_lazy("notifications", "All"),
    "unread": pgettext_lazy("notifications", "Unread"),
    "mention": pgettext_lazy("notifications", "Mentions"),
    "given": pgettext_lazy("notifications", "Given to me"),
    "new": pgettext_lazy("notifications", "New records"),
    "activity": pgettext_lazy("notifications", "Activities"),
    "changed": pgettext_lazy("notifications", "Changes"),
}


class NewsPage:
    """What a member sees of its notices; asked when the template wants it."""

    def __init__(self, membership: Membership, params: Mapping[str, str], *, most: int = PAGE):
        self.membership, self.most = membership, most
        only = params.get("only", "")
        self.only = only if only in FILTERS else ""
        before = params.get("before", "")
        self.before = int(before) if before.isdigit() and len(before) < 19 else None

    @cached_property
    def found(self) -> list[Notice]:
        rows = Notice.objects.of(self.membership)
        if self.only == "unread":
            rows = rows.unread()
        elif self.only in NEWS:
            rows = rows.filter(kind=self.only)
        if self.before:
            rows = rows.filter(pk__lt=self.before)
        return list(rows.select_related("change_set__undoes")[: self.most + 1])

    @cached_property
    def news(self) -> list[News]:
        """What can be told. What can't be any more, its record being gone or hidden, counts as read."""
        shown = told(self.found[: self.most], self.membership)
        left = {one.notice.pk for one in shown}
        if hidden := [n.pk for n in self.found[: self.most] if n.pk not in left and n.read_at is None]:
            Notice.objects.filter(pk__in=hidden).mark(read=True)
        return shown

    @property
    def days(self) -> Iterator[tuple[str, list[News]]]:
        for day, of_day in groupby(self.news, key=lambda one: timezone.localdate(one.notice.created_at)):
            yield heading(day), list(of_day)

    @property
    def filters(self) -> Iterator[tuple[str, object, bool]]:
        """Query string, label, and whether it is chosen."""
        for name, label in FILTERS.items():
            yield f"?{urlencode({'only': name})}" if name else "?", label, name == self.only

    @property
    def older(self) -> str:
        """The query of the next page; "" where this is the last."""
        if len(self.found) <= self.most:
            return ""
        return urlencode({"only": self.only, "before": self.found[self.most - 1].pk})


def heading(day: dt.date) -> str:
    today = timezone.localdate()
    names = {today: _("Today"), today - dt.timedelta(days=1): _("Yesterday")}
    return names.get(day) or formats.short_date(day, today)
