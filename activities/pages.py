from django.utils.translation import gettext_lazy as _

from records.pages import Fact, RecordPage

from .forms import ActivityForm
from .models import Activity


class ActivityPage(RecordPage):
    model = Activity
    form_class = ActivityForm
    new_label = _("New activity")
    save_label = _("Save activity")
    template = "activities/activity.html"
    facts = (
        Fact("kind", value=lambda activity: activity.get_kind_display()),
        Fact("occurred_at", kind="moment"),
        Fact("done_at", kind="moment", anchor=None, optional=True),
        Fact("outcome", value=lambda activity: activity.get_outcome_display(), optional=True),
        Fact("minutes", _("Minutes"), "number", optional=True),
        Fact("owner", _("Whose")),
        Fact("external_id", anchor=None, optional=True),
    )
