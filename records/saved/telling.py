"""How history tells of saved views."""

from django.utils.translation import ngettext_lazy

from records.history import tell
from records.listing import LISTINGS
from records.models import SavedView


def layout_named(name: str) -> str:
    """What the page is called on which a view was saved; "" for the list of records that have no other."""
    named = (one.label for listing in LISTINGS.values() for one in listing.layouts if one.name == name)
    return str(next(named, ""))


tell(
    SavedView,
    counted=ngettext_lazy("%(count)s view", "%(count)s views", "number"),
    words={"layout": layout_named},
)
