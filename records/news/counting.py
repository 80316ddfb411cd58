"""How much news is unread: of what may still be told, as the page of notifications shows it."""

from core.statements import fetch
from workspaces.models import Membership

from .sources import record_types

#: as many of the newest unread notices are looked at: those whose record is hidden or gone wait there to be counted as
#: read, which the page does when it meets them
LOOKED_AT = 500


def unread_sql(membership: Membership) -> str:
    """SQL over %(workspace)s and %(owner)s: a row for each unread notice of the member that can be told now.

    A scalar question per row: hashed, the planner would read the tables to their ends.
    """
    told = " ".join(
        f"WHEN '{name}' THEN (SELECT TRUE FROM {model._meta.db_table} AS record"
        f" WHERE record.workspace_id = %(workspace)s AND record.id = notice.first AND record.deleted_at IS NULL"
        f" AND {model.sight(membership).sql('record')})"
        for name, model in record_types().items()
    )
    return (
        "SELECT FROM (SELECT about, first FROM records_notice WHERE workspace_id = %(workspace)s"
        f" AND member_id = %(owner)s AND read_at IS NULL ORDER BY id DESC LIMIT {LOOKED_AT}) AS notice"
        f" WHERE CASE notice.about {told} END"
    )


def unread(membership: Membership) -> int:
    """How many there are."""
    values = {"workspace": membership.workspace_id, "owner": membership.pk}
    [(count,)] = fetch(f"SELECT count(*) FROM ({unread_sql(membership)}) AS news", values)
    return count
