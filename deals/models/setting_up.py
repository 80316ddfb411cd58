"""How admins set up pipelines and their stages: what they do besides `keep`, `move` and `remove`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from core import formats
from workspaces.changes import describe_change
from workspaces.models import Ordered, Retirable, Team
from workspaces.refusals import Refusal
from workspaces.rights import Actor

if TYPE_CHECKING:
    from .pipeline import Pipeline, Stage
    from .starting import Step


class TaskLine(NamedTuple):
    """A task of a stage as somebody wants it; `pk` is that of one that is there."""

    pk: int | None
    name: str
    due_days: int | None = None
    is_must: bool = False


class PipelineVerbs(Ordered):
    """Of a pipeline."""

    #: of the model
    pk: Any
    teams: Any

    class Meta:
        abstract = True

    def siblings(self) -> "models.QuerySet[Self]":
        return type(self)._default_manager.filter(archived_at=None)

    @transaction.atomic
    def open(
        self, teams: Iterable[Team] = (), *, like: "Pipeline | None" = None, steps: "Iterable[Step]" = (), by: Actor
    ) -> None:
        """Begin it behind the others, with the stages of another or these `steps`, or else those that a new workspace
        begins with. Raises what `keep` raises."""
        from .starting import FIRST_STEPS, add_steps, copy_steps  # which stand on the models

        self.to_the_end()
        self.keep_with(teams, by=by)
        pipeline: Any = self
        if like:
            copy_steps(like, pipeline)
        else:
            add_steps(pipeline, steps or FIRST_STEPS)

    @transaction.atomic
    def keep_with(self, teams: Iterable[Team], *, by: Actor) -> None:
        """Save it with the teams that may use it; none for everybody. Raises what `keep` raises."""
        self.keep(by=by)
        self.teams.set(teams)

    @transaction.atomic
    def archive(self, *, by: Actor) -> None:
        """Take no deals any more; those that it holds stay and can be read. Raises NotAllowed, and Refusal for the only
        one that is in use."""
        self._check_right(by, "change")
        in_use = self.siblings().order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True)
        if not {*in_use} - {self.pk}:
            raise Refusal(_("This is the only pipeline that takes deals. Add another one first."))
        describe_change(_("Pipeline “%(name)s” archived") % {"name": self})
        write(self, archived_at=Now())

    def revive(self, *, by: Actor) -> None:
        """Take deals again. Raises NotAllowed."""
        self._check_right(by, "change")
        describe_change(_("Pipeline “%(name)s” in use again") % {"name": self})
        write(self, archived_at=None)


class StageVerbs(Ordered):
    """Of a stage."""

    #: of the model
    pk: Any
    deals: Any
    tasks: Any
    ways: Any
    next_stages: Any
    pipeline: Any
    pipeline_id: Any

    class Meta:
        abstract = True

    def siblings(self) -> "models.QuerySet[Self]":
        return type(self)._default_manager.filter(pipeline=self.pipeline_id)

    @transaction.atomic
    def keep_with(self, next_stages: Iterable["Stage"], tasks: Iterable[TaskLine], *, by: Actor) -> None:
        """Save it with the stages that deals may go on to, none for all, and its tasks in this order; a new one stands
        behind the others. Raises what `keep` raises."""
        if self._state.adding:
            self.to_the_end()
        self.keep(by=by)
        self.next_stages.set(next_stages)
        self._set_tasks(tasks)

    def _set_tasks(self, lines: Iterable[TaskLine]) -> None:
        there = {task.pk: task for task in self.tasks.all()}
        for place, line in enumerate(lines):
            task = there.pop(line.pk, None) or self.tasks.model(stage=self)
            values = {"name": line.name, "due_days": line.due_days, "is_must": line.is_must, "position": place}
            if task._state.adding or any(getattr(task, name) != value for name, value in values.items()):
                vars(task).update(values)
                task.save()
        self.tasks.filter(pk__in=there).delete()

    @transaction.atomic
    def give_way(self, to: "Stage", *, by: Actor) -> int:
        """Delete the stage; its deals, open, closed or in the trash, go to another one that takes them, whatever its
        rules say: who sets up pipelines decides. What led here leads there. Returns how many deals went.

        Raises NotAllowed, and Refusal where the other one takes no deals.
        """
        self._check_right(by, "delete")
        if to.pk == self.pk or to.pipeline.archived_at:
            raise Refusal(_("Choose another stage, of a pipeline that is in use."))
        # Nobody puts a deal into either from here on. In the order of all who lock several.
        list(type(self)._default_manager.filter(pk__in=[self.pk, to.pk]).order_by("pk").select_for_update())
        describe_change(_("Stage %(stage)s deleted, its deals moved to %(target)s") % {"stage": self, "target": to})
        gone = self.deals.all().resettle(to, by=by)
        self._lead_to(to)
        self.delete()
        return gone

    def _lead_to(self, to: "Stage") -> None:
        """What may go on to this stage may go on to the other, and that one to the next: a stage without any way left
        would lead to all."""
        ways: Any = self.ways.model._default_manager
        have_it = list(ways.filter(to=to).values_list("stage", flat=True))
        ways.filter(to=self.pk).exclude(stage__in=[*have_it, to.pk]).update(to=to)
        own = ways.filter(stage=to)
        if (after := self._next_to(to)) and not own.filter(to=after).exists():
            own.filter(to=self.pk).update(to=after)

    def _next_to(self, stage: "StageVerbs") -> Any:
        """The stage behind one, when this one is gone; the one before where it is the last."""
        others: list[Any] = [one for one in stage.siblings() if one.pk not in (self.pk, stage.pk)]
        place = (stage.position, stage.pk)
        behind = [one for one in others if (one.position, one.pk) > place]
        return next(iter(behind), others[-1] if others else None)

    @transaction.atomic
    def remove(self, *, by: Actor) -> None:
        """Delete it; what led here leads to the next one. Raises NotAllowed, and Refusal while it holds deals."""
        if after := self._next_to(self):
            self._lead_to(after)
        super().remove(by=by)


class ReasonVerbs(Retirable):
    """Of a reason of closing."""

    #: of the model
    pk: Any
    status: Any
    deals: Any

    class Meta:
        abstract = True

    def siblings(self) -> "models.QuerySet[Self]":
        return type(self)._default_manager.filter(status=self.status, retired_at=None)

    def check_unused(self) -> None:
        """Raises Refusal while deals have it."""
        if count := self.deals.count():
            text = _("“%(name)s” is in use (%(count)s). Retire it in place of removing it.")
            raise Refusal(text % {"name": self, "count": formats.number(count)})


def write(row: Any, **values: Any) -> None:
    """Change these fields of a row and no others."""
    type(row)._default_manager.filter(pk=row.pk).update(**values)
