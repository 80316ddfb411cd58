"""The page of the filter builder of every list; with htmx its form alone."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from workspaces.doors import needs, shows_past
from workspaces.requests import WorkspaceRequest

from .address import Address
from .builder import Builder
from .listing import Listing
from .terms import Terms


def where_view(listing: type[Listing], *, to: str = "list", name: str = "where") -> Callable[..., HttpResponseBase]:
    """The builder as it is after each step; when it is applied, on to the list, or the page called `to`.

    `name` is that of its own address. Both are of the records' room unless they say of which.
    """
    to, name = (one if ":" in one else f"{listing.model.namespace}:{one}" for one in (to, name))

    @shows_past
    @needs(listing.model.record_name, "view")
    @require_GET
    def build(request: WorkspaceRequest) -> HttpResponse:
        terms, url = Terms(listing.of(request.workspace), request.membership), reverse(name)
        builder = Builder.sent(terms, request.GET, url)
        path, address = reverse(to), Address(QueryDict(request.GET.get("query", "")))
        if request.GET.get("do") == "apply" and builder.is_done():
            found = builder.tree.dumps()
            url = path + (address.link(where=found) if found else address.link(["where"]))
            return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
        template = "records/builder.html" if request.htmx else "records/where.html"
        return render(request, template, {"builder": builder, "title": listing.title(), "back": path + address.link()})

    return build
