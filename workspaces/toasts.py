"""What a page says after it has done something. Undo lies above this room; records fill in where it is done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

#: gives the address that takes back what this request changed, '' when it changed nothing
undo_path: Callable[[], str] = str


def done(request: HttpRequest, message: object, *, redo: bool = False) -> None:
    """A toast that says what happened, with an Undo button where there is something to undo, called Redo on demand."""
    path = undo_path()
    messages.success(request, str(message), extra_tags=f"{'redo' if redo else 'undo'}:{path}" if path else "")
