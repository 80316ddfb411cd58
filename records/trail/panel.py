"""Who read a record: the panel on its page, and the page behind it, for owners and admins."""

from typing import Any

from django import forms
from django.db.models import Func
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.numbers import number
from records.models import Reading
from records.models.reading import WAYS
from records.panels import Panel, register
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest
from workspaces.rights import RECORDS

#: readings in the panel, and on a page
FEW, PAGE = 5, 50


class ReadersForm(forms.Form):
    """What the readings are narrowed down to."""

    member = forms.ModelChoiceField(
        Membership.objects.none(), label=_("Member"), required=False, empty_label=_("Anybody")
    )
    way = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("Any way")), *WAYS.items()])

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        members: Any = self.fields["member"]
        members.queryset = Membership.objects.order_by(Func("name", function="records_sort_key"), "pk")


def may_see(request: WorkspaceRequest, record: Any) -> bool:
    return request.membership.may("trail", "view")


def latest(request: WorkspaceRequest, record: Any) -> dict[str, Any]:
    found = list(Reading.objects.of(record, most=FEW + 1))
    return {"readings": found[:FEW], "more": len(found) > FEW}


def readers(page: Any, request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Who read a record, how and when, newest first; `?member=` and `?way=` narrow that down."""
    record = page.find(request, pk)
    form = ReadersForm(request.GET)
    form.is_valid()  # what cannot be read narrows nothing down
    wanted = {"member": form.cleaned_data.get("member"), "way": form.cleaned_data.get("way", "")}
    before = number(request.GET.get("before", ""))
    found = list(Reading.objects.of(record, before=before, most=PAGE + 1, **wanted))
    params = request.GET.copy()
    params["before"] = str(found[PAGE - 1].pk) if len(found) > PAGE else ""
    context = {
        "record": record,
        "crumbs": [*page.crumbs(record)],
        "form": form,
        "is_filtered": any(wanted.values()),
        "readings": found[:PAGE],
        "older": params.urlencode() if params["before"] else "",
    }
    return render(request, "records/readers.html", context)


for name in RECORDS:
    register(
        name,
        Panel(
            "readers",
            _("Read by"),
            "records/readers_panel.html",
            latest,
            order=97,
            lazy=True,
            in_past=False,
            shown=may_see,
        ),
    )
