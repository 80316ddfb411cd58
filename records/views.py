from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.redirects import back
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .models import ChangeSet
from .toasts import undoable


@require_POST
@needs("history", "undo")
def undo(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Take a change set back and say what went back and what could not; the undo can be undone in turn."""
    change_set = get_object_or_404(ChangeSet, pk=pk)
    result = change_set.undo(by=request.membership.actor)
    if result.total:
        undoable(request, _("Undone: %(what)s") % {"what": change_set})
    else:
        messages.info(request, _("Nothing to undo: it was undone or changed since."))
    for reason, count in result.skipped.items():
        words = ngettext(
            "%(count)s row stayed as it is: %(reason)s", "%(count)s rows stayed as they are: %(reason)s", count
        )
        messages.warning(request, words % {"count": count, "reason": reason})
    return back(request)
