"""Noting who reads what: a few microseconds of the page, and no statement."""

import atexit
import ipaddress
import os
import threading
from collections.abc import Callable, Sequence
from functools import wraps
from time import monotonic
from typing import Any

from allauth.account.adapter import get_adapter
from django.db import models
from django.http import HttpResponseBase
from django.utils import timezone

from records.models.reading import Note
from workspaces.requests import WorkspaceRequest

from .buffer import Buffer, add

OK = 200


class Lately:
    """What was noted by this process in the last minutes, so that a page which is opened again is not noted again."""

    def __init__(self, *, seconds: float = 600, most: int = 5_000):
        self.seconds, self.most = seconds, most
        self.noted: dict[int, float] = {}
        self.lock = threading.Lock()

    def is_new(self, *what: Any) -> bool:
        """Was this not noted lately? It counts as noted from here on."""
        key, now = hash(what), monotonic()
        with self.lock:
            if now - self.noted.get(key, -self.seconds) < self.seconds:
                return False
            self.noted.pop(key, None)
            self.noted[key] = now
            if len(self.noted) > self.most:
                del self.noted[next(iter(self.noted))]  # the oldest: what is noted anew goes to the end
        return True


BUFFER, LATELY = Buffer(), Lately()
atexit.register(BUFFER.empty)
os.register_at_fork(after_in_child=BUFFER.reset)


def note(request: WorkspaceRequest, way: str, model: type[models.Model], ids: Sequence[int]) -> None:
    """Remember that the member was shown these records. The row is written a moment later by a thread of its own; where
    too much waits for that already, at once by this one."""
    workspace, member, table = request.workspace, request.membership, model._meta.db_table
    if request.method == "HEAD":  # which shows nothing
        return
    if not ids or not workspace.trail_days or not LATELY.is_new(member.pk, way, table, *ids):
        return
    noted = Note(member.pk, way, table, ids, timezone.now(), ip_of(request))
    if not BUFFER.put(workspace.pk, noted):
        add(workspace.pk, [noted])


def ip_of(request: WorkspaceRequest) -> str | None:
    """Where the member reads from, as the database takes it: without the zone of a link-local address, None for what is
    no address."""
    address = get_adapter().get_client_ip(request).partition("%")[0]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


def note_listed(request: WorkspaceRequest, model: type[models.Model], ids: Sequence[int]) -> None:
    """The member was shown these rows of a list, cards of a board or finds of a search."""
    note(request, "listed", model, ids)


def note_compared(request: WorkspaceRequest, model: type[models.Model], ids: Sequence[int]) -> None:
    """The member was shown these records side by side, with all their fields: it has opened each of them."""
    note(request, "opened", model, ids)


def note_exported(request: WorkspaceRequest, model: type[models.Model], ids: Sequence[int]) -> None:
    """The member took these records along in a file."""
    note(request, "exported", model, ids)


def opens(request: WorkspaceRequest, model: type[models.Model], pk: int) -> None:
    """The member was shown all of a record, or took a file of it along."""
    note(request, "opened", model, [pk])


def note_opened(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For a view that answers with a page of a record, whoever asks for it: a header makes no part of a page. A view
    that answers htmx with a part says `opens` itself where it does not."""

    @wraps(view)
    def answer(page: Any, request: WorkspaceRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(page, request, pk, *args, **kwargs)
        if request.method == "GET" and response.status_code == OK:
            opens(request, page.model, pk)
        return response

    return answer
