"""How a view says who may enter. Every address declares it; the URLconf test fails for one that does not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from .requests import WorkspaceRequest

View = Callable[..., HttpResponseBase]


def needs(record: str, action: str) -> Callable[[View], View]:
    """The view is for members whose role may do `action` to some rows of `record`; others get 403.

    Which rows is the view's business: `Deal.objects.visible_to(membership, action)`; a row outside answers 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: WorkspaceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.membership.may(record, action):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.door = (record, action)  # type: ignore[attr-defined]
        return guarded

    return decorate


def shows_past(view: View) -> View:
    """The page can be shown as of a past moment: it changes nothing, and all that it reads has a history."""
    view.shows_past = True  # type: ignore[attr-defined]
    return view


def members_only(view: View) -> View:
    """The view is for every member of the workspace, whatever the role (own profile, switching)."""
    view.door = "member"  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """The view is for everybody, signed in or not."""
    view.door = "public"  # type: ignore[attr-defined]
    return view
