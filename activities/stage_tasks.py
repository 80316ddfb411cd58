"""The tasks of stages on deals: those that must be done block winning, the others are offered on the deal's page."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.addresses import address
from core.statements import fetch
from deals.models import Deal, StageChange, StageTask
from records.panels import Panel, register, register_aside
from workspaces.requests import WorkspaceRequest

from .models import ActivityLink

#: the tasks of the stage of an open deal, and those that must be done still of stages that it left; each with what the
#: deal has of it: done, open, or in the trash
TASKS = """
    SELECT coalesce(json_agg(json_build_array(task.id, task.name, task.is_must, had.id, had.state)
                             ORDER BY task.stage_id <> deal.stage_id, task.position, task.id), '[]')
      FROM deals_deal AS deal JOIN deals_stagetask AS task ON task.workspace_id = deal.workspace_id
      LEFT JOIN (
           SELECT DISTINCT ON (activity.stage_task_id) activity.stage_task_id, activity.id, link.state
             FROM activities_activitylink AS link JOIN activities_activity AS activity
               ON activity.workspace_id = link.workspace_id AND activity.id = link.activity_id
            WHERE link.workspace_id = %(workspace)s AND link.deal_id = %(record)s
              AND activity.stage_task_id IS NOT NULL
            ORDER BY activity.stage_task_id, link.state, activity.id DESC) AS had ON had.stage_task_id = task.id
     WHERE deal.workspace_id = %(workspace)s AND deal.id = %(record)s AND deal.status = 'open'
       AND (task.stage_id = deal.stage_id OR task.is_must AND had.state IS DISTINCT FROM 'done'
            AND (had.id IS NOT NULL OR EXISTS (
                 SELECT FROM deals_stagechange AS past
                  WHERE past.workspace_id = deal.workspace_id AND past.deal_id = deal.id
                    AND past.from_stage_id = task.stage_id)))"""


def open_musts() -> QuerySet:
    """What must be done still of a deal, as a sub-select of it: of its stage, of one that it was in, or that it was
    given. So deleting a task is not doing it, not for good either."""
    deal = OuterRef(OuterRef("pk"))
    given = ActivityLink.objects.filter(deal=deal, activity__stage_task=OuterRef("pk"))
    left = StageChange.objects.filter(deal=deal, from_stage=OuterRef("stage"))
    asked = Q(stage=OuterRef("stage")) | Q(Exists(left)) | Q(Exists(given))
    return StageTask.objects.filter(asked, ~Exists(given.filter(state="done")), is_must=True)


def are_open() -> Q:
    """The condition of deals that lack a task done that must be."""
    return Q(Exists(open_musts()))


def names_of(deals: Collection[int]) -> dict[int, list[str]]:
    """The names of what must be done still of these deals; one query."""
    names = ArraySubquery(open_musts().order_by("stage__position", "stage", "position", "pk").values("name"))
    return dict(Deal.objects.filter(pk__in=deals).annotate(names=names).values_list("pk", "names"))


class StageTaskOfDeal(NamedTuple):
    """A task of a stage as a deal has it."""

    id: int
    name: str
    is_must: bool
    activity: int | None
    #: "done", "open", "trash", or None where the deal was not given it
    state: str | None

    @property
    def is_offered(self) -> bool:
        return self.state in (None, "trash")

    @property
    def url(self) -> str:
        return address("activities:detail", self.activity) if self.activity else ""


def tasks_of(deal: Any) -> list[StageTaskOfDeal]:
    """The page of the deal has read them along with others."""
    if not hasattr(deal, "stage_tasks"):
        [[deal.stage_tasks]] = fetch(TASKS, {"workspace": deal.workspace_id, "record": deal.pk})
    return [StageTaskOfDeal(*task) for task in deal.stage_tasks]


def open_of(deal: Any) -> list[tuple[str, str]]:
    """What must be done before the deal is won, each with its page, or else that of the deal, where it is added."""
    musts = (task for task in tasks_of(deal) if task.is_must and task.state != "done")
    return [(task.name, deal.get_absolute_url() if task.is_offered else task.url) for task in musts]


def shown(request: WorkspaceRequest, deal: Deal) -> dict[str, Any]:
    tasks = tasks_of(deal)
    may_add = request.membership.may("activity", "create")
    return {"tasks": tasks, "count": len(tasks), "may_add": may_add}


register_aside("deal", "stage_tasks", TASKS)
register(
    "deal",
    Panel(
        "stage-tasks",
        _("Tasks of the stage"),
        "activities/stage_tasks.html",
        shown,
        order=5,
        in_past=False,
        shown=lambda request, deal: bool(tasks_of(deal)),
    ),
)
