"""How history tells of saved views."""

from django.utils.translation import ngettext_lazy

from records.history import tell
from records.listing import LISTINGS
from records.models import SavedView
from records.models.saved_view import LIST


def layout_named(name: str) -> str:
    """What the page is called on which a view was saved; "" for the list, as most records have no other."""
    layouts = (one for listing in LISTINGS.values() for one in listing.layouts if one.name != LIST)
    return str(next((one.label for one in layouts if one.name == name), ""))


tell(
    SavedView,
    counted=ngettext_lazy("%(count)s view", "%(count)s views", "number"),
    words={"layout": layout_named},
)
