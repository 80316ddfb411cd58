from django.utils.translation import gettext_lazy as _

from records.listing import Choice, Listing, Moment, Name, Number, Owner, Tags

from .models import Activity


class ActivityListing(Listing):
    model = Activity
    default_sort = "-occurred_at"
    create_label = _("New task")
    none_yet = _("No activities yet. Plan one from a person, an organization or a deal.")
    none_match = _("No activities match.")
    columns = (
        Name(label=_("Subject")),
        Choice("kind", sort="kind", width="w-m", keep=True),
        Moment("occurred_at", sort="occurred_at", keep=True),
        Moment("done_at"),
        Choice("outcome", width="w-m"),
        Owner(),
        Tags(optional=True),
        Number("minutes", optional=True),
        Moment("created_at", sort="created_at", optional=True),
    )
