"""The organizations above and below one: a walk along the parents, which ends in a loop as well and at a depth."""

from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from workspaces.models import Membership

from .models import Organization

MOST_LEVELS = 12
#: organizations of a tree that are read; a larger group is cut
MOST_IN_TREE = 300

DOWN = f"""
    SELECT below.id, down.depth + 1 FROM organizations_organization AS below JOIN down ON below.parent_id = down.id
     WHERE below.workspace_id = %s AND below.deleted_at IS NULL AND down.depth < {MOST_LEVELS}"""

BELOW = f"""
    WITH RECURSIVE down (id, depth) AS (
        SELECT id, 0 FROM organizations_organization WHERE workspace_id = %s AND id = %s UNION {DOWN})
    SELECT id FROM down"""

TREE = f"""
    WITH RECURSIVE up (id, parent_id, depth) AS (
        SELECT id, parent_id, 0 FROM organizations_organization WHERE workspace_id = %s AND id = %s
        UNION
        SELECT above.id, above.parent_id, up.depth + 1 FROM organizations_organization AS above
          JOIN up ON above.id = up.parent_id WHERE above.workspace_id = %s AND up.depth < {MOST_LEVELS}),
    down (id, depth) AS (
        (SELECT id, 0 FROM up ORDER BY depth DESC LIMIT 1) UNION {DOWN})
    (SELECT id FROM up) UNION (SELECT id FROM down LIMIT {MOST_IN_TREE})"""


@dataclass(frozen=True)
class Branch:
    """An organization in its tree, `depth` levels below the top."""

    organization: Organization
    depth: int


def below(organization: Organization) -> RawSQL:
    """The ids of the organization and of all below it, for `pk__in=below(organization)`."""
    workspace = organization.workspace_id
    return RawSQL(BELOW, [workspace, organization.pk, workspace])  # noqa: S611


def tree_of(organization: Organization, membership: Membership) -> list[Branch]:
    """The whole tree that the organization stands in, from the top down, as far as the member may see it: where one may
    not see an organization, what lies behind it is not found."""
    workspace = organization.workspace_id
    ids = RawSQL(TREE, [workspace, organization.pk, workspace, workspace])  # noqa: S611
    rows = Organization.objects.visible_to(membership).filter(pk__in=ids).order_by("sort_name", "pk")
    found = {each.pk: each for each in rows.only("name", "location", "parent", "workspace")}
    children: dict[int | None, list[Organization]] = {}
    for each in found.values():
        children.setdefault(each.parent_id, []).append(each)
    top, passed = found.get(organization.pk, organization), {organization.pk}
    while top.parent_id in found and top.parent_id not in passed:
        top = found[top.parent_id]
        passed.add(top.pk)
    return _walk(top, children)


def _walk(top: Organization, children: dict[int | None, list[Organization]]) -> list[Branch]:
    """The tree in the order in which it is read; in a loop each once."""
    waiting, passed, branches = [Branch(top, 0)], set(), []
    while waiting:
        branch = waiting.pop()
        if branch.organization.pk not in passed:
            passed.add(branch.organization.pk)
            branches.append(branch)
            below_it = children.get(branch.organization.pk, ())
            waiting += [Branch(each, branch.depth + 1) for each in reversed(below_it)]
    return branches
