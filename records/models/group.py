"""Groups: lists of records that are kept by hand."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspaces.changes import describe_change
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

from .queryset import Outcome, RecordQuerySet, insert_select
from .shared import Shared


@tracked
class Group(Shared):
    """Records of one kind that somebody put together."""

    record_name = "group"
    always_now = False

    class Meta(Shared.Meta):
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        indexes: ClassVar = [models.Index(fields=["workspace", "kind", "place"], name="records_group_list")]

    # --- verbs --------------------------------------------------------------------------------------------------------
    @classmethod
    def named(cls, kind: str, name: str, *, by: Actor) -> "Group":
        """The actor's own group of this name, a new one where there is none. Raises NotAllowed."""
        mine = cls.objects.filter(kind=kind, name=name, owner=by.member_id)
        return mine.first() or cls.make(kind, name, by=by)

    def take_in(self, rows: RecordQuerySet, *, by: Actor) -> Outcome:
        """Put the rows into the group; `done` counts those that are in it now. Raises NotAllowed."""
        self.demand("change", by=by)
        rows, outcome = rows.pass_gate("view", by=by)  # a group changes nothing of what is in it
        describe_change(gettext("Added to the group %(group)s") % {"group": self.name})
        insert_select(
            link_of(rows.model),
            rows.exclude(group_links__group=self),
            {"workspace": F("workspace_id"), "record": F("pk"), "group": Value(self.pk)},
        )
        outcome.done = rows.count()
        return outcome

    def take_out(self, rows: RecordQuerySet, *, by: Actor) -> Outcome:
        """Take the rows out of the group; `done` counts those that were in it. Raises NotAllowed."""
        self.demand("change", by=by)
        rows, outcome = rows.pass_gate("view", by=by)  # a group changes nothing of what is in it
        describe_change(gettext("Taken out of the group %(group)s") % {"group": self.name})
        links = link_of(rows.model)._default_manager.filter(group=self, record__in=rows.order_by())
        outcome.done = links._raw_delete(links.db) or 0
        return outcome


class GroupLink(WorkspaceModel):
    """A record in a group; each record type declares its own: `record = WorkspaceForeignKey(…)`."""

    part_of = "record"

    group = WorkspaceForeignKey(Group, models.DB_CASCADE, related_name="%(class)s_set")

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "record", "group"],
                name="%(class)s_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]


def link_of(model: Any) -> Any:
    """The model that puts records of this type into groups; None for types without groups."""
    relation = next((one for one in model._meta.related_objects if one.name == "group_links"), None)
    return relation and relation.related_model
