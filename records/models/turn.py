"""Whose turn it is: new records that go round the members of a team."""

from typing import ClassVar

from django.db import connection, models

from workspaces.models import Membership, Team
from workspaces.tenancy import WorkspaceForeignKey, WorkspaceModel

# Whoever comes second waits for the row, and reads it as the first one left it.
LOCK = """
INSERT INTO records_turn AS turn (workspace_id, team_id, record, last) VALUES (%s, %s, %s, 0)
ON CONFLICT (workspace_id, team_id, record) DO UPDATE SET last = turn.last RETURNING last
"""


class Turn(WorkspaceModel):
    """Who got the last record of a kind in a team. Not tracked: it follows the records, and no undo turns it back."""

    team = WorkspaceForeignKey(Team, models.DB_CASCADE, related_name="+", db_index=False)
    record = models.CharField(max_length=40)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "team", "record"], name="records_turn_once")
        ]

    def __str__(self):
        return f"{self.record}: {self.last}"

    @classmethod
    def draw(cls, team: Team, record: str, count: int = 1) -> list[int]:
        """The members whose turn the next `count` records of a kind are; those who left are passed over. Empty where
        the team has no active member. Held until the transaction ends, so that two at once don't meet in one turn."""
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [team.workspace_id, team.pk, record])
            (last,) = cursor.fetchone()
        members = sorted(Membership.objects.active().filter(team=team).values_list("pk", flat=True))
        if not members:
            return []
        behind = [pk for pk in members if pk > last] + [pk for pk in members if pk <= last]
        drawn = [behind[place % len(behind)] for place in range(count)]
        if drawn:
            cls._default_manager.filter(team=team, record=record).update(last=drawn[-1])
        return drawn
