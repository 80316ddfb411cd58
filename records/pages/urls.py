from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.urls import URLPattern, path

from workspaces.doors import needs

from . import files, tags, views
from .page import RecordPage


def page_urls(page_class: type[RecordPage]) -> list[URLPattern]:
    """The addresses of a record type's pages, for the `urls.py` of its room."""
    page = page_class()
    name = page.model.record_name

    def to(view: Callable[..., HttpResponse], action: str, record: str = name) -> Callable[..., HttpResponse]:
        return needs(record, action)(partial(view, page))

    return [
        path("new/", to(views.create, "create"), name="create"),
        path("pick/", to(views.pick, "view"), name="pick"),
        path("<int:pk>/", to(views.detail, "view"), name="detail"),
        path("<int:pk>/edit/", to(views.edit, "change"), name="edit"),
        path("<int:pk>/trash/", to(views.trash, "delete"), name="trash"),
        path("<int:pk>/restore/", to(views.restore, "delete"), name="restore"),
        path("<int:pk>/panels/<slug:panel>/", to(views.panel, "view"), name="panel"),
        path("<int:pk>/tags/", to(tags.tags, "change"), name="tags"),
        path("<int:pk>/files/", to(files.upload, "create", "attachment"), name="files"),
        path("<int:pk>/files/<int:file>/", to(files.download, "view", "attachment"), name="file"),
        path("<int:pk>/files/<int:file>/delete/", to(files.delete, "delete", "attachment"), name="file_delete"),
    ]
