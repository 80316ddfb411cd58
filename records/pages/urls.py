from collections.abc import Callable, Sequence
from functools import partial

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from records.merging.addresses import after_merges
from records.owners.views import claim
from records.trail.panel import readers
from workspaces.doors import needs, shows_past

from . import editing, files, following, history, tags, views
from .page import PAGES, RecordPage

READ = ("GET", "HEAD")
WRITE = ("POST",)


def page_urls(page_class: type[RecordPage]) -> list[URLPattern]:
    """The addresses of a record type's pages, for the `urls.py` of its room."""
    page = page_class()
    name = page.model.record_name
    PAGES[name] = page

    def to(view: Callable[..., HttpResponseBase], methods: Sequence[str], action: str, record: str = name):
        return needs(record, action)(require_http_methods(methods)(after_merges(page, partial(view, page))))

    followed = [
        path("<int:pk>/follow/", to(following.follow, WRITE, "view"), name="follow"),
        path("<int:pk>/unfollow/", to(following.unfollow, WRITE, "view"), name="unfollow"),
    ]
    return [
        path("new/", to(views.create, READ + WRITE, "create"), name="create"),
        path("pick/", to(views.pick, READ, "view"), name="pick"),
        path("<int:pk>/", shows_past(to(views.detail, READ, "view")), name="detail"),
        path("<int:pk>/edit/", to(views.edit, READ + WRITE, "change"), name="edit"),
        path("<int:pk>/facts/<slug:fact>/", to(editing.fact, READ + WRITE, "change"), name="fact"),
        path("<int:pk>/trash/", to(views.trash, WRITE, "delete"), name="trash"),
        path("<int:pk>/restore/", to(views.restore, WRITE, "delete"), name="restore"),
        path("<int:pk>/panels/<slug:panel>/", shows_past(to(views.panel, READ, "view")), name="panel"),
        path("<int:pk>/history/", to(history.history, READ, "view"), name="history"),
        path("<int:pk>/history/value/", to(history.restore_value, WRITE, "change"), name="restore_value"),
        path("<int:pk>/readers/", to(readers, READ, "view", "trail"), name="readers"),
        path("<int:pk>/tags/", to(tags.tags, READ + WRITE, "change"), name="tags"),
        path("<int:pk>/files/", to(files.upload, WRITE, "create", "attachment"), name="files"),
        path("<int:pk>/files/<int:file>/", to(files.download, READ, "view", "attachment"), name="file"),
        path("<int:pk>/files/<int:file>/delete/", to(files.delete, WRITE, "delete", "attachment"), name="file_delete"),
        path("<int:pk>/claim/", to(claim, WRITE, "change"), name="claim"),
        *(followed if page.model.follower() else ()),
    ]
