"""Columns of a record's pulse: its next step, what was last done about it."""

from html import escape
from operator import attrgetter
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formats
from core.templatetags.ui import icon_use

from . import periods
from .filters import ColumnFilter
from .look import Look
from .quantities import Moment
from .ranges import DaysFilter, LateFilter
from .relations import Ready


class _Pulse(Moment):
    """A moment of the record's pulse; the database adds that row with its record."""

    tie = "pulse__record_id"
    pulse_field: ClassVar[str]
    words: ClassVar[Any]

    def __init__(self, name: str = "", label: Any = None, **options: Any):
        field = f"pulse__{self.pulse_field}"
        super().__init__(name or self.kind, label or self.words, field=field, sort=field, **options)
        self.extra = {self.pulse_field: field}
        self.read = attrgetter(self.pulse_field)


class NextStep(_Pulse):
    """When the next activity is planned, as a mark: late, today, planned, none. A room may add marks of its own."""

    kind = "next_step"
    pulse_field = "next_activity_at"
    words = gettext_lazy("Next step")
    width = "w-m"
    largest_first = False
    periods = {name: words for group in (periods.FUTURE, periods.CURRENT) for name, words in group.items()}
    #: mark -> icon
    MARKS: ClassVar[dict[str, str]] = {
        "late": "exclamation-triangle",
        "today": "clock",
        "planned": "calendar",
        "none": "circle-dashed",
    }

    @property
    def icons(self) -> tuple[str, ...]:
        return tuple(self.MARKS.values())

    def further_filters(self) -> dict[str, ColumnFilter]:
        return super().further_filters() | {f"{self.name}_late": LateFilter(self.field)}

    def ready(self) -> list[Ready]:
        return [
            Ready(_("No next step"), {"p": f"{self.name}_is", "v": "none"}),
            Ready(_("Next step is late"), {"p": f"{self.name}_late", "v": "yes"}),
        ]

    def mark(self, row: Any, look: Look) -> tuple[str, str]:
        """The mark and its words; ("", "") for nothing to say."""
        at = self.value(row)
        if not at:
            return "none", _("No next step")
        due = formats.due_state(at, look.now, look.zone, look.language, brief=True)
        return due.state, due.text

    def text(self, row: Any, look: Look) -> str:
        return self.mark(row, look)[1]

    def html(self, row: Any, look: Look) -> str:
        mark, words = self.mark(row, look)
        return f'<span class="st {mark}">{icon_use(self.MARKS[mark])}{escape(words)}</span>' if mark else ""


class LastActivity(_Pulse):
    """When something was last done about the record itself: notes count, as they do for idle deals."""

    kind = "last_activity"
    pulse_field = "last_activity_at"
    words = gettext_lazy("Last activity")
    width = "w-m"

    def further_filters(self) -> dict[str, ColumnFilter]:
        return super().further_filters() | {f"{self.name}_quiet": DaysFilter(self.field, "quiet", timed=True)}

    def ready(self) -> list[Ready]:
        return [Ready(_("No activity in … days"), {"p": f"{self.name}_quiet", "v": "60"})]
