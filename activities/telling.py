"""How history tells of activities."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from records.history import tell

from .models import SUBJECTS, Activity, ActivityLink, Draft, Mention, Participant, Pin

tell(
    Activity,
    counted=ngettext_lazy("%(count)s activity", "%(count)s activities", "number"),
    hidden=("stage_task",),
)
tell(
    ActivityLink,
    label=_("About"),
    named=SUBJECTS,
    hidden=SUBJECTS,
)
tell(Draft, label=_("Draft"))
tell(Participant, label=_("Participant"), named=("member",), hidden=("member",))
tell(Mention, label=_("Mention"), named=("member",), hidden=("member", "name", "created_at", "created_by"))
tell(Pin, label=pgettext_lazy("noun", "Pin"), named=SUBJECTS, hidden=(*SUBJECTS, "created_at", "created_by"))
