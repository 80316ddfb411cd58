"""How history tells of people and of what belongs to them."""

from django.utils.translation import gettext_lazy as _

from records.history import tell

from .models import Contact, ContactEmail, ContactPhone, Position, PositionRole

# The copies of the primary lines are told with the lines.
tell(Contact, hidden=("email", "phone"))
tell(ContactEmail, named=("address",))
tell(ContactPhone, named=("number",))
tell(Position, named=("organization",))
tell(PositionRole, label=_("Role"), named=("role",), hidden=("role",))
