"""A task about each of the chosen records: a bulk action of the lists of people, organizations and deals."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.models import Activity
from contacts.models import Contact
from core.tenancy import workspace_scope
from records.models import NotAllowed, Refusal
from tests.battery_pages import page_text
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from tests.importing import run_jobs
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

TOMORROW = timezone.now().replace(second=0, microsecond=0) + dt.timedelta(days=1)
TOLD = {"action": "task", "confirmed": "1", "subject": "Renew", "due_at": f"{TOMORROW:%Y-%m-%dT%H:%M}"}


def tasks(member) -> list[tuple[str, int | None, list[str]]]:
    with workspace_scope(member.workspace_id):
        found = Activity.objects.present().filter(kind="task").order_by("pk")
        return [(task.subject, task.owner_id, [str(record) for record in task.about]) for task in found]


@pytest.mark.parametrize("factory", [ContactFactory, OrganizationFactory, DealFactory])
def test_each_record_gets_one_and_its_owner_does_it(client_of, alice, bob, acme, factory):
    ours, nobodys = factory(workspace=acme, owner=bob), factory(workspace=acme, owner=None)
    client = client_of(alice)
    asked = client.post_w(f"{ours.namespace}:bulk", data={"action": "task", "ids": [ours.pk, nobodys.pk]})
    assert "Whoever owns the record" in page_text(asked)
    done = client.post_w(f"{ours.namespace}:bulk", data=TOLD | {"ids": [ours.pk, nobodys.pk]})
    page = page_text(client.get(done.url))
    assert "2 tasks planned." in page
    assert tasks(alice) == [("Renew", bob.pk, [str(ours)]), ("Renew", alice.pk, [str(nobodys)])]
    client.post(undo_path(page))
    assert tasks(alice) == []


def test_somebody_else_does_all(client_of, alice, mara, acme):
    rows = [ContactFactory(workspace=acme, owner=alice) for _ in range(3)]
    client_of(alice).post_w("contacts:bulk", data=TOLD | {"ids": [row.pk for row in rows], "owner": mara.pk})
    assert {owner for _subject, owner, _about in tasks(alice)} == {mara.pk}


def test_what_no_task_can_be_is_told_beside_the_field(client_of, alice, acme):
    row, client = ContactFactory(workspace=acme, owner=alice), client_of(alice)
    for wrong, words in (
        ({"subject": ""}, "required"),
        ({"due_at": "soon"}, "valid date"),
        ({"due_at": ""}, "required"),
    ):
        answer = client.post_w("contacts:bulk", data=TOLD | {"ids": [row.pk]} | wrong)
        assert answer.status_code == 422
        assert words in page_text(answer)
    assert tasks(alice) == []


def test_the_verb_asks_the_gate_and_the_rules(in_acme, alice, victor):
    ContactFactory()
    rows = Contact.objects.all()
    with pytest.raises(NotAllowed):
        Activity.objects.all().plan_each(rows, by=victor.actor, subject="Renew", due_at=TOMORROW)
    with pytest.raises(Refusal):
        Activity.objects.all().plan_each(rows, by=alice.actor, subject=" ", due_at=TOMORROW)
    assert not Activity.objects.exists()


def test_many_are_planned_by_a_job(client_of, alice, acme, monkeypatch):
    monkeypatch.setattr("records.listing.running.AT_ONCE", 3)
    monkeypatch.setattr("records.listing.running.BATCH", 2)
    for _ in range(5):
        ContactFactory(workspace=acme, owner=alice)
    asked = client_of(alice).post_w("contacts:bulk", data=TOLD | {"all": "1"})
    run_jobs()
    assert len(tasks(alice)) == 5
    over = page_text(client_of(alice).get(asked.url))
    client_of(alice).post(undo_path(over))
    assert tasks(alice) == []


def test_the_list_of_activities_does_not_offer_it(client_of, alice, acme):
    assert client_of(alice).post_w("activities:bulk", data=TOLD | {"all": "1"}).status_code in (303, 404)
    assert tasks(alice) == []
