"""Which parts of a record's page a person keeps folded, for all records of the type.

A cookie of the reader's own, which js/record.js writes when something is folded and the server reads while it draws,
so that nothing moves once the page is there. Without JavaScript everything folds and is open again on the next page.
"""

from workspaces.requests import WorkspaceRequest

SEPARATOR = "."


def cookie_name(request: WorkspaceRequest) -> str:
    """One for each membership, so that two people at one computer keep their own."""
    return f"folds-{request.membership.pk}"


def folds_of(request: WorkspaceRequest, record_name: str) -> frozenset[str]:
    """The names of the groups of facts and of the panels that are folded on pages of a record type."""
    kept = request.COOKIES.get(cookie_name(request), "").split(SEPARATOR)
    start = f"{record_name}-"
    return frozenset(name.removeprefix(start) for name in kept if name.startswith(start))
