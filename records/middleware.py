from django.http import HttpResponse
from django.shortcuts import render

from .models import Refusal


class RefusalMiddleware:
    """Turn a refusal of the domain into a message and a 4xx answer: an alert piece for htmx, else a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        template = "records/refused.html#alert" if request.htmx else "records/refused.html"
        return render(request, template, {"message": str(exception)}, status=exception.status)
