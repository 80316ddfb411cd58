from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from .models import Membership, User, Workspace


class WorkspaceRequest(HttpRequest):
    """A request below /w/<slug>/ as its views see it, for annotations: the middlewares set these."""

    workspace: "Workspace"
    membership: "Membership"
    user: "User"
    htmx: HtmxDetails


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in, outside the workspaces."""

    user: "User"
