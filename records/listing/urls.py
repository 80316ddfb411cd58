from django.urls import URLPattern, path

from .listing import Listing
from .views import bulk_view, list_view
from .where_view import where_view


def list_urls(listing: type[Listing]) -> list[URLPattern]:
    """The addresses of a list, for the URLconf of its room: the list, its filter builder, its bulk actions."""
    return [
        path("", list_view(listing), name="list"),
        path("filter/", where_view(listing), name="where"),
        path("bulk/", bulk_view(listing), name="bulk"),
    ]
