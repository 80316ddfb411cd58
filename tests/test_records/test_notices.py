"""Who is told of what: a change set, its followers, and what each of them may see."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact, ContactFollower
from core.tenancy import workspace_scope
from deals.models import Deal
from organizations.models import Organization
from records.jobs import tell_news
from records.models import Attention, ChangeSet, Follower, Notice, change_set
from tests.battery_pages import HTMX, page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, TeamFactory
from tests.importing import Importer, csv_bytes, run_news
from workspaces.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(acme, alice):
    """A person whom alice follows."""
    contact = ContactFactory(workspace=acme, first_name="Priya", last_name="Raman", job_title="Buyer")
    with workspace_scope(acme.pk):
        contact.follow(by=alice.actor)
    return contact


def does(member: Membership, work) -> ChangeSet | None:
    """What a member does in one request, and the news of it."""
    with workspace_scope(member.workspace_id):
        with change_set("", by=member.actor, source="web"):
            work()
            found = ChangeSet.current()
    run_news()
    return found


def told(member: Membership) -> list[tuple[str, str, int]]:
    """(kind, record type, id) of what a member is told, the newest first."""
    with workspace_scope(member.workspace_id):
        return [(n.kind, n.about, n.record) for n in Notice.objects.of(member)]


def test_a_follower_is_told_of_a_change_and_whoever_did_it_is_not(acme, alice, bob, mara, priya):
    with workspace_scope(acme.pk):
        priya.follow(by=bob.actor)
    does(bob, lambda: priya.edit(by=bob.actor, job_title="Head", linkedin="https://linkedin.example/p"))
    assert told(alice) == [("changed", "contact", priya.pk)], "one of a change set and record, however many fields"
    assert told(bob) == told(mara) == []
