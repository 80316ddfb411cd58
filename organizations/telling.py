"""How history tells of organizations."""

from django.utils.translation import ngettext_lazy

from records.history import tell

from .models import Organization

tell(
    Organization,
    counted=ngettext_lazy("%(count)s organization", "%(count)s organizations", "number"),
    money={"revenue": "currency"},
)
