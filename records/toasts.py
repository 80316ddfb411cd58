from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from .models import ChangeSet


def undoable(request: HttpRequest, message: object) -> None:
    """A toast that says what happened, with Undo for the change set of this request; without it when nothing changed."""
    change_set = ChangeSet.current_id()
    tags = f"undo:{reverse('records:undo', args=[change_set])}" if change_set else ""
    messages.success(request, str(message), extra_tags=tags)
