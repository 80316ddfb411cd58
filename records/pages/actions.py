"""What can be done with a record of any type: its page and the palette offer it."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from records.models import Record
from records.panels import EVERY, Action
from workspaces.requests import WorkspaceRequest

from .page import PAGES


def edit(request: WorkspaceRequest, record: Record) -> str:
    return record.url_of("edit") if record.allows("change", request.membership) else ""


def follow(request: WorkspaceRequest, record: Record) -> str:
    return record.url_of("follow") if getattr(record, "is_followed", None) is False else ""


def unfollow(request: WorkspaceRequest, record: Record) -> str:
    return record.url_of("unfollow") if getattr(record, "is_followed", None) else ""


def change_owner(request: WorkspaceRequest, record: Record) -> str:
    page = PAGES[record.record_name]
    fact = next((fact for fact in page.facts if "owner" in fact.edits), None)
    if fact is None or not record.allows("change", request.membership):
        return ""
    return record.url_of("fact", fact.name) if page.may_edit(fact, record, request.membership) else ""


def add_tag(request: WorkspaceRequest, record: Record) -> str:
    return record.url_of("tags") if record.allows("change", request.membership) else ""


def merge(request: WorkspaceRequest, record: Record) -> str:
    try:
        path = reverse(f"{record.namespace}:merge")
    except NoReverseMatch:  # a type without such a page
        return ""
    return f"{path}?ids={record.pk}" if record.allows("change", request.membership) else ""


def delete(request: WorkspaceRequest, record: Record) -> str:
    return record.url_of("trash") if record.allows("delete", request.membership) else ""


EVERY += [
    Action(_("Edit"), "pencil", edit, order=60, key="e", place="menu", keeps_list=True),
    Action(_("Follow"), "star", follow, order=61, key="s", place="elsewhere", posts=True),
    Action(_("Stop following"), "star", unfollow, order=61, key="s", place="elsewhere", posts=True),
    Action(_("Change owner"), "user", change_owner, order=62, place="elsewhere"),
    Action(_("Add tag"), "tag", add_tag, order=63, place="elsewhere"),
    Action(_("Find duplicates, merge"), "square-2-stack", merge, order=80, place="menu"),
    Action(_("Delete"), "trash", delete, order=90, place="menu", posts=True, danger=True),
]
