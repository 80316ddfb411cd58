import datetime as dt

from django.utils.translation import gettext_lazy as _

from records.pages import Fact, RecordPage

from .forms import ActivityForm
from .models import OUTCOMES, Activity
from .today_forms import PUT_OFF


def planned_for(activity: Activity) -> dt.datetime | None:
    """When it was to be done, where that is another time than when it was."""
    return activity.due_at if activity.due_at != activity.occurred_at else None


def colleagues(activity: Activity) -> str:
    """Who took part beside its owner."""
    if activity.kind != "meeting":
        return ""
    return ", ".join(activity.participants.order_by("member__name").values_list("member__name", flat=True))


class ActivityPage(RecordPage):
    model = Activity
    form_class = ActivityForm
    new_label = _("New activity")
    save_label = _("Save activity")
    template = "activities/activity.html"
    #: what one may say of a call when it is done
    outcomes = OUTCOMES
    put_off = PUT_OFF
    facts = (
        Fact("subject"),
        Fact("kind", value=lambda activity: activity.get_kind_display()),
        Fact("occurred_at", kind="moment"),
        Fact("due_at", _("Planned for"), "moment", value=planned_for, field=None, optional=True),
        Fact("done_at", kind="moment", field=None, optional=True),
        Fact("direction", value=lambda activity: activity.get_direction_display(), optional=True),
        Fact("outcome", value=lambda activity: activity.get_outcome_display(), optional=True),
        Fact("minutes", _("Minutes"), "number", optional=True),
        Fact("location", optional=True),
        Fact("participants", _("Colleagues"), value=colleagues, field=None, optional=True),
        Fact("owner"),
    )
    other_facts = tuple(fact for fact in RecordPage.other_facts if fact.name != "source")
