"""How history tells of goals: "Goal of Bob, November 2026"."""

from django.utils.translation import ngettext_lazy

from records.history import tell

from .models import Goal

tell(
    Goal,
    counted=ngettext_lazy("%(count)s goal", "%(count)s goals", "number"),
    named=("member", "team", "month"),
    hidden=("member", "team", "month"),
    money={"amount": "currency"},
)
