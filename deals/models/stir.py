from typing import ClassVar

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models.expressions import RawSQL

from core.statements import fetch
from workspaces.tenancy import WorkspaceModel

#: more deals than this are not followed one by one
MOST_STIRRED = 100

_signer = Signer(salt="deals.stir")

#: what the statement that it stands in can see
SNAPSHOT = RawSQL("pg_current_snapshot()::text", (), output_field=models.TextField())

# What this statement sees and the one before did not: exactly that, whatever was being written meanwhile, which no time
# and no counter tells. A number above all that this server has given out came with the data from another one.
RECENT = """
    SELECT {deal} AS deal_id, stirred FROM {table}
     WHERE stirred >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
       AND NOT pg_visible_in_snapshot(stirred::text::xid8, %(seen)s::pg_snapshot)
       AND pg_visible_in_snapshot(stirred::text::xid8, pg_current_snapshot())"""
STIRRED = f"""
    SELECT deal_id, pg_current_snapshot()::text
      FROM ({RECENT.format(deal="deal_id", table="deals_stir")}
            UNION ALL {RECENT.format(deal="record_id", table="deals_dealpulse")}) AS recent
     GROUP BY deal_id ORDER BY max(stirred) DESC LIMIT %(most)s"""


class Stir(WorkspaceModel):
    """Which transaction last wrote a deal, its rank included; kept by triggers, for boards that follow what happens.

    Pulses keep theirs themselves: who plans a next step does not hold the deal, and would wait here for who does.

    The row outlives its deal, so that a board learns that the deal is gone. Derived: not tracked.
    """

    deal_id = models.BigIntegerField()
    #: xid8, which grows for as long as the server lives
    stirred = models.BigIntegerField()

    row_level_security: ClassVar = {"grants": "SELECT, INSERT, UPDATE"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "stirred"], name="deals_stir_recent")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["workspace", "deal_id"], name="deals_stir_once")]

    @staticmethod
    def word(snapshot: str) -> str:
        """A snapshot, read with SNAPSHOT, as `since` takes it back from an address."""
        return _signer.sign(snapshot)

    @staticmethod
    def since(word: str) -> "tuple[list[int], str] | None":
        """The deals written, or their pulses, since `word` was given, MOST_STIRRED + 1 at most, and the word of now. None: nonsense."""
        try:
            seen = _signer.unsign(word)
        except BadSignature:
            return None
        rows = fetch(STIRRED, {"seen": seen, "most": MOST_STIRRED + 1})
        return [pk for pk, _snapshot in rows], _signer.sign(rows[0][1]) if rows else word
