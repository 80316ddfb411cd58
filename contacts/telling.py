"""How history tells of people and of what belongs to them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, npgettext_lazy

from records.history import tell

from .models import Contact, ContactEmail, ContactPhone, PastPosition, Position, PositionRole, Role

# The copies of the primary lines are told with the lines.
tell(
    Contact,
    counted=npgettext_lazy("contacts", "%(count)s person", "%(count)s people", "number"),
    hidden=("email", "phone"),
)
tell(Role, counted=ngettext_lazy("%(count)s role", "%(count)s roles", "number"))
tell(ContactEmail, named=("address",))
tell(ContactPhone, named=("number",))
tell(Position, named=("organization",))
tell(PastPosition, named=("organization",))
tell(PositionRole, label=_("Role"), named=("role",), hidden=("role",))
