"""What the report of an erasure calls the rows of imports."""

from django.utils.translation import gettext_lazy as _

from records.history import tell

from .models import ImportRefusal

tell(ImportRefusal, label=_("Refused rows"))
