"""The floor: a bare Django view that renders as many rows from a list in memory, by the same server."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path

ROWS = [
    {"name": f"Priya Raman {n}", "title": "Head of operations", "email": f"p{n}@example.com", "phone": "020 7946 0311"}
    for n in range(50)
]
TEMPLATE = Engine().from_string(
    "<!doctype html><title>Floor</title><table>{% for row in rows %}<tr><th><a href='/{{ forloop.counter }}/'>"
    "{{ row.name }}</a></th><td>{{ row.title }}</td><td>{{ row.email }}</td><td>{{ row.phone }}</td>"
    "<td>{{ row.title }}</td><td>{{ row.email }}</td></tr>{% endfor %}</table>"
)


def rows(request):
    return HttpResponse(TEMPLATE.render(Context({"rows": ROWS})))


settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="bench", ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[])
django.setup()
urlpatterns = [path("", rows)]
application = WSGIHandler()
