"""What tests of the history share: a change to tell of, and what a page says of it."""

import re
from html import unescape

from core.tenancy import workspace_scope
from records.models import ChangeSet, change_set
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
