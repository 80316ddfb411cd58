"""Moving deals to other stages in one go: by a mapping, and where their stage is deleted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from records.models import Outcome, describe_change, record_events
from workspaces.rights import Actor

from .pipeline import Stage
from .place import BOTTOM, Place
from .stage_change import StageChange

if TYPE_CHECKING:
    Rows = models.QuerySet[Any]
else:
    Rows = models.QuerySet


class MovingVerbs(Rows):
    """Of the queryset of deals."""

    if TYPE_CHECKING:

        def open(self) -> Any: ...

        @staticmethod
        def _place(ids: list[int], stage: Stage, at: Place, now: dt.datetime) -> int: ...

    @transaction.atomic
    def move_by(self, places: Mapping[int, Stage], *, by: Actor, because: str = "") -> Outcome:
        """Put open deals where a mapping has it for the stage that they are in (its id -> the new one), by `move_to`.
        What is in one of the new stages stays; a stage that the mapping lacks refuses its deals.
        """
        targets = {stage.pk: stage for stage in places.values()}
        lock(targets)
        names = ", ".join(sorted({str(stage.pipeline) for stage in targets.values()}))
        if not because:  # else the first move says with which reason it went past a rule
            describe_change(_("Moved to pipeline %(pipeline)s") % {"pipeline": names})
        going: dict[int, list[int]] = defaultdict(list)
        outcome = Outcome()
        for pk, stage in self.order_by().values_list("pk", "stage"):
            if stage in places:
                going[places[stage].pk].append(pk)
            elif stage not in targets:
                outcome.refused[pk] = _("Nothing was chosen for the stage that it is in.")
        for target, ids in going.items():
            rows: Any = self.model._default_manager.filter(pk__in=ids)
            moved = rows.move_to(targets[target], by=by, because=because)
            outcome.done, outcome.refused = outcome.done + moved.done, outcome.refused | moved.refused
        return outcome

    def resettle(self, stage: Stage, *, by: Actor) -> int:
        """Put all of them, open, closed or in the trash, into another stage, the open ones below those of that one, in
        their order. No gate is asked: it is the stage's own verb that does this. Returns how many."""
        now, running = timezone.now(), self.open().order_by("stage__position", "rank", "pk")
        names = dict(running.values_list("pk", "stage__name"))
        if ids := list(names):
            StageChange.note(ids, by=by, at=now, stage=stage.pk)
            said = {name: {"from": name, "to": stage.name} for name in set(names.values())}
            record_events("stage_changed", self.model, [(pk, said[name]) for pk, name in names.items()], by=by, at=now)
            self._place(ids, stage, BOTTOM, now)
        return len(ids) + self.order_by().update(stage=stage, pipeline=stage.pipeline_id)


def lock(ids: Iterable[int]) -> None:
    """Lock several stages, in the order of all who do that."""
    rows = Stage.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk"))
