"""What no page takes is turned away before anything is done with it."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

from transfers import reading

MEGABYTE = 1024 * 1024
#: bytes of a body; what surrounds the fields or the file in it is below a megabyte
LARGEST_FORM = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + MEGABYTE
LARGEST_UPLOAD = reading.MAX_BYTES + MEGABYTE

_TAKES_FILES = re.compile(r"/w/[^/]+/(?:transfers/new|[a-z]+/\d+/files|activities/compose/[a-z]+/\d+)/")


class LimitMiddleware:
    """413 for a body larger than its page takes, by the length it says, before a byte of it is read; 400 for the
    character NUL, which no text in the database can hold. A body without a length is not read at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = LARGEST_UPLOAD if _TAKES_FILES.fullmatch(request.path_info) else LARGEST_FORM
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 18 or int(length) > limit:
            return HttpResponse("Too large.", content_type="text/plain", status=413)
        if "\0" in request.path_info or holds_nul(request.GET):
            return HttpResponseBadRequest()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """What a form says is looked at here, where it has been read."""
        return HttpResponseBadRequest() if request.method == "POST" and holds_nul(request.POST) else None


def holds_nul(data: Any) -> bool:
    return any("\0" in text for name, values in data.lists() for text in (name, *values))
