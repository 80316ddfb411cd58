"""Deletion for good: by an admin who typed the name, or by the job that empties the trash."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from records.listing import LISTINGS
from records.models import Attachment, ChangeSet, EventLink, NotAllowed, RecordQuerySet, change_set, describe_change
from workspaces.jobs import Job, speaking_to
from workspaces.models import Workspace
from workspaces.rights import SYSTEM, Actor
from workspaces.tracking import history_of

#: rows of one transaction
BATCH = 500


@transaction.atomic
def delete_for_good(rows: RecordQuerySet, *, by: Actor, label: str) -> int:
    """Delete rows that lie in the trash, with their parts, their timeline and their files; returns how many.

    Their history stays and says what they were; see docs/decisions. Raises NotAllowed.
    """
    if by.membership and not by.membership.may("trash", "delete"):
        raise NotAllowed(_("Only owners and admins delete for good."))
    model: Any = rows.model
    locked = rows.filter(deleted_at__isnull=False).order_by("pk").select_for_update(of=("self",))
    ids = list(locked.values_list("pk", flat=True))
    if not ids:
        return 0
    describe_change(label)
    files = files_of(model, ids)
    forget_events(model, ids)
    gone = model.objects.filter(pk__in=ids).order_by()
    gone._raw_delete(gone.db)
    ChangeSet.mark_final()
    remove_later(files)
    return len(ids)


def files_of(model: Any, ids: list[int]) -> list[str]:
    """Where the files lie that these records have, or had at last: removed ones were kept for the undo alone, and those
    that a merge moved are another record's now."""
    versions = history_of(model._meta.get_field("files").related_model)._base_manager.order_by()
    ever = versions.filter(record_id__in=ids).values("pgh_obj_id")
    newest = versions.filter(pgh_obj_id__in=ever).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    own = [pk for pk, record_id in newest.values_list("pgh_obj_id", "record_id") if record_id in ids]
    return list(versions.filter(pgh_obj_id__in=own).values_list("file", flat=True).distinct())


def remove_later(files: Iterable[str]) -> None:
    """Take files out of the store once the transaction stands; never one that a row names that is still there."""
    left = set(files)
    for model in apps.get_models():
        if issubclass(model, Attachment):
            left.difference_update(model._base_manager.filter(file__in=left).values_list("file", flat=True))
    transaction.on_commit(lambda: remove(left))


def remove(files: Iterable[str]) -> None:
    """Take files out of the private store; one that is gone already is no fault."""
    for name in files:
        default_storage.delete(name)


def forget_events(model: Any, ids: list[int]) -> None:
    """What happened to these records alone is on nobody's timeline any more."""
    own = model._meta.get_field("event_links").related_model
    others = " UNION ALL ".join(
        f"SELECT FROM {links._meta.db_table} AS other WHERE other.event_id = gone.event_id"
        + " AND NOT other.record_id = ANY (%(ids)s)" * (links is own)
        for links in apps.get_models()
        if issubclass(links, EventLink)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {own._meta.db_table} WHERE record_id = ANY (%(ids)s) RETURNING event_id)"
            f" DELETE FROM records_event WHERE id IN (SELECT event_id FROM gone WHERE NOT EXISTS ({others}))",
            {"ids": ids},
        )


def due(model: Any, now: dt.datetime) -> RecordQuerySet:
    """Rows that have lain in the trash for as long as the workspace wants."""
    days = Workspace.objects.values_list("trash_days", flat=True).get()
    return model.objects.filter(deleted_at__lt=now - dt.timedelta(days=days)).order_by("pk")


def empty(job: Job) -> None:
    """Delete for good what is due, batch by batch, each of them a change set that says so."""
    with job.transaction():
        workspace = Workspace.objects.get(pk=job.workspace_id)
    with speaking_to(None, workspace):
        for listing in LISTINGS.values():
            while empty_batch(job, listing.model):
                job.stop_if_asked()


def empty_batch(job: Job, model: Any) -> int:
    with job.transaction(), change_set(source="job"):
        label = _("Trash emptied: %(kind)s") % {"kind": capfirst(model._meta.verbose_name_plural)}
        rows = due(model, timezone.now())
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        return delete_for_good(model.objects.filter(pk__in=ids), by=SYSTEM, label=label)
