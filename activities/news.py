"""What activities have to tell: who is mentioned, what is written about a record that somebody follows, whose a task is
now."""

from collections import defaultdict
from collections.abc import Iterable
from string import Template

from core.statements import fetch
from records.models import ChangeSet
from records.news.sources import MOST, Found, Place, followed_types, given, values_of
from workspaces.tracking import history_of

from .models import Activity, ActivityLink, Mention
from .models.subject import SUBJECTS

ACTIVITIES, LINKS, MENTIONS = (history_of(model)._meta.db_table for model in (Activity, ActivityLink, Mention))
IDS = ", ".join(f"link.{subject}_id" for subject in SUBJECTS)
PLACE = " ".join(f"WHEN link.{subject}_id IS NOT NULL THEN '{subject}'" for subject in SUBJECTS)

# A mention whose name alone changed is removed and made anew: nobody is called twice.
MENTIONED = f"""
    SELECT mention.member_id, mention.activity_id, link.place, link.record
      FROM {MENTIONS} AS mention LEFT JOIN LATERAL (
           SELECT CASE {PLACE} END AS place, coalesce({IDS}) AS record
             FROM activities_activitylink AS link
            WHERE link.workspace_id = mention.workspace_id AND link.activity_id = mention.activity_id
            ORDER BY link.id LIMIT 1) AS link ON TRUE
     WHERE mention.workspace_id = %(workspace)s AND mention.change_set_id = %(change_set)s
       AND mention.pgh_label = 'insert' AND NOT EXISTS (
           SELECT FROM {MENTIONS} AS before
            WHERE before.workspace_id = mention.workspace_id AND before.change_set_id = mention.change_set_id
              AND before.pgh_label = 'delete' AND before.activity_id = mention.activity_id
              AND before.member_id = mention.member_id)"""
WRITTEN = Template(f"""
    SELECT follower.member_id, link.activity_id, '$subject', link.${{subject}}_id
      FROM {LINKS} AS link
      JOIN {ACTIVITIES} AS activity ON activity.workspace_id = link.workspace_id
       AND activity.change_set_id = link.change_set_id AND activity.pgh_obj_id = link.activity_id
       AND activity.pgh_label = 'insert'
      JOIN $followers AS follower ON follower.workspace_id = link.workspace_id
       AND follower.record_id = link.${{subject}}_id AND follower.since <= %(at)s
     WHERE link.workspace_id = %(workspace)s AND link.change_set_id = %(change_set)s AND link.pgh_label = 'insert'
     LIMIT {MOST}""")


def found(kind: str, sql: str, change_set: ChangeSet) -> Iterable[Found]:
    """What a statement finds: member, activity, and the record on whose timeline it stands."""
    ids: dict[int, dict[int, Place | None]] = defaultdict(dict)
    for member_id, activity_id, place, record in fetch(sql, values_of(change_set)):
        ids[member_id].setdefault(activity_id, (place, record) if record else None)
    return [Found(kind, member_id, Activity.record_name, of_member) for member_id, of_member in ids.items()]


def of_mentions(change_set: ChangeSet) -> Iterable[Found]:
    return found("mention", MENTIONED, change_set)


def of_timelines(change_set: ChangeSet) -> Iterable[Found]:
    for name, model in followed_types().items():
        if name in SUBJECTS:
            sql = WRITTEN.substitute(subject=name, followers=model.follower()._meta.db_table)
            yield from found("activity", sql, change_set)


def of_tasks(change_set: ChangeSet) -> Iterable[Found]:
    """What is still to be done; what was done is nobody's to do."""
    return given(Activity, change_set, "after.done_at IS NULL AND after.deleted_at IS NULL")
