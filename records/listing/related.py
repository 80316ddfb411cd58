"""Columns of what hangs on a record: its owner, source, tags, other records, its pulse."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import formats
from core.templatetags.ui import avatar, icon_use
from records.models import Source as SourceModel
from records.models import Tag
from workspaces.models import Membership

from . import periods
from .columns import Column, Moment
from .filters import ColumnFilter, LinkedFilter, MemberFilter, RecordFilter, RelatedFilter
from .look import Look


def names_of(model: type[models.Model]) -> Callable[[], Iterable[tuple[int, str]]]:
    """A loader of the choices of a filter: id and name, in the model's own order."""
    return lambda: model._default_manager.values_list("pk", "name")


class Related(Column):
    """One of a few rows that a foreign key refers to, shown by its name: a source, a stage."""

    kind = "choice"
    filter_class = RelatedFilter

    def __init__(self, name: str, label: Any = None, *, load: Callable[[], Any] | None = None, **options: Any):
        super().__init__(name, label, **options)
        self.joins = (self.field,)
        self.load = load

    def text(self, row: Any, look: Look) -> str:
        return str(self.value(row) or "")

    def filters(self) -> dict[str, ColumnFilter]:
        if not self.filterable:
            return {}
        load = self.load or names_of(self.model_field.related_model)
        path = f"{self.field}_id"
        return {self.name: self.filter_class(path, load=load, may_be_empty=self.may_be_empty, label=self.lazy_label)}


class Owner(Related):
    """The member whose record it is, with an avatar."""

    kind = "owner"
    width = "w-m"
    filter_class = MemberFilter

    def __init__(self, name: str = "owner", label: Any = None, **options: Any):
        super().__init__(name, label, **options)
        # Found by id for the whole page: a join would carry the member's columns fifty times.
        self.joins = ()
        self.load = lambda: Membership.objects.order_by("-is_active", "name", "pk").values_list("pk", "name")

    def prefetch(self) -> Iterable[Any]:
        return (models.Prefetch(self.field, Membership.objects.only("name", "workspace_id")),)

    def html(self, row: Any, look: Look) -> str:
        owner = self.value(row)
        return f"{avatar(owner, size='xs')} {escape(owner.name)}" if owner else ""


class Source(Related):
    """Where the record came from."""

    kind = "source"
    width = "w-m"

    def __init__(self, name: str = "source", label: Any = None, **options: Any):
        super().__init__(name, label, load=names_of(SourceModel), **options)


class Tags(Column):
    """The record's tags."""

    kind = "tags"

    def __init__(self, name: str = "tags", label: Any = None, **options: Any):
        super().__init__(name, label, **options)

    @property
    def label(self) -> str:
        return str(self._label or _("Tags"))

    def value(self, row: Any) -> list[Tag]:
        return list(row.tags.all())

    def text(self, row: Any, look: Look) -> str:
        return ", ".join(tag.name for tag in row.tags.all())

    def html(self, row: Any, look: Look) -> str:
        return " ".join(f'<span class="tag" data-hue="{tag.hue}">{escape(tag.name)}</span>' for tag in row.tags.all())

    def export(self, row: Any) -> str:
        return ", ".join(tag.name for tag in row.tags.all())

    def prefetch(self) -> Iterable[Any]:
        return ("tags",)

    def filters(self) -> dict[str, ColumnFilter]:
        if not self.filterable:
            return {}
        found = LinkedFilter(
            self.model.tag_link, back="record", to="tag", load=names_of(Tag), may_be_empty=True, label=self.lazy_label
        )
        return {self.name: found}


class RecordLink(Column):
    """Another record that a foreign key refers to, as a link to its page."""

    kind = "record"

    def __init__(self, name: str, label: Any = None, **options: Any):
        super().__init__(name, label, **options)
        self.joins = (self.field,)

    def text(self, row: Any, look: Look) -> str:
        return str(self.value(row) or "")

    def html(self, row: Any, look: Look) -> str:
        record = self.value(row)
        return record_link(record, look) if record else ""

    def own_filters(self) -> dict[str, ColumnFilter]:
        return {self.name: RecordFilter(self.field, model=self.model_field.related_model, label=self.lazy_label)}


def record_link(record: Any, look: Look) -> str:
    """A link to another record's page, escaped."""
    return f'<a href="{look.url(record.namespace, record.pk)}">{escape(str(record))}</a>'


# --- pulse ------------------------------------------------------------------------------------------------------------


class _Pulse(Moment):
    """A moment of the record's pulse; the database adds that row with its record."""

    tie = "pulse__record_id"
    pulse_field: ClassVar[str]
    words: ClassVar[Any]

    def __init__(self, name: str = "", label: Any = None, **options: Any):
        field = f"pulse__{self.pulse_field}"
        super().__init__(name or self.kind, label or self.words, field=field, sort=field, importable=False, **options)
        self.extra = {self.pulse_field: field}
        self.read = attrgetter(self.pulse_field)


class NextStep(_Pulse):
    """When the next activity is planned, as a mark: late, today, planned, none."""

    kind = "next_step"
    pulse_field = "next_activity_at"
    words = gettext_lazy("Next step")
    width = "w-m"
    largest_first = False
    icons = ("exclamation-triangle", "clock", "calendar", "circle-dashed")
    periods = {name: words for group in (periods.FUTURE, periods.CURRENT) for name, words in group.items()}
    ICONS: ClassVar[dict[str, str]] = {"late": "exclamation-triangle", "today": "clock", "planned": "calendar"}

    def text(self, row: Any, look: Look) -> str:
        at = self.value(row)
        return formats.due_state(at, look.now, look.zone, look.language).text if at else _("No next step")

    def html(self, row: Any, look: Look) -> str:
        at = self.value(row)
        if not at:
            return f'<span class="st none">{icon_use("circle-dashed")}{_("No next step")}</span>'
        due = formats.due_state(at, look.now, look.zone, look.language, brief=True)
        css = "" if due.state == "planned" else f" {due.state}"
        return f'<span class="st{css}">{icon_use(self.ICONS[due.state])}{escape(due.text)}</span>'


class LastActivity(_Pulse):
    """When something was last done about the record."""

    kind = "last_activity"
    pulse_field = "last_activity_at"
    words = gettext_lazy("Last activity")
    width = "w-m"
