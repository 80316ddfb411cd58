from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from records.models import Record, Refusal
from workspaces.changes import describe_change
from workspaces.models import Membership
from workspaces.rights import Actor
from workspaces.tenancy import ExclusionRule, WorkspaceForeignKey
from workspaces.tracking import tracked

from .activity import Activity
from .subject import SUBJECTS, OnRecord, on

#: notes that are pinned to one record
MOST_PINNED = 20


def _once(subject: str) -> ExclusionRule:
    column = f"{subject}_id"
    return ExclusionRule(
        name=f"activities_pin_{subject}_once",
        columns=["workspace_id", column, "activity_id"],
        where=f"{column} IS NOT NULL",
    )


@tracked
class Pin(OnRecord):
    """A note that is kept on top of the timeline of a record, by whom and since when."""

    part_of = "activity"

    activity = WorkspaceForeignKey(Activity, models.DB_CASCADE, related_name="pins")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = WorkspaceForeignKey(Membership, models.DB_SET_NULL, null=True, related_name="+", db_index=False)

    class Meta(OnRecord.Meta):
        constraints: ClassVar = [*OnRecord.Meta.constraints, *map(_once, SUBJECTS)]

    @classmethod
    @transaction.atomic
    def put(cls, note: Activity, record: Record, *, by: Actor) -> None:
        """Pin a note to a record. Raises NotAllowed, and Refusal for what is no note, or stands elsewhere."""
        note.demand("change", by=by)
        if note.kind != "note":
            raise Refusal(_("Only notes are pinned."))
        if not cls.stands_on(note, record):
            raise Refusal(_("The note is not on the timeline of %(title)s.") % {"title": record.title})
        record.rows().locked()  # two who pin at once pin a note once, and no more than fit
        pins = cls.objects.filter(**on(record))
        if pins.filter(activity=note).exists():
            return
        if pins.count() >= MOST_PINNED:
            raise Refusal(_("%(count)d notes are pinned here already. Unpin one first.") % {"count": MOST_PINNED})
        describe_change(_("Note pinned"))
        cls.objects.create(activity=note, created_by_id=by.member_id, **on(record))

    @staticmethod
    def stands_on(note: Activity, record: Record) -> bool:
        """Is the note on the timeline of the record: about it, or about a deal or a person that goes with it?"""
        through = Q(**{record.record_name: record.pk})
        if record.record_name == "contact":
            through |= Q(deal__contact_links__contact=record.pk, deal__deleted_at=None)
        elif record.record_name == "organization":
            through |= Q(deal__organization=record.pk, deal__deleted_at=None)
            through |= Q(contact__positions__organization=record.pk, contact__deleted_at=None)
        return note.links.filter(through).exists()

    @classmethod
    def drop_strays(cls, note: Activity) -> None:
        """Unpin a note from where it stands no more."""
        pins = note.pins.select_related(*SUBJECTS)
        strays = [pin.pk for pin in pins if not cls.stands_on(note, pin.record)]
        if strays:
            cls.objects.filter(pk__in=strays).delete()

    @classmethod
    @transaction.atomic
    def take_off(cls, note: Activity, record: Record, *, by: Actor) -> None:
        """Raises NotAllowed."""
        note.demand("change", by=by)
        describe_change(_("Note unpinned"))
        cls.objects.filter(activity=note, **on(record)).delete()
