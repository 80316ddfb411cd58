from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from core import postal
from workspaces.doors import members_only
from workspaces.requests import WorkspaceRequest

from .line_forms import AddressLine


@require_POST
@members_only
def address_parts(request: WorkspaceRequest) -> HttpResponse:
    """The parts of an address under the names of the country that was just chosen, with what was typed so far."""
    prefix = request.POST.get("prefix", "")
    typed = {name: request.POST.get(f"{prefix}-{name}", "") for name in ("country", *postal.THEIRS)}
    line = AddressLine(prefix=prefix, membership=request.membership, initial=typed, use_required_attribute=False)
    return render(request, "records/address_line.html#parts", {"line": line})
