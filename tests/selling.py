"""What admins have set up of selling, for the walks through all pages."""

from deals.models import CloseReason, Pipeline
from deals.models.setting_up import TaskLine
from workspaces.models import Team
from workspaces.rights import Actor

STAGE_PAGES = ("stage", "stage_place", "stage_removal")


def selling_of(by: Actor, team: Team) -> dict[str, dict[str, list[int]]]:
    """A second pipeline, a team's, whose first stage has rules and tasks; a third one, archived; a retired reason."""
    pipeline, old = (Pipeline(name=name, currency="GBP") for name in ("Partners", "Resellers"))
    for one in (pipeline, old):
        one.open([team], by=by)
    old.archive(by=by)
    first, second, *_ = pipeline.stages.all()
    first.required, first.entry_roles, first.card_limit = ["value"], ["owner", "admin"], 20
    first.keep_with([second], [TaskLine(None, "Check the credit", 2, is_must=True)], by=by)
    reason, retired, *_ = CloseReason.objects.filter(status="lost")
    retired.retire(by=by)
    return {
        "pipelines": {"pk": [pipeline.pk, old.pk]},
        **{f"pipelines:{name}": {"pk": [first.pk]} for name in STAGE_PAGES},
        "reasons": {"pk": [reason.pk, retired.pk]},
    }
