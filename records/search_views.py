from django.http import HttpResponse
from django.shortcuts import render

from workspaces.doors import members_only
from workspaces.requests import WorkspaceRequest

from .search import is_short, search

#: of each kind: on the page, and in the list that follows the typing
ON_PAGE, IN_LIST = 20, 5


@members_only
def everywhere(request: WorkspaceRequest) -> HttpResponse:
    """What `?q=` finds among all records that the member may see: a page, or the list below the search field."""
    text = request.GET.get("q", "").strip()
    in_list = request.htmx and not request.htmx.history_restore_request
    found = [] if is_short(text) else search(text, request.membership, limit=IN_LIST if in_list else ON_PAGE)
    context = {"search_query": text, "is_short": is_short(text), "found": found}
    return render(request, "records/search.html#found" if in_list else "records/search.html", context)
