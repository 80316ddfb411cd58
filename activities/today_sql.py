"""The statements behind Today. SQL: walks down an index for each owner and span, which Django has no words for.

SEES_… stands for what the reader sees of a row; `Today` says it (`Sight.sql`).
"""

from string import Template

#: rows that a section shows; the rest is in the list
MOST = 25
#: due activities of one owner and span are counted up to here; beyond it says "1,000+"
COUNTED = 1000
#: the badge beside "Today" says "99+" beyond
MOST_DUE = 99

SPANS = "unnest(%(names)s::text[], %(starts)s::timestamptz[], %(ends)s::timestamptz[]) AS span (name, starts, ends)"
#: the open activities of one owner in a span: a range of the index `activity_open`
OPEN = """activities_activity AS open
    WHERE open.workspace_id = %(workspace)s AND open.owner_id = owner.id AND open.done_at IS NULL
      AND open.deleted_at IS NULL AND open.occurred_at >= span.starts AND open.occurred_at < span.ends
      AND SEES_OPEN"""

#: a row for each record that a due activity is about, at least one for each activity
DUE = f"""
    SELECT span.name, activity.id, activity.kind, activity.subject, activity.occurred_at, activity.owner_id,
           member.name, contact.id, btrim(contact.first_name || ' ' || contact.last_name), contact.phone, contact.email,
           deal.id, deal.name, organization.id, organization.name
      FROM {SPANS}
     CROSS JOIN LATERAL (
           SELECT walk.id, walk.occurred_at
             FROM unnest(%(owners)s::bigint[]) AS owner (id)
            CROSS JOIN LATERAL (
                  SELECT open.id, open.occurred_at FROM {OPEN}
                   ORDER BY open.occurred_at, open.id LIMIT {MOST}) AS walk
            ORDER BY walk.occurred_at, walk.id LIMIT {MOST}) AS shown
      JOIN activities_activity AS activity ON activity.workspace_id = %(workspace)s AND activity.id = shown.id
      LEFT JOIN workspaces_membership AS member
             ON member.workspace_id = activity.workspace_id AND member.id = activity.owner_id
      LEFT JOIN activities_activitylink AS link
             ON link.workspace_id = %(workspace)s AND link.activity_id = shown.id
      LEFT JOIN contacts_contact AS contact ON contact.workspace_id = link.workspace_id AND contact.id = link.contact_id
            AND contact.deleted_at IS NULL AND SEES_CONTACT
      LEFT JOIN deals_deal AS deal ON deal.workspace_id = link.workspace_id AND deal.id = link.deal_id
            AND deal.deleted_at IS NULL AND SEES_DEAL
      LEFT JOIN organizations_organization AS organization
             ON organization.workspace_id = link.workspace_id AND organization.id = link.organization_id
            AND organization.deleted_at IS NULL
            AND SEES_ORGANIZATION
     ORDER BY span.starts, shown.occurred_at, shown.id, contact.id, deal.id, organization.id"""

COUNTS = f"""
    SELECT span.name, coalesce(sum(found.many), 0)::int, coalesce(sum(found.calls), 0)::int,
           coalesce(bool_or(found.many >= {COUNTED}), false)
      FROM {SPANS} CROSS JOIN unnest(%(owners)s::bigint[]) AS owner (id)
     CROSS JOIN LATERAL (
           SELECT count(*) AS many, count(*) FILTER (WHERE kind = 'call') AS calls
             FROM (SELECT open.kind FROM {OPEN} LIMIT {COUNTED}) AS few) AS found
     GROUP BY span.name
     UNION ALL
    SELECT 'done', count(*)::int, 0, false FROM activities_activity AS done
     WHERE workspace_id = %(workspace)s AND owner_id = ANY(%(owners)s::bigint[]) AND deleted_at IS NULL
       AND occurred_at >= %(today)s AND occurred_at < %(tomorrow)s AND done_at IS NOT NULL AND kind <> 'note'
       AND SEES_DONE"""

# Open deals that nobody moves: idle for more than the days of their stage, or without a next step. Idle beats that, as
# on cards; what is due today or late is neither. Each is a walk down an index of its own (`deals_pulse_idle`,
# `deals_pulse_stepless`), owner by owner, of 25 rows at most; they are counted up to COUNTED.
PULSE = """unnest(%(sellers)s::bigint[]) AS owner (id)
     CROSS JOIN LATERAL (
           SELECT pulse.record_id, pulse.idle_since, pulse.expected_close, pulse.value
             FROM deals_dealpulse AS pulse
            WHERE pulse.workspace_id = %(workspace)s AND pulse.owner_id = owner.id AND pulse.stage_id IS NOT NULL
              AND SEES_PULSE"""
# No join: the rows would have to be sorted behind it.
IS_IDLE = "pulse.idle_since <= (SELECT idle_before FROM stage WHERE stage.id = pulse.stage_id)"
IDLE = f"""{PULSE}
              AND pulse.idle_since <= (SELECT max(idle_before) FROM stage) AND {IS_IDLE}
              AND (pulse.next_activity_at IS NULL OR pulse.next_activity_at >= %(tomorrow)s)"""
STEPLESS = f"""{PULSE}
              AND pulse.next_activity_at IS NULL AND ({IS_IDLE}) IS NOT TRUE"""
FIRST = {
    "idle": (IDLE, "idle_since, record_id"),
    "stepless": (STEPLESS, "expected_close, value DESC NULLS LAST, record_id"),
}
PLACES = " UNION ALL ".join(
    f"""(
    SELECT '{risk}' AS risk, record_id, idle_since, row_number() OVER (ORDER BY {order}) AS place,
           (SELECT count(*) FROM (SELECT FROM {rows} LIMIT {COUNTED}) AS pulse LIMIT {COUNTED}) AS few) AS many
      FROM {rows} ORDER BY {order} LIMIT {MOST}) AS pulse ORDER BY {order} LIMIT {MOST})"""
    for risk, (rows, order) in FIRST.items()
)
DEALS = f"""
    WITH stage AS MATERIALIZED (
        SELECT id, name, %(now)s - make_interval(days => idle_days + 1) AS idle_before
          FROM deals_stage WHERE workspace_id = %(workspace)s)
    SELECT risk, many, deal.id, deal.name, deal.value, deal.currency, stage.name, organization.id, organization.name,
           deal.owner_id, member.name, deal.expected_close, extract(day FROM %(now)s - found.idle_since)::int
      FROM ({PLACES}) AS found
      JOIN deals_deal AS deal ON deal.workspace_id = %(workspace)s AND deal.id = found.record_id
      JOIN stage ON stage.id = deal.stage_id
      LEFT JOIN organizations_organization AS organization
             ON organization.workspace_id = deal.workspace_id AND organization.id = deal.organization_id
            AND organization.deleted_at IS NULL
            AND SEES_ORGANIZATION
      LEFT JOIN workspaces_membership AS member
             ON member.workspace_id = deal.workspace_id AND member.id = deal.owner_id
     ORDER BY found.place"""

# What is due and how much news is unread: both stand on every page, so one statement asks for them.
BADGES = Template(f"""
    SELECT (SELECT count(*) FROM (
        SELECT FROM activities_activity
         WHERE workspace_id = %(workspace)s AND owner_id = %(owner)s AND done_at IS NULL AND deleted_at IS NULL
           AND occurred_at < %(tomorrow)s LIMIT {MOST_DUE + 1}) AS due),
    (SELECT count(*) FROM ($unread LIMIT {MOST_DUE + 1}) AS news)""")
