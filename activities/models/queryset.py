"""The verbs of activities, set-based."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.moments import after
from core.statements import fetch
from deals.models import Deal, StageTask
from records.models import NotAllowed, Outcome, RecordQuerySet, Refusal, describe_change, record_event, record_events
from workspaces.models import Membership
from workspaces.rights import Actor

Rule = tuple[Q, str]

#: the tasks that must be done in a stage and that these deals were not given yet, done or open
MUSTS = """
    SELECT deal.id, deal.owner_id, task.id, task.name, task.due_days
      FROM deals_deal AS deal JOIN deals_stagetask AS task ON task.workspace_id = deal.workspace_id
     WHERE deal.id = ANY (%(deals)s::bigint[]) AND task.stage_id = %(stage)s AND task.is_must
       AND NOT EXISTS (
           SELECT FROM activities_activitylink AS link JOIN activities_activity AS activity
               ON activity.workspace_id = link.workspace_id AND activity.id = link.activity_id
            WHERE link.workspace_id = deal.workspace_id AND link.deal_id = deal.id AND link.state <> 'trash'
              AND activity.stage_task_id = task.id)
     ORDER BY deal.id, task.position, task.id"""


class ActivityQuerySet(RecordQuerySet):
    def open(self) -> Self:
        """Still to be done, and not in the trash."""
        return self.filter(done_at__isnull=True, deleted_at__isnull=True)

    def owned_by(self, member: Membership) -> Self:
        """What the member has to do; what it has done stays its own."""
        return super().owned_by(member).open()

    def refusals(self, action: str, *, by: Actor, **wanted: Any) -> dict[int, str]:
        """Besides the rights: what stands against being done (`done=True`) or open (`done=False`)."""
        refused = super().refusals(action, by=by, **wanted)
        return self.refused_by(self._rules(**wanted)) | refused if "done" in wanted else refused

    @staticmethod
    def _rules(*, done: bool, again: bool = False, **_others: Any) -> list[Rule]:
        """Conditions of the rows that must not change so. `again`: what is open may stay open (it is put off)."""
        in_trash = (Q(deleted_at__isnull=False), _("The activity is in the trash."))
        if done or again:
            return [in_trash, (Q(done_at__isnull=False), _("The activity is done already."))]
        is_note = (Q(kind="note"), _("A note has nothing to be done."))
        return [in_trash, is_note, (Q(done_at__isnull=True), _("The activity is open."))]

    # --- verbs ------------------------------------------------------------------------------------------------------
    def complete(self, *, by: Actor, at: dt.datetime | None = None, outcome: str = "") -> Outcome:
        """Say that they are done, at a time (now unless given); `outcome` is that of calls.

        Raises Refusal for an outcome that no call has, and for a time to come.
        """
        at = at or timezone.now()
        self.model.refuse_faults(kind="call", outcome=outcome, done_at=at)
        changes: dict[str, Any] = {"done_at": at, "occurred_at": at, "due_at": Coalesce("due_at", "occurred_at")}
        if outcome:
            changes["outcome"] = Case(When(kind="call", then=Value(outcome)), default=F("outcome"))
        return self._change(pgettext("event", "Done"), "completed", changes, by=by, done=True)

    def reopen(self, *, by: Actor) -> Outcome:
        """Put them back on the list, due when they were planned for."""
        due = Coalesce("due_at", "occurred_at")
        changes = {"done_at": None, "occurred_at": due, "due_at": due, "outcome": ""}
        return self._change(_("Opened again"), "reopened", changes, by=by, done=False)

    def snooze(self, until: dt.datetime, *, by: Actor) -> Outcome:
        """Put open ones off until then. Raises Refusal for a year that no activity is of."""
        self.model.refuse_faults(kind="call", occurred_at=until)
        changes = {"occurred_at": until, "due_at": until}
        return self._change(pgettext("event", "Put off"), "put_off", changes, by=by, done=False, again=True)

    def plan_each(
        self, records: RecordQuerySet, *, by: Actor, subject: str, due_at: dt.datetime, owner: Membership | None = None
    ) -> Outcome:
        """A task about each of the records, for `owner`, else for the owner of the record, else for the actor.

        Raises NotAllowed, and Refusal for what no task can be and for an owner who was deactivated.
        """
        if by.membership is not None and not by.membership.may("activity", "create"):
            raise NotAllowed(_("Your role does not allow this."))
        self.model.refuse_faults(kind="task", subject=subject, due_at=due_at)
        if owner:
            owner.check_may_own()
        describe_change(_("Task for each: %(subject)s") % {"subject": subject})
        found = list(records.present().order_by("pk").values_list("pk", "owner_id"))
        whose = owner and owner.pk
        common = {"kind": "task", "subject": subject, "due_at": due_at}
        tasks = [(pk, self.model(**common, owner_id=whose or owner_id)) for pk, owner_id in found]
        return Outcome(done=self._plan(records.model.record_name, tasks, by=by))

    def plan_musts(self, stage: int, deals: Sequence[int], *, by: Actor) -> None:
        """For deals that came into a stage: what must be done there, but for what they were given before."""
        self._plan_of_stage(fetch(MUSTS, {"stage": stage, "deals": list(deals)}), by=by)

    def plan_offered(self, task: StageTask, deal: Deal, *, by: Actor) -> None:
        """Take a task that the stage offers. Raises NotAllowed, and Refusal where the deal has it already."""
        if by.membership is not None and not by.membership.may("activity", "create"):
            raise NotAllowed(_("Your role does not allow this."))
        deal.rows().locked()  # who takes it at the same time waits
        if self.present().filter(stage_task=task, links__deal=deal).exists():
            raise Refusal(_("The deal has this task already."))
        describe_change(_("%(title)s created") % {"title": task.name})
        self._plan_of_stage([(deal.pk, deal.owner_id, task.pk, task.name, task.due_days)], by=by)

    def _plan_of_stage(self, wanted: Sequence[tuple[Any, ...]], *, by: Actor) -> None:
        tasks = [
            (deal, self.model(kind="task", subject=name, due_at=after(days), owner_id=owner, stage_task_id=task))
            for deal, owner, task, name, days in wanted
        ]
        self._plan("deal", tasks, by=by)

    def _plan(self, about: str, tasks: Sequence[tuple[int, Any]], *, by: Actor) -> int:
        """Write tasks, each about one record (its id), the actor's own where nobody owns them; how many those are."""
        for _pk, task in tasks:
            task.occurred_at, task.created_by_id = task.due_at, by.member_id
            task.owner_id = task.owner_id or by.member_id
        made = self.bulk_create(task for _pk, task in tasks)
        links = self.model._meta.get_field("links").related_model
        links.objects.bulk_create(
            links(activity=task, occurred_at=task.due_at, state="open", kind="task", **{f"{about}_id": pk})
            for task, (pk, _task) in zip(made, tasks, strict=True)
        )
        nothing: dict[str, Any] = {}
        record_events("created", self.model, [(task.pk, nothing) for task in made], by=by)
        return len(made)

    def _change(self, label: str, event: str, changes: dict[str, Any], *, by: Actor, **wanted: Any) -> Outcome:
        rows, outcome = self.locked().pass_gate("change", by=by, **wanted)
        describe_change(label)
        activities = list(rows.only("pk"))
        outcome.done = rows.update(**changes)
        record_event(event, [(activity, {}) for activity in activities], by=by)
        return outcome
