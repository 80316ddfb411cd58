"""What one request, job or import changed, as one thing that can be shown and undone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.db import connection, models, transaction
from django.db.models import Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.addresses import address
from core.tenancy import set_local
from workspaces.models import Membership
from workspaces.rights import SYSTEM, Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel


class ChangeSetQuerySet(models.QuerySet["ChangeSet"]):
    def visible_to(self, membership: Membership, action: str = "view") -> Self:
        """The one door: one's own changes, those of one's teams, or all, as the rights say."""
        members = membership.reachable_owner_ids(membership.scope("history", action))
        return self if members is None else self.filter(member_id__in=members)


class ChangeSet(WorkspaceModel):
    """Who changed something, from where, when. The database writes the row at the first change of a transaction that
    has `app.change_meta` set (see the function `records_change_set()`); a request that changes nothing leaves none.
    """

    actor_kind = models.CharField(max_length=10)
    actor = models.CharField(max_length=120)
    member = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)
    label = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=20)
    address = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200, blank=True)
    undoes = WorkspaceForeignKey("self", models.DB_SET_NULL, null=True, related_name="undone_by")
    #: what went out of the house with it (a letter, a call of another system): no undo brings that back
    outward = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    #: deleted for good: what it did is never undone
    final = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()

    row_level_security = {"grants": "SELECT, INSERT, UPDATE (label), UPDATE (outward), UPDATE (final)"}

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = [
            models.Index(fields=["workspace", "-id"], name="records_changeset_recent"),
            models.Index(fields=["workspace", "member", "-id"], name="records_changeset_member"),
        ]

    objects: ClassVar = ChangeSetQuerySet.as_manager()

    def __str__(self):
        return self.label or self.path or gettext("Change")

    def get_absolute_url(self) -> str:
        return address("records:change", self.pk)

    @classmethod
    def current_id(cls) -> int | None:
        """Id of the change set of this transaction, None while nothing has changed."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT nullif(current_setting('app.change_set', true), '')::bigint")
            return cursor.fetchone()[0]

    @classmethod
    def current(cls) -> "ChangeSet | None":
        current_id = cls.current_id()
        return cls.objects.get(pk=current_id) if current_id else None

    @property
    def is_undo(self) -> bool:
        """Does it take something back? The undo of an undo does the thing again."""
        return self.undoes is not None and not self.undoes.is_undo

    @property
    def origin(self) -> "ChangeSet":
        """What was done first, before it was undone and redone."""
        return self.undoes.origin if self.undoes else self

    @property
    def way_back(self) -> str:
        """What taking it back is called: undone and redone take turns, whatever lies before them."""
        words = {"what": self.origin}
        return gettext("Redone: %(what)s") % words if self.is_undo else gettext("Undone: %(what)s") % words

    def within_reach_of(self, membership: Membership) -> bool:
        """May the member undo it? Own changes, those of one's teams, or all, as the rights say."""
        reachable = membership.reachable_owner_ids(membership.scope("history", "undo"))
        return reachable is None or self.member_id in reachable

    def undo(self, *, by: Actor, **options: Any):
        """Take back what this change set did; see `records.undo`."""
        from records.undo import undo

        return undo(self, by=by, **options)

    @classmethod
    def mark_final(cls) -> None:
        """What this transaction has deleted can't be brought back."""
        if current_id := cls.current_id():
            cls.objects.filter(pk=current_id).update(final=True)


@contextmanager
def change_set(
    label: object = "", *, by: Actor = SYSTEM, source: str = "job", resume: int | None = None
) -> Iterator[None]:
    """Gather the changes of a block outside a web request (a job, an import's batch) under one change set.

    The workspace's scope is open. `resume` goes on with a change set of an earlier transaction: the batches of one
    import are one change.
    """
    before = current_settings()
    meta = {"actor_kind": by.kind, "actor_id": by.member_id, "actor": by.label, "source": source, "label": str(label)}
    with transaction.atomic():  # which takes the settings back where the block raises
        set_local(change_meta=json.dumps(meta), change_set=resume)
        yield
        if not connection.needs_rollback:
            set_local(**before)


def current_settings() -> dict[str, str]:
    """The change set's settings as they are in force, to be put back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.change_meta', true), current_setting('app.change_set', true)")
        meta, current = cursor.fetchone()
    return {"change_meta": meta or "", "change_set": current or ""}
