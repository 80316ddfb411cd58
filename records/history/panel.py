"""The history of one record: its panel, its page, and the way back of a single value."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from records.models import ChangeSet, Record
from records.panels import Panel, register
from workspaces.models import Membership
from workspaces.requests import WorkspaceRequest
from workspaces.rights import RECORDS

from .hiding import hide_labels
from .reading import changes_of_record, history_page
from .story import Story
from .telling import label_of, shown_fields
from .words import Teller

LAST_ID = 2**63 - 1
#: change sets in the panel, and on a page of the history
FEW, PAGE = 5, 25


@dataclass
class Chapter:
    """What one change set did to the record."""

    change_set: ChangeSet
    stories: list[Story]
    may_open: bool

    @property
    def before(self) -> str:
        """The last moment without it, for an address; "" where the record was made by it."""
        if any(story.is_own and story.change.before is None for story in self.stories):
            return ""
        at = self.change_set.created_at.astimezone(dt.UTC) - dt.timedelta(milliseconds=1)
        return at.isoformat().replace("+00:00", "Z")


def chapters(
    record: Record, membership: Membership, *, before: int = LAST_ID, most: int = PAGE, field: str = ""
) -> tuple[list[Chapter], int]:
    """The newest change sets of a record with what they did, and behind which one the next page begins (0 for none).

    `field` leaves the stories of one of its own fields alone.
    """
    ids = history_page(record, before=before, most=most + 1)
    shown = ids[:most]
    change_sets = {each.pk: each for each in ChangeSet.objects.filter(pk__in=shown)}
    teller = Teller(changes_of_record(record, shown), membership)
    hide_labels(change_sets.values(), membership)
    stories = [told for story in teller.stories() if (told := narrowed(story, field))]
    reach = membership.reachable_owner_ids(membership.scope("history", "view"))
    found = [
        Chapter(
            change_sets[pk],
            [story for story in stories if story.change.change_set_id == pk],
            reach is None or change_sets[pk].member_id in reach,
        )
        for pk in shown
        if pk in change_sets
    ]
    return [chapter for chapter in found if chapter.stories], shown[-1] if len(ids) > most else 0


def narrowed(story: Story, field: str) -> Story | None:
    """The story of one field alone; None where it tells nothing of it."""
    if not field:
        return story
    story.lines = [line for line in story.lines if story.is_own and line.name == field]
    return story if story.lines else None


def fields_of(model: type[Record]) -> list[tuple[str, str]]:
    """The fields that a history can be narrowed down to."""
    return [(field.name, capfirst(label_of(model, field))) for field in shown_fields(model).values()]


def history(request: WorkspaceRequest, record: Any) -> dict[str, Any]:
    found, more = chapters(record, request.membership, most=FEW)
    return {"chapters": found, "more": more}


for name in RECORDS:
    register(
        name, Panel("history", _("History"), "records/history_panel.html", history, order=95, lazy=True, in_past=False)
    )
