"""What every record has, and the set-based verbs that every record answers to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Cast, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import fold
from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed, Refusal, Stale
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import version_trigger

from .event import record_event
from .source import Source
from .tag import Tag

#: SQL of a row that is not in the trash, for partial rules
PRESENT = "deleted_at IS NULL"


@dataclass
class Outcome:
    """What a set-based verb did: how many rows, and which it refused with the reasons (id -> reason)."""

    done: int = 0
    refused: dict[int, str] = field(default_factory=dict)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """The reasons with how many rows each refused, most frequent first."""
        return Counter(self.refused.values()).most_common()

    def or_refuse(self) -> Self:
        """For the verb of one record: raise the refusal in place of counting it."""
        if self.refused:
            raise Refusal(next(iter(self.refused.values())))
        return self


class RecordQuerySet(models.QuerySet):
    """Rows of a record type. Verbs take `by=`, ask `refusals()` once, write once and describe themselves once."""

    def present(self) -> Self:
        """Not in the trash."""
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, membership: Membership, action: str = "view") -> Self:
        """The one door: rows, not in the trash, that the member may do `action` to."""
        rows = self.present()
        owners = membership.reachable_owner_ids(membership.scope(self.model.record_name, action))
        return rows if owners is None else rows.filter(owner_id__in=owners)

    # --- the gate ---------------------------------------------------------------------------------------------------
    def refusals(self, action: str, *, by: Actor, **wanted: Any) -> dict[int, str]:
        """The rows that must not be changed so, with the reason; one query. Record types add rules of their own."""
        if by.membership is None:
            return {}
        owners = by.membership.reachable_owner_ids(by.membership.scope(self.model.record_name, action))
        if owners is None:
            return {}
        reason = _("You may do this only to records of your own.") if owners else _("Your role does not allow this.")
        foreign = self.exclude(owner_id__in=owners).order_by()
        return dict.fromkeys(foreign.values_list("pk", flat=True), reason)

    def pass_gate(self, action: str, *, by: Actor, **wanted: Any) -> tuple[Self, Outcome]:
        """The rows that the gate lets through, and the outcome that holds the refused ones."""
        refused = self.refusals(action, by=by, **wanted)
        return (self.exclude(pk__in=refused) if refused else self), Outcome(refused=refused)

    def refused_by(self, rules: list[tuple[models.Q, str]]) -> dict[int, str]:
        """The rows that rules (condition, reason) stand against, each with the first reason; one query."""
        broken = Case(*(When(condition, then=Value(place)) for place, (condition, _reason) in enumerate(rules)))
        rows = self.annotate(broken=broken).filter(broken__isnull=False).order_by()
        return {pk: rules[place][1] for pk, place in rows.values_list("pk", "broken")}

    def locked(self) -> Self:
        """The same rows by their ids, locked until the transaction ends, so that what the gate sees still holds."""
        ids = self.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
        return self.model.objects.filter(pk__in=list(ids))

    # --- verbs ------------------------------------------------------------------------------------------------------
    def assign(self, owner: Membership | None, *, by: Actor) -> Outcome:
        """Give the rows to another owner (or to none)."""
        rows, outcome = self.pass_gate("change", by=by)
        describe_change(_("Owner set to %(name)s") % {"name": owner.name if owner else _("nobody")})
        outcome.done = rows.order_by().update(owner=owner)
        return outcome

    def tag(self, tag: Tag, *, by: Actor) -> Outcome:
        """Put a tag on the rows that lack it; `done` counts the rows that have it now."""
        rows, outcome = self.pass_gate("change", by=by)
        describe_change(_("Tag %(tag)s added") % {"tag": tag.name})
        insert_select(
            self.model.tag_link(),
            rows.exclude(tag_links__tag=tag),
            {"workspace": F("workspace_id"), "record": F("pk"), "tag": Value(tag.pk)},
        )
        outcome.done = rows.count()
        return outcome

    def untag(self, tag: Tag, *, by: Actor) -> Outcome:
        """Take a tag off the rows; `done` counts the rows that had it."""
        rows, outcome = self.pass_gate("change", by=by)
        describe_change(_("Tag %(tag)s removed") % {"tag": tag.name})
        links = self.model.tag_link().objects.filter(tag=tag, record__in=rows.order_by())
        outcome.done = links._raw_delete(links.db) or 0
        return outcome

    def trash(self, *, by: Actor) -> Outcome:
        """Move the rows to the trash: out of every list, kept until they are deleted for good."""
        rows, outcome = self.pass_gate("delete", by=by)
        describe_change(_("Deleted"))
        outcome.done = rows.present().order_by().update(deleted_at=Now(), deleted_by_id=by.member_id)
        return outcome

    def restore(self, *, by: Actor) -> Outcome:
        """Take the rows back out of the trash."""
        rows, outcome = self.pass_gate("delete", by=by)
        describe_change(_("Restored"))
        outcome.done = rows.order_by().update(deleted_at=None, deleted_by_id=None)
        return outcome


class Record(WorkspaceModel):
    """The base of what a team works with: organizations, contacts, deals, and what later rooms add."""

    owner = WorkspaceForeignKey(
        Membership,
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=gettext_lazy("owner"),
    )
    source = WorkspaceForeignKey(
        Source,
        models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=gettext_lazy("source"),
    )
    external_id = models.CharField(gettext_lazy("external id"), max_length=120, blank=True)
    created_at = models.DateTimeField(gettext_lazy("created"), default=timezone.now, db_default=Now(), editable=False)
    created_by = WorkspaceForeignKey(
        Membership, models.DB_SET_NULL, null=True, related_name="+", editable=False, db_index=False
    )
    updated_at = models.DateTimeField(gettext_lazy("changed"), default=timezone.now, db_default=Now(), editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = WorkspaceForeignKey(
        Membership, models.DB_SET_NULL, null=True, related_name="+", editable=False, db_index=False
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    #: the record's name in the rights, addresses and templates: "contact"
    record_name: ClassVar[str]
    #: name of its URL namespace: "contacts"
    namespace: ClassVar[str]

    objects: ClassVar = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        triggers: ClassVar = [version_trigger()]

    @property
    def title(self) -> str:
        """What the record is called wherever it is named."""
        return str(self)

    @classmethod
    def sort_keys(cls, name: str) -> list[str]:
        """The values of `sort_name` that a record called `name` can have."""
        return [fold(name.strip())]

    @property
    def hint(self) -> str:
        """A few words that tell it from others of its name, in lists of choices."""
        return ""

    def rows(self) -> RecordQuerySet:
        """This record as a set of one, for the set-based verbs."""
        return type(self).objects.filter(pk=self.pk)

    def url_of(self, name: str, *args: object) -> str:
        """Address of a page below this record's own: `contact.url_of("edit")`."""
        return reverse(f"{self.namespace}:{name}", args=[self.pk, *args])

    def get_absolute_url(self) -> str:
        return self.url_of("detail")

    def check_version(self, seen: int) -> None:
        """Raises Stale when the record was changed since `seen` was read."""
        if self.version != seen:
            raise Stale(_("Not saved. Somebody changed this record in the meantime; look at it again."))

    def allows(self, action: str, membership: Membership) -> bool:
        """May the member do `action` to this record?"""
        owners = membership.reachable_owner_ids(membership.scope(self.record_name, action))
        return owners is None or self.owner_id in owners

    def demand(self, action: str, *, by: Actor) -> None:
        """Raises NotAllowed when the gate refuses `action` to the actor."""
        for reason in self.rows().refusals(action, by=by).values():
            raise NotAllowed(reason)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def create(cls, *, by: Actor, **values: Any) -> Self:
        """Make a record; it is the actor's own unless `owner` says otherwise. Raises NotAllowed."""
        if by.membership is not None and not by.membership.may(cls.record_name, "create"):
            raise NotAllowed(_("Your role does not allow this."))
        record = cls(created_by_id=by.member_id, **({"owner": by.membership} | values))
        describe_change(_("%(title)s created") % {"title": record.title})
        record.save(force_insert=True)
        record.created(by=by)
        return record

    @transaction.atomic
    def edit(self, *, by: Actor, seen: int | None = None, **values: Any) -> list[str]:
        """Change fields; returns the names of those that really changed. `seen` is the version that was looked at.

        Raises NotAllowed, and Stale when the record was changed since.
        """
        self.demand("change", by=by)
        current = self.rows().select_for_update(no_key=True).get()
        if seen is not None:
            current.check_version(seen)
        describe_change(_("%(title)s changed") % {"title": current.title})
        changed = current.write(values)
        if changed:
            record_event("changed", [(current, {"fields": changed})], by=by)
        return changed

    def write(self, values: dict[str, Any]) -> list[str]:
        """Write the fields that differ; returns their names. Record types with rows of their own write them as well."""
        changed = {}
        for name, value in values.items():
            attribute = self._meta.get_field(name).attname
            if getattr(self, attribute) != (value.pk if isinstance(value, models.Model) else value):
                changed[name] = value
        if changed:
            self.rows().update(**changed)
        return list(changed)

    @transaction.atomic
    def trash(self, *, by: Actor) -> None:
        """Move the record to the trash. Raises NotAllowed."""
        self.demand("delete", by=by)
        describe_change(_("%(title)s deleted") % {"title": self.title})
        self.rows().trash(by=by)

    @transaction.atomic
    def restore(self, *, by: Actor) -> None:
        """Take the record out of the trash. Raises NotAllowed."""
        self.demand("delete", by=by)
        describe_change(_("%(title)s restored") % {"title": self.title})
        self.rows().restore(by=by)

    @classmethod
    def tag_link(cls) -> type[models.Model]:
        """The model of this record type's tag links."""
        return cls._meta.get_field("tag_links").related_model

    def created(self, *, by: Actor) -> None:
        """Describe the creation and put it on the timeline; the last step of every verb that makes a record."""
        describe_change(_("%(title)s created") % {"title": self.title})
        record_event("created", [(self, {})], by=by, at=self.created_at)


def insert_select(model: type[models.Model], rows: models.QuerySet, values: dict[str, Any]) -> int:
    """INSERT … SELECT: one row of `model` for each of `rows`, with `values` (field -> expression); returns how many."""
    columns = [connection.ops.quote_name(model._meta.get_field(name).column) for name in values]
    query = rows.order_by().values_list(*(Cast(v, model._meta.get_field(name)) for name, v in values.items())).query
    try:
        sql, params = query.sql_with_params()
    except EmptyResultSet:  # Django sees without asking that there are no rows
        return 0
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) {sql}", params)
        return cursor.rowcount


def record_indexes(prefix: str, columns: Iterable[str]) -> list[models.Index]:
    """One index for each sortable column, as lists need it: led by the workspace, closed by the id, trash left out."""
    return [
        models.Index(
            fields=["workspace", column, "id"],
            name=f"{prefix}_{column}"[:30],
            condition=models.Q(deleted_at__isnull=True),
        )
        for column in columns
    ]
