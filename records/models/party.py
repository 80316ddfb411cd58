"""What organizations and people have in common: they may buy, they speak a language, they are somewhere."""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core import postal
from workspaces.refusals import Refusal
from workspaces.rights import Actor

from .line import LineQuerySet
from .queryset import RecordQuerySet
from .record import Record
from .source import CUSTOMER_STATUSES

#: the colour of each status where it stands as a badge
STATUS_HUES = {"lead": 3, "prospect": 2, "customer": 4, "former": 0}


class Badge(NamedTuple):
    """A word in the head of a page."""

    label: Any
    hue: int


class PartyQuerySet(RecordQuerySet):
    def refuse_values(self, values: Mapping[str, Any]) -> None:
        self.model.refuse_faults(None, **values)


class Party(Record):
    """Somebody whom the team deals with. `lines` are its rows that the form shows as lines, by the names of the
    relations, which are those of the verbs' arguments."""

    lines: ClassVar[tuple[str, ...]] = ("addresses", "dates")

    customer_status = models.CharField(_("customer status"), max_length=10, choices=CUSTOMER_STATUSES, blank=True)
    #: ISO 639, of what it reads and speaks
    language = models.CharField(_("language"), max_length=10, blank=True)

    objects: ClassVar = PartyQuerySet.as_manager()

    class Meta(Record.Meta):
        abstract = True

    @property
    def badge(self) -> Badge | None:
        """The customer status, for the head of the page; None while nobody has said one."""
        status = self.customer_status
        return Badge(CUSTOMER_STATUSES[status], STATUS_HUES[status]) if status else None

    @classmethod
    def line_set(cls, name: str) -> LineQuerySet:
        related: Any = cls._meta.get_field(name).related_model
        return related.objects.all()

    @classmethod
    def faults(cls, record: Self | None = None, /, **values: Any) -> dict[str, str]:
        """Field -> reason, for what no such record can have. Only what is given is looked at."""
        reasons = (postal.faults(address) for address in values.get("addresses", ()))
        wrong = next(filter(None, reasons), None)
        return {"addresses": next(iter(wrong.values()))} if wrong else {}

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def create(cls, *, by: Actor, **values: Any) -> Self:
        """Make one with its lines; its first customer status is that of its source unless given.

        Raises NotAllowed, and Refusal for what none can have (see `faults`).
        """
        cls.refuse_faults(None, **values)
        lines = {name: values.pop(name) for name in cls.lines if name in values}
        source = values.get("source")
        if source and not values.get("customer_status"):
            values["customer_status"] = source.customer_status
        record = super().create(by=by, **values)
        for name, rows in lines.items():
            if rows:
                cls.line_set(name).add(record, rows)
        return record

    def write(self, values: dict[str, Any]) -> list[str]:
        """Lines, where given, become the record's; see `create`."""
        self.refuse_faults(self, **values)
        values = dict(values)
        given = {name: values.pop(name) for name in self.lines if name in values}
        changed = super().write(values)
        changed_lines = [name for name, rows in given.items() if self.line_set(name).become(self, rows)]
        if changed_lines:
            self.rows().touch()
        return changed + changed_lines

    @classmethod
    def refuse_faults(cls, record: Self | None, /, **values: Any) -> None:
        """Raises Refusal for what no such record has, whichever door it comes through."""
        for reason in cls.faults(record, **values).values():
            raise Refusal(reason)
