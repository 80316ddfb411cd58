"""What every record has, and the verbs of a single one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.addresses import address
from core.one_line import on_one_line
from core.text import sort_name
from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed, Refusal, Stale
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import version_trigger

from .audience import Audience
from .custom_writing import Change, begun, parted, told, write_custom
from .difference import differences
from .event import record_event
from .owner_rules import owner_of_new
from .queryset import RecordQuerySet
from .sight import Sight, conceal
from .source import Source

#: SQL of a row that is not in the trash, for partial rules
PRESENT = "deleted_at IS NULL"


class Record(Audience, WorkspaceModel):
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
    #: to its owner and the people named on it, see `Sight`
    is_private = models.BooleanField(gettext_lazy("private"), default=False, db_default=False, editable=False)
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
    owned_by = "owner"
    inseparable: ClassVar[tuple[tuple[str, ...], ...]] = (("deleted_at", "deleted_by"),)
    #: fields whose change who edits any other one is told of, before it is saved
    grave: ClassVar[tuple[str, ...]] = ()
    #: name of its URL namespace: "contacts"
    namespace: ClassVar[str]
    #: relations that `hint` reads
    hint_joins: ClassVar[tuple[str, ...]] = ()
    #: attributes that the search finds it by beside title and hint, one value or several
    found_by: ClassVar[tuple[str, ...]] = ()
    #: what leads to the records by whose names the search finds it: `positions__organization`
    found_through: ClassVar[tuple[str, ...]] = ()
    #: stands for it among records of many kinds; without one its initials do
    icon = ""

    #: what the last `write` changed of the custom fields
    custom_changes: Mapping[str, Change] = {}
    #: the fields that refer to what the reader does not see, see `conceal`
    concealed: frozenset[str] = frozenset()

    #: each record type's own tables
    files: Any
    event_links: Any
    tag_links: Any

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
        return [sort_name(name)]

    @property
    def hint(self) -> str:
        """A few words that tell it from others of its name, in lists of choices."""
        return ""

    @property
    def excerpt(self) -> str:
        """What it says, in a few words: news of it tell them."""
        return ""

    @classmethod
    def with_hints(cls, rows: Any) -> Any:
        """The rows with what their `hint` reads."""
        return rows.select_related(*cls.hint_joins) if cls.hint_joins else rows

    @classmethod
    def with_reasons(cls, rows: Any) -> Any:
        """The rows with their hints, and with all that they may be found by."""
        return cls.with_hints(rows)

    def rows(self) -> RecordQuerySet:
        """This record as a set of one, for the set-based verbs."""
        return type(self).objects.filter(pk=self.pk)

    def url_of(self, name: str, *args: int | str) -> str:
        """Address of a page below this record's own: `contact.url_of("edit")`."""
        return address(f"{self.namespace}:{name}", self.pk, *args)

    def get_absolute_url(self) -> str:
        return self.url_of("detail")

    def path_beside(self, place: "Record | None") -> str:
        """Where it is read: on a page of its own, or on that of the record on whose timeline it stands."""
        return self.get_absolute_url()

    def check_version(self, seen: int) -> None:
        """Raises Stale when the record was changed since `seen` was read."""
        if self.version != seen:
            raise Stale(_("Not saved. Somebody changed this record in the meantime; look at it again."))

    def check_present(self, by: Actor) -> None:
        """Raises Refusal for what lies in the trash by now, with who put it there."""
        from records.history.meanwhile import who_took  # it words records

        if self.deleted_at:
            raise Refusal(f"{_('Not saved.')} {who_took(self, by.membership)} {_('What you typed is still here.')}")

    def allows(self, action: str, membership: Membership) -> bool:
        """May the member do `action` to this record? To what it does not see, nothing."""
        if not self.sight(membership).covers(self):
            return False
        if action == "view":
            return True
        if action == "assign" and self.owner_id is None:
            return self.allows("change", membership)
        owners = membership.reachable_owner_ids(membership.scope(self.record_name, action))
        return owners is None or self.owner_id in owners

    @classmethod
    def sight(cls, membership: Membership) -> Sight:
        """Which records of this type the member sees."""
        return Sight.of(cls, membership)

    @classmethod
    def conceal(cls, records: "Sequence[Self]", membership: Membership) -> None:
        """Take from records that are shown what they refer to and the member does not see."""
        conceal(records, membership)

    def demand(self, action: str, *, by: Actor) -> None:
        """Raises NotAllowed when the gate refuses `action` to the actor."""
        for reason in self.rows().refusals(action, by=by).values():
            raise NotAllowed(reason)

    # --- verbs ------------------------------------------------------------------------------------------------------
    @classmethod
    @transaction.atomic
    def create(cls, *, by: Actor, **values: Any) -> Self:
        """Make a record; where `owner` is not given, the workspace's rule says whose it is (`owner_rules`). Values of
        custom fields come by the keys of those ("custom_12").

        Raises NotAllowed, and Refusal for an owner who was deactivated or what a custom field can't hold.
        """
        if by.membership is not None and not by.membership.may(cls.record_name, "create"):
            raise NotAllowed(_("Your role does not allow this."))
        if owner := values.get("owner"):
            owner.check_may_own()
        if "owner" not in values:
            values["owner"] = owner_of_new(cls, by)
        own, custom = parted(on_one_line(cls, values))
        record = cls(created_by_id=by.member_id, **own)
        describe_change(_("%(title)s created") % {"title": record.title})
        record.save(force_insert=True)
        write_custom(record, begun(cls, by) | custom)
        record.created(by=by)
        return record

    @transaction.atomic
    def edit(self, *, by: Actor, seen: int | None = None, **values: Any) -> list[str]:
        """Change fields; returns the names of those that really changed. `seen` is the version that was looked at.

        Raises NotAllowed, Stale when the record was changed since, and Refusal when it was deleted since and for a new
        owner who was deactivated.
        """
        self.demand("change", by=by)
        values = on_one_line(type(self), values)
        current = self.rows().select_for_update(no_key=True).get()
        if (owner := values.get("owner")) and owner.pk != current.owner_id:
            owner.check_may_own()
        if seen is not None:
            current.check_present(by)
            current.check_version(seen)
        if "owner" in values and getattr(values["owner"], "pk", None) != current.owner_id:
            self.demand("assign", by=by)
        describe_change(_("%(title)s changed") % {"title": current.title})
        changed = current.write(values)
        if changed:
            data = {"fields": changed, "values": differences(current, changed, values)}
            data |= told(data, current.custom_changes)
            record_event("changed", [(current, data)], by=by)
        return changed

    def write(self, values: dict[str, Any]) -> list[str]:
        """Write the fields that differ; returns their names. Record types with rows of their own write them as well."""
        changed = {}
        own, custom = parted(values)
        for name, value in own.items():
            wanted = value.pk if isinstance(value, models.Model) else value
            if self.serializable_value(name) != wanted:  # of a key the id, without reading its row
                changed[name] = value
        if changed:
            self.rows().update(**changed)
        self.custom_changes = write_custom(self, custom)
        if self.custom_changes and not changed:
            self.rows().touch()
        return [*changed, *self.custom_changes]

    @transaction.atomic
    def trash(self, *, by: Actor) -> None:
        """Move the record to the trash. Raises NotAllowed."""
        self.demand("delete", by=by)
        describe_change(_("%(title)s deleted") % {"title": self.title})
        self.rows().trash(by=by)

    @transaction.atomic
    def restore(self, *, by: Actor) -> None:
        """Take the record out of the trash. Raises NotAllowed, and Refusal when its external id is in use again."""
        self.demand("delete", by=by)
        describe_change(_("%(title)s restored") % {"title": self.title})
        self.rows().restore(by=by).or_refuse()

    def merge(
        self,
        others: "Iterable[Self]",
        chosen: Mapping[str, int] | None = None,
        *,
        by: Actor,
        seen: Mapping[int, int] = {},
    ) -> None:
        """Make this record and others one; see `records.merging`."""
        from records.merging import merge

        merge(self, others, chosen or {}, by=by, seen=seen)

    @classmethod
    def merge_faults(cls, records: "Sequence[Self]", values: Mapping[str, Any]) -> dict[str, str]:
        """Field -> reason, for values (of keys the ids) that no record which these are merged into can have."""
        return {}

    def check_taking(self, values: Mapping[str, Any], others: "Sequence[Self]", *, by: Actor) -> None:
        """Raises what the verbs would raise, where a merge with others gives it `values` (by column) that they would
        not."""

    @classmethod
    def title_expression(cls) -> Any:
        """What a record is called, for a statement that reads nothing else of it."""
        return models.F("name")

    @transaction.atomic
    def claim(self, *, by: Actor) -> None:
        """Take the record that belongs to nobody. Raises NotAllowed, and Refusal when somebody was faster."""
        self.demand("view", by=by)
        describe_change(_("%(title)s claimed") % {"title": self.title})
        self.rows().claim(by=by).or_refuse()

    def created(self, *, by: Actor) -> None:
        """Describe the creation and put it on the timeline; the last step of every verb that makes a record.

        Who makes a record by hand follows it from then on; what comes in by the thousand, nobody asked to follow.
        """
        describe_change(_("%(title)s created") % {"title": self.title})
        record_event("created", [(self, {})], by=by, at=self.created_at)
        if by.member_id and type(self).follower():
            self.follow(by=by)
