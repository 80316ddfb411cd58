"""The statements behind Today. SQL: walks down an index for each owner and span, which Django has no words for."""

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
      AND open.deleted_at IS NULL AND open.occurred_at >= span.starts AND open.occurred_at < span.ends"""

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
            AND contact.deleted_at IS NULL AND (%(contact)s::bigint[] IS NULL OR contact.owner_id = ANY(%(contact)s))
      LEFT JOIN deals_deal AS deal ON deal.workspace_id = link.workspace_id AND deal.id = link.deal_id
            AND deal.deleted_at IS NULL AND (%(deal)s::bigint[] IS NULL OR deal.owner_id = ANY(%(deal)s))
      LEFT JOIN organizations_organization AS organization
             ON organization.workspace_id = link.workspace_id AND organization.id = link.organization_id
            AND organization.deleted_at IS NULL
            AND (%(organization)s::bigint[] IS NULL OR organization.owner_id = ANY(%(organization)s))
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
    SELECT 'done', count(*)::int, 0, false FROM activities_activity
     WHERE workspace_id = %(workspace)s AND owner_id = ANY(%(owners)s::bigint[]) AND deleted_at IS NULL
       AND occurred_at >= %(today)s AND occurred_at < %(tomorrow)s AND done_at IS NOT NULL AND kind <> 'note'"""

#: Open deals that nobody moves. Idle beats "no next step", as on cards; what is due today or late is neither.
DEALS = f"""
    WITH judged AS (
        SELECT deal.workspace_id, deal.id, deal.name, deal.value, deal.currency, deal.organization_id, deal.owner_id,
               deal.expected_close, stage.name AS stage,
               %(now)s - greatest(deal.stage_since, pulse.last_activity_at) AS idle,
               CASE WHEN (pulse.next_activity_at IS NULL OR pulse.next_activity_at >= %(tomorrow)s)
                     AND greatest(deal.stage_since, pulse.last_activity_at)
                         <= %(now)s - make_interval(days => stage.idle_days + 1) THEN 'idle'
                    WHEN pulse.next_activity_at IS NULL THEN 'stepless' END AS risk
          FROM deals_deal AS deal
          JOIN deals_stage AS stage ON stage.workspace_id = deal.workspace_id AND stage.id = deal.stage_id
          JOIN deals_dealpulse AS pulse ON pulse.workspace_id = deal.workspace_id AND pulse.record_id = deal.id
         WHERE deal.workspace_id = %(workspace)s AND deal.owner_id = ANY(%(owners)s::bigint[])
           AND deal.status = 'open' AND deal.deleted_at IS NULL
           AND (%(deal)s::bigint[] IS NULL OR deal.owner_id = ANY(%(deal)s))),
    placed AS (
        SELECT *, count(*) OVER (PARTITION BY risk) AS many,
               row_number() OVER (PARTITION BY risk ORDER BY CASE risk WHEN 'idle' THEN -extract(epoch FROM idle) END,
                                  expected_close, value DESC NULLS LAST, id) AS place
          FROM judged WHERE risk IS NOT NULL)
    SELECT risk, many, placed.id, placed.name, value, placed.currency, stage, organization.id, organization.name,
           placed.owner_id, member.name, expected_close, extract(day FROM idle)::int
      FROM placed
      LEFT JOIN organizations_organization AS organization
             ON organization.workspace_id = placed.workspace_id AND organization.id = placed.organization_id
            AND organization.deleted_at IS NULL
            AND (%(organization)s::bigint[] IS NULL OR organization.owner_id = ANY(%(organization)s))
      LEFT JOIN workspaces_membership AS member
             ON member.workspace_id = placed.workspace_id AND member.id = placed.owner_id
     WHERE place <= {MOST} ORDER BY place"""

BADGE = f"""
    SELECT count(*) FROM (
        SELECT FROM activities_activity
         WHERE workspace_id = %(workspace)s AND owner_id = %(owner)s AND done_at IS NULL AND deleted_at IS NULL
           AND occurred_at < %(tomorrow)s LIMIT {MOST_DUE + 1}) AS due"""
