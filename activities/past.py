"""How stood what triggers derive from activities: the copies on their links, and the pulse of each record."""

from typing import Any

from core.past import SCHEMA
from records.models import Pulse
from workspaces.past import is_newest, stand_in, then
from workspaces.tracking import history_of

from .models import Activity, ActivityLink
from .models.subject import SUBJECTS

ACTIVITIES = f"{SCHEMA}.{Activity._meta.db_table}"
LINKS = history_of(ActivityLink)._meta.db_table

#: the moment of a record's nearest activity of a state; the same as the triggers keep (migration 0101_pulse). OFFSET
#: keeps the planner from beginning with all activities of the workspace.
NEAREST = (
    f"(SELECT activity.occurred_at FROM (SELECT version.workspace_id, version.activity_id"
    f" FROM public.{LINKS} AS version WHERE version.workspace_id = live.workspace_id"
    f" AND version.{{subject}}_id = live.record_id AND {is_newest(LINKS)} OFFSET 0) AS link"
    f" JOIN {ACTIVITIES} AS activity"
    " ON activity.workspace_id = link.workspace_id AND activity.id = link.activity_id"
    " WHERE public.activities_state(activity.done_at, activity.deleted_at) = '{state}'"
    " ORDER BY activity.occurred_at{direction} LIMIT 1)"
)


def shown_in_past() -> None:
    then(
        ActivityLink._meta.db_table,
        {
            "occurred_at": "activity.occurred_at",
            "kind": "activity.kind",
            "state": "public.activities_state(activity.done_at, activity.deleted_at)",
        },
        f"JOIN {ACTIVITIES} AS activity ON activity.workspace_id = row.workspace_id AND activity.id = row.activity_id",
    )
    for pulse in Pulse.__subclasses__():
        table = pulse._meta.db_table
        record: Any = pulse._meta.get_field("record")  # type: ignore[misc]
        others = [f.column for f in pulse._meta.local_fields if f.name not in ("last_activity_at", "next_activity_at")]
        subject = record.related_model.record_name
        if subject not in SUBJECTS:
            continue
        last = NEAREST.format(subject=subject, state="done", direction=" DESC")
        following = NEAREST.format(subject=subject, state="open", direction="")
        columns = ", ".join(f"live.{column}" for column in others)
        sql = (
            f"SELECT {columns}, {last} AS last_activity_at, {following} AS next_activity_at FROM public.{table} AS live"
        )
        stand_in(table, sql)
