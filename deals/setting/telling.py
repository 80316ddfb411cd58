"""How history tells of the set-up of pipelines."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from deals.models import CloseReason, PipelineTeam, Stage, StageTask, StageWay
from records.history import tell

tell(Stage, counted=ngettext_lazy("%(count)s stage", "%(count)s stages", "number"))
tell(PipelineTeam, label=_("Team"), named=("team",))
tell(StageWay, label=_("May go on to"), named=("to",))
tell(StageTask, label=_("Task"), named=("name",))
tell(CloseReason, counted=ngettext_lazy("%(count)s reason", "%(count)s reasons", "number"))
