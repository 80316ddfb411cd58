"""Who owns a new record when nobody says: one rule a record type, kept with the workspace.

A rule is a word: "creator" (also where none is written), "nobody", "member 7", or "team 3" for the members of a team by
turns. Whoever left gets nothing: a record that would be theirs belongs to nobody, and anybody may claim it.
"""

from collections.abc import Mapping

from workspaces.models import Membership, Team, Workspace
from workspaces.rights import Actor
from workspaces.tenancy import WorkspaceModel

from .turn import Turn


def parse(rule: str) -> tuple[str, int]:
    """ "team 3" as ("team", 3); a rule without an id has 0."""
    way, _space, pk = rule.partition(" ")
    return way, int(pk or 0)


def rule_of(workspace: Workspace, record: str) -> tuple[str, int]:
    return parse(workspace.owner_rules.get(record, "creator"))


def rules_for(by: Actor) -> Mapping[str, str]:
    """The rules of the workspace in which somebody acts."""
    if by.membership:
        return by.membership.workspace.owner_rules
    return Workspace.objects.values_list("owner_rules", flat=True).get()


def owner_of_new(record: type[WorkspaceModel], by: Actor) -> Membership | None:
    """The owner of a new record of a type that the actor makes; of a team it takes the next member's turn."""
    way, pk = parse(rules_for(by).get(record.record_name, "creator"))
    if way == "creator":
        return by.membership
    if way == "team":
        team = Team.objects.filter(pk=pk).first()
        drawn = Turn.draw(team, record.record_name) if team else []
        way, pk = ("member", drawn[0]) if drawn else ("nobody", 0)
    return Membership.objects.active().filter(pk=pk).first() if way == "member" else None


def usual_owner(record: str, member: Membership) -> int | None:
    """The owner that a form of a new record begins with; None for nobody, and where a team takes turns."""
    way, pk = rule_of(member.workspace, record)
    return member.pk if way == "creator" else pk if way == "member" else None


def team_in_turn(record: str, workspace: Workspace) -> Team | None:
    """The team whose members get new records of a type by turns."""
    way, pk = rule_of(workspace, record)
    return Team.objects.filter(pk=pk).first() if way == "team" else None
