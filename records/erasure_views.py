"""The pages of erasure by law: whom, the typed confirmation, and the report."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.redirects import SeeOther
from workspaces.doors import needs
from workspaces.requests import WorkspaceRequest

from .erasing import erasable, erase, known, title_of
from .history.telling import telling
from .models import Erasure, Merged
from .pages.page import PAGES
from .trash.views import DeletionForm

RECENT = 100


class ErasureForm(DeletionForm):
    """The same caution as for a deletion for good."""

    words = gettext_lazy("Type %(words)s to erase")


@needs("erasure", "view")
@require_GET
def erasures(request: WorkspaceRequest) -> HttpResponse:
    """Who was erased, without names; and the search for somebody who shall be."""
    text = request.GET.get("q", "").strip()
    kinds = [name for name, page in PAGES.items() if page.erasable]
    found = [(kind, pk, title) for kind in kinds for pk, title in known(kind, text)] if text else []
    context = {"erasures": Erasure.objects.all()[:RECENT], "text": text, "found": found}
    return render(request, "records/erasures.html", context)


@needs("erasure", "create")
@require_http_methods(["GET", "POST"])
def erasing(request: WorkspaceRequest, kind: str, pk: int) -> HttpResponse:
    """Erase one record by law, after its name was typed; one that was merged goes with what it became part of."""
    if master := erasable(kind) and Merged.successor(erasable(kind), pk):
        return redirect("records:erasing", kind, master)
    title = title_of(kind, pk) if erasable(kind) else ""
    if not title:
        raise Http404
    form = ErasureForm(request.POST if request.method == "POST" else None, wanted=title)
    if form.is_valid():
        erasure = erase(kind, pk, by=request.membership.actor)
        messages.success(request, _("Erased."))
        return SeeOther(erasure.get_absolute_url())
    context = {"kind": kind, "pk": pk, "title": title, "form": form}
    return render(request, "records/erasing.html", context, status=422 if form.is_bound else 200)


@needs("erasure", "view")
@require_GET
def erasure(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """What was erased: how many rows of what."""
    found = get_object_or_404(Erasure.objects.select_related("member"), pk=pk)
    context = {"erasure": found, "deleted": in_words(found.deleted), "redacted": in_words(found.redacted)}
    return render(request, "records/erasure.html", context)


def in_words(counts: dict[str, int]) -> list[tuple[str, int, int]]:
    """(what, rows, versions in the history), in the order of the tables; those of one name in one line."""
    rows: Counter[str] = Counter()
    versions: Counter[str] = Counter()
    for table, count in sorted(counts.items()):
        of = versions if table.endswith("version") else rows
        of[words_of(table.removesuffix("version"))] += count
    return [(what, rows[what], versions[what]) for what in {**rows, **versions}]


def words_of(table: str) -> str:
    model: Any = next((model for model in apps.get_models() if model._meta.db_table == table), None)
    if model is None:
        return table
    label = telling(model).label if "verbose_name_plural" not in model._meta.original_attrs else ""
    return capfirst(str(label or model._meta.verbose_name_plural))
