"""A deal that is begun in a column of the board with what is enough; Enter adds it, and the next one can be typed."""

from typing import Any

from django.forms import HiddenInput
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.numbers import number
from core.redirects import SeeOther
from records.custom.definitions import fields_of
from records.pages.views import UNPROCESSABLE
from records.saving import saved
from records.toasts import undoable
from workspaces.doors import needs
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest

from .board_views import on_board
from .forms import CALLED, DealForm, by_pipeline
from .models import Deal
from .models.rules import Rules

#: what is asked for, and what the column says
ASKED, SAID = ("name", "value", "organization"), ("stage", "currency", "owner", "expected_close", "forecast")


class QuickForm(DealForm):
    """The form of a new deal with what is enough, and what workspace and stage require; the column says the rest."""

    class Meta(DealForm.Meta):
        fields = (*DealForm.Meta.fields, "forecast")  # type: ignore[assignment]

    def __init__(self, data: Any = None, *, membership: Membership, said: dict[str, str]):
        required = [key for key, of in fields_of(membership.workspace).by_key("deal").items() if of.required]
        begins_in = number((data or said).get("stage", ""))
        rules = Rules.of(Deal, membership.actor)
        needed = {CALLED.get(name, name): words for name, words in rules.needed(begins_in).items()}
        super().__init__(data, membership=membership, initial=dict(said), only=(*ASKED, *SAID, *required, *needed))
        for name, words in needed.items():
            if name in self.fields:  # a tag is put on its page
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = words
        stage: Any = self.fields["stage"]
        stage.queryset = stage.queryset.filter(pipeline__stages=number(said.get("stage", "")))
        stage.choices = by_pipeline(stage.queryset)
        for name in SAID:
            if name in needed and not said.get(name):
                continue
            # Where the column is no stage, one may say which.
            if name in self.fields and (name != "stage" or said.keys() <= {"stage"}):
                self.fields[name].widget = HiddenInput()
        wrong = next((name for name in self.fields if self.is_bound and name in self.errors), "name")
        self.fields[wrong].widget.attrs["autofocus"] = True


@needs("deal", "create")
def quick(request: WorkspaceRequest) -> HttpResponse:
    """A new deal in the column that the address says."""
    said = request.GET.dict()
    form = QuickForm(request.POST if request.method == "POST" else None, membership=request.membership, said=said)
    deal = saved(form, lambda: form.save(by=request.membership.actor))
    if deal is None:
        return asked(request, form)
    undoable(request, _("%(title)s created.") % {"title": deal.title})
    answer = on_board(request, deal)
    if answer is None:
        return SeeOther(deal.get_absolute_url())
    answer.content += asked(request, QuickForm(membership=request.membership, said=said)).content
    return answer


def asked(request: WorkspaceRequest, form: QuickForm) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    template = "deals/quick.html#dialog" if request.htmx else "deals/quick.html"
    return render(request, template, {"form": form, "url": request.get_full_path()}, status=status)
