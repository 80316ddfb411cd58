"""What can be done with the record on whose page one stands, for the palette. The page's address tells which it is."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve

from core.redirects import asked_on
from core.text import fold, words_of
from records import panels
from records.models import Record
from records.pages import PAGES, RecordPage
from workspaces.requests import WorkspaceRequest


class Offers(NamedTuple):
    """The record at hand with what the reader can do with it."""

    record: Record
    actions: list[panels.ShownAction]
    #: a name begins with what was typed: that is more likely meant than a record that is called so
    leads: bool = False


def offers_here(request: WorkspaceRequest, text: str) -> Offers | None:
    """What the reader can do with the record at hand and has all words of a text in its name; None on other pages."""
    page, pk = page_at(path_of(request))
    if page is None:
        return None
    record = next(iter(page.by_id(id=pk)), None)
    if record is None or not record.allows("view", request.membership):
        return None
    page.read_asides(record, request.membership)
    shown = panels.actions(request, record)
    known = {one.url for one in shown}
    shown += [one for one in panels.additions(request, record) if one.url not in known]
    words = words_of(text)
    found = [one for one in shown if all(word in fold(str(one.action.label)) for word in words)]
    return Offers(record, found, bool(words) and any(begins(str(one.action.label), words) for one in found))


def begins(name: str, words: list[str]) -> bool:
    """Does each of the words begin one of the name?"""
    return all(any(part.startswith(word) for part in words_of(name)) for word in words)


def path_of(request: WorkspaceRequest) -> str:
    """The path of the page on which the palette was opened, or from which one searched."""
    if request.htmx:
        return asked_on(request).partition("?")[0]
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return ""
    return came.path if came.netloc == request.get_host() else ""


def page_at(path: str) -> tuple[RecordPage | None, int]:
    """The declared page of the record that an address is about, and the id."""
    prefix = get_script_prefix()
    if not path.startswith(prefix):
        return None, 0
    try:
        match = resolve(f"/{path.removeprefix(prefix)}", settings.WORKSPACE_URLCONF)
    except Resolver404:
        return None, 0
    pages = {page.model.namespace: page for page in PAGES.values()}
    return pages.get(match.namespace) if match.url_name == "detail" else None, match.kwargs.get("pk", 0)
