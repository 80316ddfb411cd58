"""What stands against a deal's going on: the rules of stages and pipelines, as conditions of rows with their words.

A deal goes on when it begins, when it comes into a later stage of its pipeline or into one of another pipeline, and
when it is won. All doors ask here, so they refuse in the same words; some can be passed by who may, with a reason.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from core.statements import fetch
from records.models.custom_field import PREFIX
from workspaces.refusals import Refusal
from workspaces.rights import ROLES, Actor

from .against import Rule, say

#: field -> ids of the deals that the change at hand fills it of a moment later
Given = Mapping[str, Collection[int]]
NOTHING: Given = {}

#: the fields of deals that a stage can require, beside custom ones
REQUIRABLE = ("value", "expected_close", "organization", "contacts", "source", "tags", "owner")

#: all stages of the workspace in their order, as far as rules know them, with the columns of `StageRules`
RULES = """
    SELECT coalesce(json_agg(json_build_array(
               stage.id, stage.name, stage.position, stage.required, stage.entry_roles,
               ARRAY(SELECT way.to_id FROM deals_stageway AS way
                      WHERE way.workspace_id = stage.workspace_id AND way.stage_id = stage.id),
               (SELECT json_object_agg('custom_' || field.id, field.name) FROM records_customfield AS field
                 WHERE field.workspace_id = stage.workspace_id AND field.record = 'deal' AND field.retired_at IS NULL
                   AND 'custom_' || field.id = ANY (stage.required)),
               EXISTS (SELECT FROM deals_stagetask AS task
                        WHERE task.workspace_id = stage.workspace_id AND task.stage_id = stage.id AND task.is_must),
               pipeline.id, pipeline.name, pipeline.archived_at IS NOT NULL,
               NOT EXISTS (SELECT FROM deals_pipelineteam AS link
                            WHERE link.workspace_id = stage.workspace_id AND link.pipeline_id = pipeline.id)
               OR EXISTS (SELECT FROM deals_pipelineteam AS link
                            JOIN workspaces_team AS team
                              ON team.workspace_id = link.workspace_id AND team.id = link.team_id
                            JOIN workspaces_membership AS member
                              ON member.workspace_id = link.workspace_id AND member.id = %(member)s
                           WHERE link.workspace_id = stage.workspace_id AND link.pipeline_id = pipeline.id
                             AND (member.team_id = team.id OR team.manager_id = member.id)))
               ORDER BY stage.position, stage.id), '[]')
      FROM deals_stage AS stage
      JOIN deals_pipeline AS pipeline ON pipeline.workspace_id = stage.workspace_id AND pipeline.id = stage.pipeline_id
     """


class TaskKeeper(NamedTuple):
    """What the room that keeps tasks does for stages."""

    #: the condition of deals of which a task that must be done is open
    are_open: Callable[[], Q]
    #: the names of these tasks, by the ids of deals
    names_of: Callable[[Collection[int]], Mapping[int, Sequence[str]]]
    #: plan what must be done in a stage, for deals that came into it: `plan(stage_id, deal_ids, by=actor)`
    plan: Callable[..., None]
    #: what must be done before a deal is won: the name of each task with the address where it is done
    open_of: Callable[[Any], list[tuple[str, str]]]


#: that room stands above, and puts itself here
KEEPERS: list[TaskKeeper] = []


class StageRules(NamedTuple):
    """A stage as far as rules know it."""

    id: int
    name: str
    position: int
    required: list[str]
    entry_roles: list[str]
    #: ids of the stages that a deal may go on to; none for all
    ways: list[int]
    #: what the custom fields among `required` are called
    labels: dict[str, str] | None
    has_musts: bool
    pipeline_id: int
    pipeline: str
    is_archived: bool
    #: may the actor's teams use the pipeline?
    is_ours: bool

    @property
    def stands_in_the_way(self) -> bool:
        """Has it a rule that who may override could pass?"""
        return bool(self.required or self.entry_roles or self.ways)

    def goes_on_to(self, other: "StageRules") -> bool:
        """Does a deal that comes from here go on when it comes there?"""
        return self.pipeline_id != other.pipeline_id or (self.position, self.id) < (other.position, other.id)


class Rules:
    """The rules of a workspace as they hold for an actor; `model` is that of deals, whose verbs ask here."""

    def __init__(self, model: Any, by: Actor, rows: Iterable[Sequence[Any]] = ()):
        self.model, self.by = model, by
        self.stages = {stage.id: stage for stage in (StageRules(*row) for row in rows)}
        #: (field, stages) -> condition, made once however many stages are asked about
        self._empty: dict[tuple[str, tuple[int, ...]], Q] = {}
        self._new: dict[int, list[Rule]] = {}

    @classmethod
    def of(cls, model: Any, by: Actor) -> Self:
        """Read them, in one statement."""
        [[rows]] = fetch(RULES, {"member": by.member_id})
        return cls(model, by, rows)

    @property
    def may_override(self) -> bool:
        """May the actor let deals past the rules that can be passed, with a reason?"""
        return self.by.membership is not None and self.by.membership.may("deal", "override")

    def _foreign(self, stage: StageRules) -> bool:
        """Is it in a pipeline of other teams? Who sets pipelines up uses them all."""
        member = self.by.membership
        return member is not None and not stage.is_ours and not member.may("pipeline", "change")

    # --- of a stage that is come into ---------------------------------------------------------------------------------
    def archived(self, stage: StageRules) -> str:
        """Why nothing comes into the stage at all."""
        words = _("The pipeline %(pipeline)s is archived and takes no deals.")
        return words % {"pipeline": stage.pipeline} if stage.is_archived else ""

    def barred(self, stage: StageRules) -> list[str]:
        """Why the actor puts nothing into the stage."""
        member, found = self.by.membership, []
        if self._foreign(stage):
            found.append(_("The pipeline %(pipeline)s is for other teams.") % {"pipeline": stage.pipeline})
        if member and stage.entry_roles and member.role not in stage.entry_roles:
            roles = ", ".join(str(ROLES[role]) for role in ROLES if role in stage.entry_roles)
            words = _("Only these roles put deals into %(stage)s: %(roles)s.")
            found.append(words % {"stage": stage.name, "roles": roles})
        return found

    def archived_pipelines(self) -> list[Rule]:
        """Why deals of archived pipelines don't come back into the run."""
        words = {s.pipeline_id: self.archived(s) for s in self.stages.values() if s.is_archived}
        return [Rule(Q(pipeline=pk), text) for pk, text in words.items()]

    # --- of new deals -------------------------------------------------------------------------------------------------
    def new(self, stage_id: int) -> list[Rule]:
        """What stands against deals that begin in the stage."""
        target = self.stages.get(stage_id)
        if target is None:  # of elsewhere
            return []
        if stage_id not in self._new:
            archived = [Rule(Q(stage=target.id), reason) for reason in [self.archived(target)] if reason]
            self._new[stage_id] = [*archived, *self._in(target)]
        return self._new[stage_id]

    def _in(self, stage: StageRules, given: Given = NOTHING) -> list[Rule]:
        """What stands against deals that are in the stage although they did not come there by a move."""
        barred = [Rule(Q(stage=stage.id), reason) for reason in self.barred(stage)]
        return [*barred, *self._missing({stage.id: self._before(stage)}, stage.name, given)]

    def again(self, given: Given = NOTHING) -> list[Rule]:
        """What stands against closed deals that come back into the run, each in its stage: what is asked of new ones.
        They may have been closed when they came, by a file or a merge, and nobody has asked."""
        return [
            *self.archived_pipelines(),
            *(rule for stage in self.stages.values() for rule in self._in(stage, given)),
        ]

    def needed(self, stage_id: int) -> dict[str, str]:
        """The fields that deals have which begin in the stage, with the words for one that lacks it."""
        return {rule.field: say([rule]) for rule in self.new(stage_id) if rule.field}

    def against_new(self, stage_id: int, filled: Collection[str]) -> str:
        """Why the actor can't open a deal in the stage that has something in these fields; "" where nothing stands
        against it."""
        return say([rule for rule in self.new(stage_id) if rule.field not in filled])

    def refuse_new(self, deal: Any) -> None:
        """Raises Refusal where a deal that was written a moment ago can't begin in its stage."""
        rules = self.new(deal.stage_id)
        for broken in (deal.rows().broken_by(rules) if rules else {}).values():
            raise Refusal(say(broken), about=broken[0].field or "stage")

    def came_into(self, stage_id: int, deals: Sequence[int]) -> None:
        """Plan what must be done there, in the transaction in which the deals came into the stage."""
        if deals and self.stages[stage_id].has_musts:
            for keeper in KEEPERS:
                keeper.plan(stage_id, deals, by=self.by)

    def came_back(self, deals: Iterable[Any]) -> None:
        """The same of deals that were opened again, each in its stage."""
        came: dict[int, list[int]] = {}
        for deal in deals:
            came.setdefault(deal.stage_id, []).append(deal.pk)
        for stage_id, ids in came.items():
            self.came_into(stage_id, ids)

    # --- of deals -----------------------------------------------------------------------------------------------------
    def into(
        self, stage_id: int, given: Given = NOTHING, *, leaving: int | None = None
    ) -> tuple[list[Rule], list[Rule]]:
        """What stands against moves into the stage, whoever moves; and what can be passed with a reason. All of deals
        in the stage that they are `leaving`, where there is one."""
        target = self.stages.get(stage_id)
        if target is None:  # of elsewhere
            return [], []
        comes = ~Q(stage=target.id)
        firm = [Rule(comes, reason) for reason in [self.archived(target)] if reason]
        left = self.stages.values() if leaving is None else [self.stages[leaving]]
        going = [stage for stage in left if stage.goes_on_to(target)]
        before = self._before(target)
        return firm, [
            *(Rule(comes, reason) for reason in self.barred(target)),
            *(self._other_way(stage) for stage in going if stage.ways and target.id not in stage.ways),
            *self._missing({stage.id: [*before, stage] for stage in going}, target.name, given),
        ]

    def won(self, given: Given = NOTHING) -> list[Rule]:
        """What stands against winning deals, and can be passed with a reason."""
        stages = self.stages.values()
        asked = {stage.id: [one for one in stages if one.pipeline_id == stage.pipeline_id] for stage in stages}
        keepers = KEEPERS if any(stage.has_musts for stage in stages) else ()
        return [
            *self._missing(asked, "", given),
            *(Rule(keeper.are_open(), names_of=keeper.names_of) for keeper in keepers),
        ]

    def _before(self, target: StageRules) -> list[StageRules]:
        """The stages before it in its pipeline: whoever comes into it has what they require, passed or skipped."""
        same = [stage for stage in self.stages.values() if stage.pipeline_id == target.pipeline_id]
        return [stage for stage in same if stage.goes_on_to(target)]

    def _other_way(self, stage: StageRules) -> Rule:
        names = ", ".join(self.stages[pk].name for pk in stage.ways if pk in self.stages)
        words = _("From %(stage)s deals go on to these stages only: %(stages)s.")
        return Rule(Q(stage=stage.id), words % {"stage": stage.name, "stages": names})

    def _missing(self, asked: Mapping[int, Iterable[StageRules]], before: str, given: Given = NOTHING) -> list[Rule]:
        """A rule for each field that is required of deals `before` they come into a stage, or are won: of those in a
        stage (its id) what the ones `asked` require."""
        where: dict[tuple[str, str], dict[int, None]] = {}
        for pk, stages in asked.items():
            for stage in stages:
                for name in stage.required:
                    if label := self._label(name, stage.labels or {}):
                        where.setdefault((name, label), {})[pk] = None
        return [
            Rule(self._lack(name, tuple(ids), given), asks=label, field=name, before=before)
            for (name, label), ids in where.items()
        ]

    def _lack(self, name: str, stages: tuple[int, ...], given: Given) -> Q:
        """The condition of deals in these stages that have nothing in the field and are given nothing."""
        if (name, stages) not in self._empty:
            self._empty[name, stages] = Q(stage__in=stages) & self._is_empty(name)
        lack = self._empty[name, stages]
        return lack & ~Q(pk__in=given[name]) if name in given else lack

    def _label(self, name: str, custom: Mapping[str, str]) -> str:
        """What the field is called within a sentence; "" for one that is not required (any more)."""
        if name.startswith(PREFIX):
            return custom.get(name, "")
        return called(self.model._meta.get_field(name)) if name in REQUIRABLE else ""

    def brought(self, others: Any) -> list[str]:
        """Of the fields that stages require, those with values in tables of their own of which some deals have any: a
        merge gives them all to the one that stays."""
        names = {name for stage in self.stages.values() for name in stage.required}
        parts = (name for name in names if name in ("contacts", "tags") or name.startswith(PREFIX))
        return [name for name in parts if others.exclude(self._is_empty(name)).exists()]

    def _is_empty(self, name: str) -> Q:
        """The condition of deals that have nothing in the field."""
        if name.startswith(PREFIX):
            values = self.model.custom_value().objects.filter(field=int(name.removeprefix(PREFIX)))
            return ~Q(Exists(values.filter(record=OuterRef("pk"))))
        field = self.model._meta.get_field(name)
        if not field.many_to_many:
            return Q(**{f"{name}__isnull": True})
        links = field.remote_field.through.objects.filter(**{field.m2m_field_name(): OuterRef("pk")})
        return ~Q(Exists(links.filter(contact__deleted_at=None) if name == "contacts" else links))


def called(field: Any) -> str:
    """What a field is called within a sentence; one that leads to several records is called as these are."""
    return str(field.related_model._meta.verbose_name_plural if field.many_to_many else field.verbose_name)


def past_the_rules(words: str, because: str) -> str:
    """What was done, and with which reason past the rules; the words alone without one."""
    return _("%(done)s, past the rules: %(reason)s") % {"done": words, "reason": because} if because else words
