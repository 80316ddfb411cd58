"""How history tells of organizations."""

from records.history import tell

from .models import Organization

tell(Organization, money={"revenue": "currency"})
