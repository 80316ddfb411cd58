"""How history tells of ties: "Tie added: Northwind Freight partner of Acme", on both."""

from django.utils.translation import ngettext_lazy

from records.history import tell

from .models import ENDS, MODELS, Tie, TieType

tell(
    Tie,
    counted=ngettext_lazy("%(count)s tie", "%(count)s ties", "number"),
    named=(*(f"one_{kind}" for kind in MODELS), "type", *(f"other_{kind}" for kind in MODELS)),
    hidden=(*ENDS, "created_at", "created_by"),
)
tell(TieType, counted=ngettext_lazy("%(count)s kind of tie", "%(count)s kinds of ties", "number"))
