"""The job of deals: their worth where the workspace takes another currency."""

from django.utils import translation

from records.models import change_set
from workspaces.jobs import RETRY, workspace_job
from workspaces.models import Workspace

from .models import Deal
from .models.settling import settle, valued_in


@workspace_job(retry=RETRY)
def settle_all() -> None:
    """Work out what closed deals are worth in the currency that the workspace has now."""
    workspace = Workspace.current()
    with translation.override(workspace.language):
        label = valued_in(workspace.currency)
    with change_set(label):
        settle(Deal.objects.all())


def settle_later(workspace: Workspace) -> None:
    """Queue it: there may be a hundred thousand of them."""
    settle_all.defer(workspace_id=workspace.pk)
