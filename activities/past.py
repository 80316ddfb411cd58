"""How stood what triggers derive from activities: the copies on their links, and the pulse of each record."""

from core.past import SCHEMA
from records.models import Pulse
from workspaces.past import stand_in, then

from .models import Activity, ActivityLink

ACTIVITIES, LINKS = (f"{SCHEMA}.{model._meta.db_table}" for model in (Activity, ActivityLink))

#: the moment of the nearest activity of a state; the same as the triggers keep (migration 0101_pulse)
NEAREST = (
    f"(SELECT link.occurred_at FROM {LINKS} AS link WHERE link.workspace_id = live.workspace_id"
    " AND link.{subject}_id = live.record_id AND link.state = '{state}'"
    " ORDER BY link.occurred_at{direction} LIMIT 1)"
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
        subject = pulse._meta.get_field("record").related_model.record_name  # type: ignore[union-attr]
        others = [f.column for f in pulse._meta.local_fields if f.name not in ("last_activity_at", "next_activity_at")]
        last = NEAREST.format(subject=subject, state="done", direction=" DESC")
        following = NEAREST.format(subject=subject, state="open", direction="")
        columns = ", ".join(f"live.{column}" for column in others)
        sql = (
            f"SELECT {columns}, {last} AS last_activity_at, {following} AS next_activity_at FROM public.{table} AS live"
        )
        stand_in(table, sql)
