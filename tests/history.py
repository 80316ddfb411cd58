"""What tests of the history share: a change to tell of, a reading, and what a page says of them."""

import datetime as dt
import re
from html import unescape

from django.utils import timezone

from core.tenancy import workspace_scope
from records.models import ChangeSet, Reading, change_set
from records.models.reading import Note
from tests.battery_pages import page_text
from workspaces.models import Membership


def change_of(member: Membership, change, label: str = "test") -> ChangeSet:
    with workspace_scope(member.workspace_id), change_set(label, by=member.actor, source="web"):
        change()
        found = ChangeSet.current()
    assert found is not None
    return found


def plain(response) -> str:
    """The words of a page."""
    assert response.status_code == 200
    text = re.sub(r"<(svg|script|template).*?</\1>", "", page_text(response), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def read(member, record, way: str = "opened", *, ago: dt.timedelta = dt.timedelta(), others: tuple = ()) -> None:
    """A reading as the trail keeps it, of the record beside others."""
    ids = [record.pk, *(other.pk for other in others)]
    with workspace_scope(member.workspace_id):
        Reading.add([Note(member.pk, way, record._meta.db_table, ids, timezone.now() - ago, "192.0.2.7")])
