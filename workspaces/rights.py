"""Who may do what: one mapping (role x record x action -> none / own / team / all) that every door reads.

Pages, bulk actions, imports, admin and jobs ask `Membership.scope()` or `.may()`; tests are generated from RIGHTS. An
action or record that is missing here is refused for everybody.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from .models import Membership

Scope = Literal["none", "own", "team", "all"]
Rights = dict[str, Scope]

ROLES = {
    "owner": pgettext_lazy("role", "Owner"),
    "admin": pgettext_lazy("role", "Admin"),
    "manager": pgettext_lazy("role", "Manager"),
    "rep": pgettext_lazy("role", "Rep"),
    "viewer": pgettext_lazy("role", "Viewer"),
}
#: highest first; nobody changes what is above the own role
RANK = {role: len(ROLES) - place for place, role in enumerate(ROLES)}

RECORDS = ("organization", "contact", "deal", "activity")
SCOPES: tuple[Scope, ...] = ("none", "own", "team", "all")
#: whose records of a kind a role sees the workspace says; of an activity that says what it is about
SHOWN = tuple(record for record in RECORDS if record != "activity")
#: whose sight a workspace may narrow: those who answer for its data see all of it
NARROWED = ("manager", "rep", "viewer")

_VIEWER: Rights = {"view": "all"}
_WRITER: Rights = _VIEWER | {"create": "all", "change": "all"}
#: "assign", to give a record to another owner, reaches as far as "delete": else one would take it first. What belongs
#: to nobody may be taken by whoever may change it. "weigh": to say how likely a deal is, against its stage; "override":
#: to let a deal past the rules of its stage, with a reason
_REP: Rights = _WRITER | {"assign": "own", "delete": "own", "export": "none", "bulk": "own"}
_MANAGER: Rights = _WRITER | {"assign": "team", "delete": "team", "export": "all", "bulk": "all", "weigh": "team"}
_ALL: Rights = _WRITER | dict.fromkeys(("assign", "delete", "export", "bulk", "weigh", "override"), "all")

#: what belongs to the workspace's set-up, kept by owners and admins
SETUP = (
    *("pipeline", "stage", "close_reason", "rate", "role", "source", "tag", "tie_type", "custom_field", "team"),
    "member",
)
_SETUP_ADMIN: Rights = {"view": "all", "create": "all", "change": "all", "delete": "all"}
#: members are deactivated, never deleted: their work stays theirs
_MEMBERS: Rights = {"view": "all", "create": "all", "change": "all"}

#: whoever may change two records may say that they are not the same, and take it back
_DUPLICATES: Rights = {"create": "all", "delete": "all"}
#: who sees what is private to others, and whose records one may make private or name people on
_KEEPS_PRIVATE: Rights = {"view": "all", "change": "all"}
_OWN_PRIVATE: Rights = {"change": "own"}

#: "share": with a team or everybody; "default": which view opens first, "all" for everybody. What is private to others
#: nobody sees
_VIEWS: Rights = {"view": "all", "create": "all", "change": "all", "delete": "all", "share": "all", "default": "all"}
_VIEWS_OF_TEAM: Rights = _VIEWS | {"change": "team", "delete": "team", "default": "own"}
_VIEWS_OWN: Rights = _VIEWS | {"change": "own", "delete": "own", "default": "own"}
_VIEWS_UNSHARED: Rights = _VIEWS_OWN | {"share": "none"}
#: what is to be won in a month
_GOALS: Rights = {"view": "all", "create": "all", "change": "all", "delete": "all"}
#: whoever may change one of two records, and sees the other, says what they are to each other
_TIES: Rights = {"create": "all", "change": "all", "delete": "all"}


def _rights(record_rights: Rights, setup: Rights, **extra: Rights) -> dict[str, Rights]:
    return dict.fromkeys(RECORDS, record_rights) | dict.fromkeys(SETUP, setup) | extra


RIGHTS: dict[str, dict[str, Rights]] = {
    "owner": _rights(
        _ALL,
        _SETUP_ADMIN,
        member=_MEMBERS,
        workspace={"view": "all", "change": "all", "delete": "all", "admin": "all"},
        transfer={"view": "all", "create": "all"},
        attachment=_ALL,
        duplicate=_DUPLICATES,
        saved_view=_VIEWS,
        group=_VIEWS,
        tie=_TIES,
        history={"view": "all", "undo": "all"},
        trash={"view": "all", "delete": "all"},
        erasure={"view": "all", "create": "all"},
        trail={"view": "all"},
        hand_over={"create": "all"},
        goal=_GOALS,
        private=_KEEPS_PRIVATE,
    ),
    "admin": _rights(
        _ALL,
        _SETUP_ADMIN,
        member=_MEMBERS,
        workspace={"view": "all", "change": "all", "admin": "all"},
        transfer={"view": "all", "create": "all"},
        attachment=_ALL,
        duplicate=_DUPLICATES,
        saved_view=_VIEWS,
        group=_VIEWS,
        tie=_TIES,
        history={"view": "all", "undo": "all"},
        trash={"view": "all", "delete": "all"},
        erasure={"view": "all", "create": "all"},
        trail={"view": "all"},
        hand_over={"create": "all"},
        goal=_GOALS,
        private=_KEEPS_PRIVATE,
    ),
    "manager": _rights(
        _MANAGER,
        {"view": "all"},
        workspace={"view": "all"},
        transfer={"view": "all", "create": "all"},
        attachment=_ALL,
        duplicate=_DUPLICATES,
        saved_view=_VIEWS_OF_TEAM,
        group=_VIEWS_OF_TEAM,
        tie=_TIES,
        history={"view": "team", "undo": "team"},
        hand_over={"create": "team"},
        goal=_GOALS,
        trash={"view": "team"},
        private=_OWN_PRIVATE,
    ),
    "rep": _rights(
        _REP,
        {"view": "all"},
        workspace={"view": "all"},
        transfer={"view": "own", "create": "none"},
        attachment={"view": "all", "create": "all", "delete": "own"},
        duplicate=_DUPLICATES,
        saved_view=_VIEWS_OWN,
        group=_VIEWS_OWN,
        tie=_TIES,
        history={"view": "own", "undo": "own"},
        trash={"view": "own"},
        goal={"view": "own"},
        private=_OWN_PRIVATE,
    ),
    "viewer": _rights(
        _VIEWER,
        {"view": "all"},
        workspace={"view": "all"},
        attachment={"view": "all"},
        saved_view=_VIEWS_UNSHARED,
        group={"view": "all"},
        goal={"view": "own"},
        history={"undo": "own"},
    ),
}


def narrower(one: Scope, other: Scope) -> Scope:
    """The one of two scopes that reaches less far."""
    return min(one, other, key=SCOPES.index)


def scope_of(role: str, record: str, action: str) -> Scope:
    """Whose rows of `record` the role may do `action` to; what the mapping doesn't name is refused."""
    return RIGHTS.get(role, {}).get(record, {}).get(action, "none")


@dataclass(frozen=True)
class Actor:
    """Who acts (`by=`): a member, or the system, a rule, an API key, a portal's contact under its own name."""

    kind: Literal["member", "system", "rule", "api", "portal"]
    label: str
    member_id: int | None = None
    membership: "Membership | None" = field(default=None, compare=False, repr=False)


SYSTEM = Actor(kind="system", label="Rapport")
