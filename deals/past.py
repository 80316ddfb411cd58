"""Where cards stood on the board: ranks are no part of history."""

from workspaces.past import then

from .models import Deal

TABLE = Deal._meta.db_table


def shown_in_past() -> None:
    """A card that is still in its stage keeps its place; what has left since stands on top, the last one first."""
    then(
        TABLE,
        {
            "rank": "CASE WHEN card.stage_now = row.stage_id THEN card.rank_now"
            " ELSE '!' || lpad((1e11::bigint - extract(epoch FROM row.stage_since)::bigint)::text, 12, '0')"
            ' END COLLATE "C"'
        },
        "LEFT JOIN (SELECT workspace_id AS of_workspace, id AS of_deal, stage_id AS stage_now, rank AS rank_now"
        f" FROM public.{TABLE}) AS card ON card.of_workspace = row.workspace_id AND card.of_deal = row.id",
    )
