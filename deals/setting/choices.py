"""What admins choose from when they set up pipelines and stages."""

from typing import Any

from django.utils.text import capfirst

from deals.cards import PLACED
from deals.listing import ONLY_CLOSED, DealListing
from deals.models import Deal, Pipeline, Stage
from deals.models.rules import REQUIRABLE, called
from records.custom.columns import OfField
from records.custom.definitions import fields_of
from records.models import SavedView
from records.models.shared import WORKSPACE
from workspaces.choices import Choices
from workspaces.models import Workspace

#: what the board itself says of its cards, and what only the closed have
NOT_ON_CARDS = ONLY_CLOSED | {"name", "stage", "pipeline", "status"}


def requirable(workspace: Workspace) -> Choices:
    """The fields that a stage can require: name, label."""
    fields: list[Any] = [Deal._meta.get_field(name) for name in REQUIRABLE]
    own = [(field.name, capfirst(called(field))) for field in fields]
    return own + [(field.key, field.name) for field in fields_of(workspace).of("deal")]


def on_cards(workspace: Workspace) -> Choices:
    """The columns of the list that cards can show."""
    columns = DealListing.of(workspace).columns
    return [(column.name, column.label) for column in columns if column.name not in NOT_ON_CARDS]


def usually_on_cards(workspace: Workspace) -> list[str]:
    """Those that cards show where nobody has chosen any."""
    columns = DealListing.of(workspace).by_name
    marked = {name for name, column in columns.items() if isinstance(column, OfField) and column.of.on_card}
    return [name for name, _label in on_cards(workspace) if name in PLACED | marked]


def shared_views() -> Choices:
    """The views of deals that everybody sees, as query strings."""
    views = SavedView.objects.filter(kind="deal", audience=WORKSPACE).order_by("name")
    return [(f"view={pk}", name) for pk, name in views.values_list("pk", "name")]


def view_named(query: str) -> str:
    """What a board opens with, by the name of the view or as an address has it; "" for all open deals."""
    return str(dict(shared_views()).get(query, query)) if query else ""


def stages_in_use(own: Pipeline, *, without: Stage) -> list[Stage]:
    """The stages of the pipelines that are in use, and of the `own` one, which stands first."""
    stages = Stage.objects.filter(pipeline__in=Pipeline.objects.in_use()) | Stage.objects.filter(pipeline=own)
    found = [stage for stage in stages.in_order() if stage.pk != without.pk]
    return sorted(found, key=lambda stage: stage.pipeline_id != own.pk)
