"""What a new workspace is offered: its data from a file, a pipeline that is ready, colleagues.

What is done is seen in the data, so nothing has to be kept but that somebody closed it: a cookie, as for the theme.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.statements import fetch
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .samples import MARK, SampleForm

COOKIE = "welcome"
SECONDS = 365 * 24 * 60 * 60

#: Of a workspace that has begun each is answered by the first row that it meets.
DONE = f"""
    SELECT EXISTS (SELECT FROM transfers_import WHERE workspace_id = %(workspace)s AND state = 'done')
           OR EXISTS (SELECT FROM contacts_contact
                       WHERE workspace_id = %(workspace)s AND deleted_at IS NULL AND external_id NOT LIKE '{MARK}%%')
           OR EXISTS (SELECT FROM organizations_organization
                       WHERE workspace_id = %(workspace)s AND deleted_at IS NULL AND external_id NOT LIKE '{MARK}%%'),
           EXISTS (SELECT FROM deals_deal WHERE workspace_id = %(workspace)s AND deleted_at IS NULL)
           OR (SELECT count(*) FROM deals_pipeline WHERE workspace_id = %(workspace)s) > 1,
           (SELECT count(*) FROM (SELECT FROM workspaces_membership
                                   WHERE workspace_id = %(workspace)s AND is_active LIMIT 2) AS few) > 1"""


class Step(NamedTuple):
    """One of the offers: the right it needs, and whether it was taken up."""

    name: str
    title: str | Promise
    text: str | Promise
    record: str
    done: bool


@dataclass
class Welcome:
    """The offers as a member sees them; without `steps` the member's role allows none of them."""

    membership: Membership
    steps: list[Step]
    #: nobody has put anything in
    is_empty: bool
    form: SampleForm = field(default_factory=SampleForm)

    @classmethod
    def of(cls, request: WorkspaceRequest, form: SampleForm | None = None) -> Self | None:
        """None where all is done or it was closed, and for those who can do nothing about it once work has begun."""
        if COOKIE in request.COOKIES and form is None:
            return None
        shown = cls.of_membership(request.membership)
        if form:
            shown.form = form
        wanted = not all(step.done for step in shown.steps) if shown.steps else shown.is_empty
        return shown if wanted else None

    @classmethod
    def of_membership(cls, membership: Membership) -> Self:
        [(has_records, has_deals, has_colleagues)] = fetch(DONE, {"workspace": membership.workspace_id})
        steps = [
            Step(
                "import",
                _("Bring in your people and organizations"),
                _("From a CSV file, as spreadsheets and other CRMs save it. You see first what will come of it."),
                "transfer",
                has_records,
            ),
            Step(
                "sample",
                _("Start with a ready pipeline"),
                _("Choose the one that is nearest to how you work. One undo takes all of it back."),
                "pipeline",
                has_deals,
            ),
            Step(
                "invite",
                _("Invite a colleague"),
                _("Everybody sees the same people, deals and next steps."),
                "member",
                has_colleagues,
            ),
        ]
        allowed = [step for step in steps if membership.may(step.record, "create")]
        return cls(membership, allowed, is_empty=not (has_records or has_deals))

    @property
    def ways(self) -> list[tuple[str, Any]]:
        """(address, words) of what the member may begin with by hand."""
        ways = (
            ("contact", "contacts:create", _("New person")),
            ("organization", "organizations:create", _("New organization")),
            ("deal", "deals:create", _("New deal")),
        )
        return [(reverse(name), words) for record, name, words in ways if self.membership.may(record, "create")]


def close(response: Any) -> None:
    """Show it no more in this browser, in this workspace."""
    response.set_cookie(COOKIE, "closed", max_age=SECONDS, path=get_script_prefix(), samesite="Lax", httponly=True)
