from django.http import HttpRequest
from django.urls import reverse

from workspaces.toasts import done

from .models import ChangeSet


def undo_path() -> str:
    """The address that takes back what this request changed; '' when it changed nothing."""
    change_set = ChangeSet.current_id()
    return reverse("records:undo", args=[change_set]) if change_set else ""


def undoable(request: HttpRequest, message: object, *, redo: bool = False) -> None:
    """A toast that says what happened, with Undo for the change set of this request if it changed anything; where that
    is an undo itself the button says Redo."""
    done(request, message, redo=redo)
