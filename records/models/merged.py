"""What was said of records of one type that may be the same: that one was merged into another, or that two are not."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel
from workspaces.tracking import tracked

if TYPE_CHECKING:
    from .record import Record


@tracked
class Merged(WorkspaceModel):
    """The record with the id `record` lies in the trash since it was merged into `master`; both are rows of `table`.

    Triggers carry along what has no history: when this row comes, the timeline moves to the master (`events` keeps
    which links) and who followed the record follows the master too (`followers` keeps the rows that were made); when it
    goes, that is taken back. So the undo of a merge, and its redo, need to know nothing of either.
    The ids are no foreign keys: an old address leads to the master after the record was deleted for good.
    """

    record_name = "duplicate"
    owned_by = "merged_by"

    table = models.CharField(max_length=63, db_column="record_table")
    record = models.BigIntegerField(db_column="record_id")
    master = models.BigIntegerField(db_column="master_id")
    events = ArrayField(models.BigIntegerField(), default=list)
    followers = ArrayField(models.BigIntegerField(), default=list)
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "table", "record"],
                name="records_merged_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]
        # What was merged into a record: its readers, and who is erased with it.
        indexes: ClassVar = [models.Index(fields=["workspace", "table", "master"], name="records_merged_master")]

    @classmethod
    def successor(cls, model: type[models.Model], pk: int) -> int | None:
        """Id of the record that a merged one became part of, through later merges; None for one that was not merged."""
        table, passed = model._meta.db_table, {pk}
        found = None
        while master := cls.objects.filter(table=table, record=pk).values_list("master", flat=True).first():
            if master in passed:
                break
            passed.add(master)
            found = pk = master
        return found


@tracked
class Distinct(WorkspaceModel):
    """Two records of `table` look alike and are not the same: somebody said so. `one` is the lower id."""

    record_name = "duplicate"
    owned_by = "said_by"

    table = models.CharField(max_length=63, db_column="record_table")
    one = models.BigIntegerField(db_column="one_id")
    other = models.BigIntegerField(db_column="other_id")
    said_at = models.DateTimeField(default=timezone.now)
    said_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("distinct pair")
        verbose_name_plural = _("distinct pairs")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "table", "one", "other"],
                name="records_distinct_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(name="records_distinct_in_order", condition=models.Q(one__lt=models.F("other"))),
        ]

    @classmethod
    def say(cls, one: "Record", other: "Record", *, by: Actor) -> None:
        """Remember that they are not the same. Raises NotAllowed."""
        if by.membership is not None and not by.membership.may("duplicate", "create"):
            raise NotAllowed(gettext("Your role does not allow this."))
        one, other = sorted((one, other), key=lambda record: record.pk)
        one.demand("change", by=by)
        other.demand("change", by=by)
        describe_change(gettext("%(one)s and %(other)s are not the same") % {"one": one.title, "other": other.title})
        pair = {"table": one._meta.db_table, "one": one.pk, "other": other.pk}
        cls.objects.get_or_create(**pair, defaults={"said_by_id": by.member_id})
