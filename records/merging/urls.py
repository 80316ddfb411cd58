from functools import partial

from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from records.duplicates import FINDERS
from records.pages import PAGES, RecordPage
from workspaces.doors import needs

from . import views


def merge_urls(page_class: type[RecordPage]) -> list[URLPattern]:
    """The addresses where records of a type are merged and, where they can be found, its duplicates; for the `urls.py`
    of its room, below `page_urls`."""
    name = page_class.model.record_name
    page = PAGES[name]
    to_merge = needs(name, "change")(require_http_methods(["GET", "HEAD", "POST"])(partial(views.merge, page)))
    urls = [path("merge/", to_merge, name="merge")]
    if name not in FINDERS:
        return urls
    duplicates = needs(name, "change")(require_GET(partial(views.duplicates, page)))
    distinct = needs("duplicate", "create")(require_POST(partial(views.distinct, page)))
    alike = needs(name, "create")(require_POST(partial(views.alike, page)))
    return [
        *urls,
        path("duplicates/", duplicates, name="duplicates"),
        path("duplicates/<int:one>/<int:other>/distinct/", distinct, name="distinct"),
        path("alike/", alike, name="alike"),
    ]
