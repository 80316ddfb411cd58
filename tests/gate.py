"""The rules of stages, and the doors that each of them is held against."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from activities.models import Activity
from core.tenancy import workspace_scope
from deals.models import Deal, Person, PipelineTeam, Stage, StageTask, StageWay
from records.models import Refusal
from tests.conftest import WorkspaceClient
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TagFactory, TeamFactory
from tests.importing import Importer, csv_bytes, run_jobs
from tests.reading import filled_form
from workspaces.rights import SYSTEM
from workspaces.tracking import history_of

HTMX = {"HX-Request": "true"}


def change(row: Any, **values: Any) -> None:
    with workspace_scope(row.workspace_id):
        assert type(row)._default_manager.filter(pk=row.pk).update(**values)


# --- the rules --------------------------------------------------------------------------------------------------------
class Rule(NamedTuple):
    """What is set up for the stage that a deal leaves and the one that it wants to; what a door says; what helps."""

    set_up: Callable[[Stage, Stage], Any]
    words: str
    satisfy: Callable[[Deal], Any] | None = None


def requires(*names: str) -> Callable[[Stage, Stage], None]:
    return lambda left, wanted: change(left, required=[*names])


def leads_to_demo_alone(left: Stage, wanted: Stage) -> None:
    StageWay.objects.create(stage=left, to=Stage.objects.get(name="Demo booked"))


def is_of_another_team(left: Stage, wanted: Stage) -> None:
    PipelineTeam.objects.create(pipeline=wanted.pipeline, team=TeamFactory(name="Renewals"))


def between_requires_a_value(left: Stage, wanted: Stage) -> None:
    change(Stage.objects.get(name="Demo booked"), required=["value"])


def wants_a_review(left: Stage, wanted: Stage) -> None:
    StageTask.objects.create(stage=left, name="Review", is_must=True)


def wants_much(left: Stage, wanted: Stage) -> None:
    wants_a_review(left, wanted)
    StageTask.objects.create(stage=left, name="Sign-off", is_must=True, position=1)
    change(left, required=["value"])
    change(wanted, required=["tags"])


def review(deal: Deal) -> None:
    Activity.objects.plan_musts(deal.stage_id, [deal.pk], by=SYSTEM)
    Activity.objects.complete(by=SYSTEM)


#: those that hold for a move to Proposal
MOVES = {
    "a column": Rule(
        requires("expected_close"),
        "Add expected close before Proposal.",
        lambda deal: change(deal, expected_close=timezone.localdate()),
    ),
    "an amount": Rule(requires("value"), "Add value before Proposal.", lambda deal: change(deal, value=0)),
    "an organization": Rule(
        requires("organization"),
        "Add organization before Proposal.",
        lambda deal: change(deal, organization=OrganizationFactory()),
    ),
    "people": Rule(
        requires("contacts"),
        "Add people before Proposal.",
        lambda deal: deal.edit(by=SYSTEM, people=[Person(ContactFactory())]),
    ),
    "tags": Rule(requires("tags"), "Add tags before Proposal.", lambda deal: deal.rows().tag(TagFactory(), by=SYSTEM)),
    "two fields": Rule(
        requires("organization", "value"),
        "Add organization and value before Proposal.",
        lambda deal: change(deal, value=1, organization=OrganizationFactory()),
    ),
    "a stage that is skipped": Rule(
        between_requires_a_value, "Add value before Proposal.", lambda deal: change(deal, value=0)
    ),
    "allowed next stages": Rule(leads_to_demo_alone, "From Qualified deals go on to these stages only: Demo booked."),
    "who may move in": Rule(
        lambda left, wanted: change(wanted, entry_roles=["admin", "owner"]),
        "Only these roles put deals into Proposal: Owner, Admin.",
    ),
    "an archived pipeline": Rule(
        lambda left, wanted: change(wanted.pipeline, archived_at=timezone.now()),
        "The pipeline Sales is archived and takes no deals.",
    ),
    "the teams of a pipeline": Rule(is_of_another_team, "The pipeline Sales is for other teams."),
}
#: with these an import and "Set a field" do not even offer the pipeline
UNOFFERED = ("an archived pipeline", "the teams of a pipeline")
#: those that hold for winning
WINS = {
    "a column": Rule(
        requires("expected_close"),
        "Add expected close before the deal is won.",
        lambda deal: change(deal, expected_close=timezone.localdate()),
    ),
    "tags": Rule(
        requires("tags"), "Add tags before the deal is won.", lambda deal: deal.rows().tag(TagFactory(), by=SYSTEM)
    ),
    "a stage to come": Rule(
        lambda left, wanted: change(wanted, required=["value"]),
        "Add value before the deal is won.",
        lambda deal: change(deal, value=0),
    ),
    "a task": Rule(wants_a_review, "Do before the deal is won: Review.", review),
    "fields and tasks": Rule(
        wants_much,
        "Add value and tags before the deal is won. Do before the deal is won: Review and Sign-off.",
        lambda deal: (review(deal), change(deal, value=0), deal.rows().tag(TagFactory(), by=SYSTEM)),
    ),
}


# --- the doors --------------------------------------------------------------------------------------------------------
Door = Callable[[WorkspaceClient, Deal, Stage], str]


def by_verb_of(member, deal: Deal, stage: Stage) -> str:
    return " ".join(deal.rows().move_to(stage, by=member.actor).refused.values())


@contextmanager
def for_a_while() -> Iterator[None]:
    """What is done in here is taken back, so that one door meets all rules."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knock(door: Door, client: WorkspaceClient, deal: Deal, stage: Stage) -> tuple[str, str]:
    """What the door says, and where the deal is then: its stage, or how it ended."""
    said = door(client, deal, stage)
    deal = Deal.objects.select_related("stage").get(pk=deal.pk)
    return said, deal.stage.name if deal.is_open else deal.status


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def by_drag(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    here = HTMX | {"HX-Current-URL": f"http://testserver{client.url('deals:board')}"}
    data = {"stage": stage.pk, "version": Deal.objects.get(pk=deal.pk).version, "place": "top"}
    return text_of(client.post_w("deals:stage", deal.pk, data=data, headers=here))


def by_drop_in_a_lane(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    here = HTMX | {"HX-Current-URL": f"http://testserver{client.url('deals:board')}?lanes=owner"}
    data = {"stage": stage.pk, "version": Deal.objects.get(pk=deal.pk).version, "place": "top"}
    return text_of(client.post(client.url("deals:column", deal.pk) + "?owner=", data, headers=here))


def by_dialog(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return text_of(client.post_w("deals:stage", deal.pk, data={"stage": stage.pk}, headers=HTMX))


def by_stage_bar(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return text_of(client.post_w("deals:stage", deal.pk, data={"stage": stage.pk}))


def by_form(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    data = filled_form(client.get_w("deals:edit", deal.pk).content.decode()) | {"stage": str(stage.pk)}
    return text_of(client.post_w("deals:edit", deal.pk, data=data))


def by_fact(client: WorkspaceClient, deal: Deal, stage: Stage, query: str = "") -> str:
    data = {"stage": stage.pk, "version": Deal.objects.get(pk=deal.pk).version}
    return text_of(client.post(client.url("deals:fact", deal.pk, "stage") + query, data, headers=HTMX))


def by_cell(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return by_fact(client, deal, stage, "?cell&list=")


def by_set_a_field(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    chosen = {"action": "field", "ids": [deal.pk], "confirmed": "1"}
    data = chosen | {"name": "stage", "asked": "stage", "to-stage": stage.pk}
    return text_of(client.get(client.post_w("deals:bulk", data=data).url))


def by_import(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    Deal.objects.filter(pk=deal.pk).update(external_id="d-1")
    return imported(client, [["External id", "Stage"], ["d-1", stage.name]])


def by_former_value(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    for one in (stage, deal.stage):
        Deal.objects.filter(pk=deal.pk).update(stage=one)
    version = history_of(Deal)._default_manager.filter(pgh_obj_id=deal.pk, stage=stage).latest("pgh_id")
    data = {"field": "stage", "version": version.pgh_id}
    return text_of(client.post_w("deals:restore_value", deal.pk, data=data))


def imported(client: WorkspaceClient, rows: list[list[str]], **answers: str) -> str:
    importer = Importer(client)
    importer.upload("deal", csv_bytes(rows))
    assert importer.map(key="external_id", **answers).status_code == 303, importer.answer.context["form"].errors
    run_jobs()
    return " ".join(importer.refusals().values())


def by_verb(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return " ".join(deal.rows().move_to(stage, by=client.membership.actor).refused.values())


DOORS: dict[str, Door] = {
    "drag": by_drag,
    "drop in a lane": by_drop_in_a_lane,
    "dialog": by_dialog,
    "stage bar": by_stage_bar,
    "form": by_form,
    "fact": by_fact,
    "cell of a list": by_cell,
    "set a field": by_set_a_field,
    "import": by_import,
    "former value": by_former_value,
    "verb": by_verb,
}


def won_by_dialog(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return text_of(client.post_w("deals:closing", deal.pk, data={"status": "won"}, headers=HTMX))


def won_by_button(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return text_of(client.post_w("deals:closing", deal.pk, data={"status": "won"}))


def won_by_drop(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    here = HTMX | {"HX-Current-URL": f"http://testserver{client.url('deals:board')}"}
    data = {"status": "won", "version": Deal.objects.get(pk=deal.pk).version}
    return text_of(client.post_w("deals:closing", deal.pk, data=data, headers=here))


def won_by_import(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    Deal.objects.filter(pk=deal.pk).update(external_id="d-1")
    return imported(client, [["External id", "Stage"], ["d-1", "Won"]])


def won_by_verb(client: WorkspaceClient, deal: Deal, stage: Stage) -> str:
    return " ".join(deal.rows().win(by=client.membership.actor).refused.values())


WINNING: dict[str, Door] = {
    "dialog": won_by_dialog,
    "button": won_by_button,
    "drop zone": won_by_drop,
    "import": won_by_import,
    "verb": won_by_verb,
}


# --- doors of new deals -----------------------------------------------------------------------------------------------
def begun_by_form(client: WorkspaceClient, stage: Stage, **said: str) -> str:
    data = filled_form(client.get_w("deals:create").content.decode()) | {"name": "New", "stage": stage.pk, **said}
    return text_of(client.post_w("deals:create", data=data))


def begun_in_a_column(client: WorkspaceClient, stage: Stage, **said: str) -> str:
    path = client.url("deals:quick") + f"?stage={stage.pk}"
    asked = filled_form(client.get(path).content.decode())
    return text_of(client.post(path, asked | {"name": "New", "stage": stage.pk, **said}, headers=HTMX))


def begun_by_copy(client: WorkspaceClient, stage: Stage, **said: str) -> str:
    values = {"value": said.get("value"), "expected_close": said.get("expected_close")}
    old = DealFactory(owner=client.membership, stage=stage, name="Old", **values)
    return text_of(client.post_w("deals:copy", old.pk))


def begun_by_import(client: WorkspaceClient, stage: Stage, **said: str) -> str:
    rows = [["Name", "Stage", "Value", "Close date"],
            ["New", stage.name, said.get("value", ""), said.get("expected_close", "")]]  # fmt: skip
    importer = Importer(client)
    importer.upload("deal", csv_bytes(rows))
    importer.map(date_order="YMD")
    run_jobs()
    return " ".join(importer.refusals().values())


def begun_by_verb(client: WorkspaceClient, stage: Stage, **said: str) -> str:
    values: dict[str, Any] = said | {"value": int(said.get("value", 0)) or None}
    try:
        Deal.create(by=client.membership.actor, name="New", stage=stage, **values)
    except Refusal as refusal:
        return str(refusal)
    return ""


BEGINNING = {
    "form": begun_by_form,
    "column of the board": begun_in_a_column,
    "copy": begun_by_copy,
    "import": begun_by_import,
    "verb": begun_by_verb,
}
