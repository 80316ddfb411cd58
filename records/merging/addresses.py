"""The address of a record that was merged leads to the one that stays, while that stands."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from records.models import Merged
from workspaces.requests import WorkspaceRequest

if TYPE_CHECKING:
    from records.pages import RecordPage

View = Callable[..., HttpResponseBase]


def after_merges(page: "RecordPage", view: View) -> View:
    """The view; where it finds no record and one of that id was merged, the same page of the other.

    For now and not for ever (302): a merge can be undone.
    """

    @wraps(view)
    def follow(request: WorkspaceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            asked = "pk" in kwargs and request.method in ("GET", "HEAD")
            master = Merged.successor(page.model, kwargs["pk"]) if asked else None
            if not master or not page.model.objects.visible_to(request.membership).filter(pk=master).exists():
                raise
        assert request.resolver_match  # noqa: S101 - it was found by its address
        path = reverse(request.resolver_match.view_name, kwargs=kwargs | {"pk": master})
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{path}?{query}" if query else path)

    return follow
