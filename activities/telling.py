"""How history tells of activities."""

from django.utils.translation import gettext_lazy as _

from records.history import tell

from .models import ActivityLink

tell(
    ActivityLink,
    label=_("About"),
    named=("contact", "organization", "deal"),
    hidden=("contact", "organization", "deal"),
)
