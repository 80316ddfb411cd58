"""Views that are one verb: the button of a page posts, the verb is done to one row, and the page says what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.redirects import SeeOther

from .doors import View, needs
from .requests import WorkspaceRequest
from .tenancy import WorkspaceModel
from .toasts import done

#: `way` of a form that moves a row -> by how many places
STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class VerbViews[Row: WorkspaceModel]:
    """The views of the verbs of a model; `home` is the address that they lead back to.

    archiving = VerbViews(Pipeline, address).view("change", Pipeline.archive, _("“%(name)s” archived."))
    """

    model: type[Row]
    home: Callable[[Row], str]

    def view(self, action: str, verb: Callable[..., object], words: Any) -> View:
        """Does the verb to the row of the address; needs the right to `action`. `words` may say the row's `name`."""

        @require_POST
        @needs(self.model.record_name, action)
        def do(request: WorkspaceRequest, pk: int) -> HttpResponse:
            found = get_object_or_404(self.model, pk=pk)
            verb(found, by=request.membership.actor)
            done(request, words % {"name": found})
            return SeeOther(self.home(found))

        return do

    def place(self) -> View:
        """Moves an `Ordered` row up or down by one."""

        @require_POST
        @needs(self.model.record_name, "change")
        def do(request: WorkspaceRequest, pk: int) -> HttpResponse:
            found: Any = get_object_or_404(self.model, pk=pk)
            step = STEPS.get(request.POST.get("way", ""))
            if step is None:
                raise Http404
            found.move(step, by=request.membership.actor)
            done(request, _("%(what)s moved.") % {"what": found})
            return SeeOther(self.home(found))

        return do
