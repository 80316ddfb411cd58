"""The pages of activities, through the battery of every record page and what is an activity's own."""

import datetime as dt

import pytest

from activities.models import Activity
from activities.pages import ActivityPage
from core.tenancy import workspace_scope
from tests.battery_pages import PageBattery, PageCase, page_text
from tests.factories import ActivityFactory, ContactFactory, DealFactory, OrganizationFactory
from tests.reading import filled_form
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


def about_all(activity: Activity) -> None:
    activity.set_about([ContactFactory(), OrganizationFactory(), DealFactory()])


class TestActivityPages(PageBattery):
    case = PageCase(
        ActivityPage,
        ActivityFactory,
        values={"kind": "task", "subject": "Send revised scope"},
        change=("subject", "Send the scope"),
        required="subject",
        typed=("body", "with the tracker add-on"),
        furnish=about_all,
    )


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


def made(client, **data) -> Activity:
    """The activity that the form makes of this."""
    form = filled_form(page_text(client.get_w("activities:create")))
    answer = client.post_w("activities:create", data=form | data)
    assert answer.status_code == 303, page_text(answer)
    with workspace_scope(client.workspace.pk):
        return Activity.objects.latest("pk")


def test_a_task_is_open_and_due(client_of, bob):
    task = made(client_of(bob), kind="task", subject="Call back", occurred_at="2020-01-01T09:00")
    assert task.is_open
    assert task.due_at == task.occurred_at == dt.datetime(2020, 1, 1, 9, tzinfo=dt.UTC)


def test_a_call_of_yesterday_is_done_and_one_of_tomorrow_is_planned(client_of, bob):
    client = client_of(bob)
    yesterday = made(client, kind="call", subject="", occurred_at="2020-01-01T09:00", outcome="connected")
    assert (yesterday.done_at, yesterday.subject) == (yesterday.occurred_at, "Call")
    assert made(client, kind="call", subject="", occurred_at="2199-01-01T09:00").is_open


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "task", "subject": ""}, "subject"),
        ({"kind": "note", "subject": "", "body": " "}, "body"),
        ({"kind": "meeting", "outcome": "busy", "subject": "x"}, "outcome"),
        ({"kind": "letter"}, "kind"),
        ({"kind": "note", "body": "x", "occurred_at": "2199-01-01T09:00"}, "occurred_at"),
    ],
)
def test_what_no_activity_can_be_is_said_beside_the_field(client_of, bob, data, field):
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("activities:create")))
    answer = client.post_w("activities:create", data=form | data)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page_text(answer)


def test_what_is_done_is_not_moved_into_the_future(client_of, bob, acme):
    note = ActivityFactory(workspace=acme, owner=bob, kind="note")
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("activities:edit", note.pk)))
    answer = client.post_w("activities:edit", note.pk, data=form | {"occurred_at": "2199-01-01T09:00"})
    assert answer.status_code == 422
    assert 'id="id_occurred_at_error"' in page_text(answer)


def test_the_form_keeps_what_it_does_not_show(client_of, bob, acme, priya):
    """An activity about two people and one in the trash: the form shows the first."""
    with workspace_scope(acme.pk):
        colm, gone = ContactFactory.create_batch(2)
        activity = ActivityFactory(owner=bob)
        activity.set_about([gone])
        activity.set_about([gone, priya])
        activity.set_about([gone, priya, colm])
        gone.rows().trash(by=SYSTEM)
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("activities:edit", activity.pk)))
    assert form["contact"] == str(priya.pk)
    client.post_w("activities:edit", activity.pk, data=form | {"subject": "Other"})
    with workspace_scope(acme.pk):
        assert set(activity.about) == {gone, priya, colm}
        assert Activity.objects.get().subject == "Other"


def test_what_it_is_about_can_be_changed_and_taken_away(client_of, bob, acme, priya):
    with workspace_scope(acme.pk):
        deal = DealFactory()
        activity = ActivityFactory(owner=bob)
        activity.set_about([priya])
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("activities:edit", activity.pk)))
    for name in ("contact_text", "deal_text"):
        form.pop(name)
    client.post_w("activities:edit", activity.pk, data=form | {"contact": "", "deal": deal.pk})
    with workspace_scope(acme.pk):
        assert activity.about == [deal]


@pytest.mark.parametrize("factory", [ContactFactory, OrganizationFactory, DealFactory])
def test_it_is_about_nothing_of_another_workspace(client_of, bob, acme, elsewhere, factory):
    foreign = factory(workspace=elsewhere)
    client = client_of(bob)
    form = filled_form(page_text(client.get_w("activities:create")))
    form.pop(f"{foreign.record_name}_text")
    data = form | {"subject": "Stolen", foreign.record_name: foreign.pk}
    assert client.post_w("activities:create", data=data).status_code == 422
    with workspace_scope(acme.pk):
        assert not Activity.objects.exists()


def test_its_page_leads_to_what_it_is_about(client_of, bob, acme, priya):
    with workspace_scope(acme.pk):
        activity = ActivityFactory(owner=bob, body="First line\nsecond line")
        trashed = ContactFactory(last_name="Trashed")
        activity.set_about([priya, trashed])
        trashed.rows().trash(by=SYSTEM)
    page = page_text(client_of(bob).get_w("activities:detail", activity.pk))
    assert "Priya Raman" in page
    assert "Trashed" not in page
    assert "First line<br>second line" in page


def test_a_planned_call_asks_how_it_went_and_keeps_when_it_was_planned_for(client_of, bob, acme, priya):
    due_at = dt.datetime(2026, 3, 1, 10, 30, tzinfo=dt.UTC)
    with workspace_scope(acme.pk):
        call = Activity.plan("call", by=bob.actor, subject="Call", due_at=due_at, about=[priya])
        task = Activity.plan("task", by=bob.actor, subject="Write", due_at=due_at, about=[priya])
    client = client_of(bob)
    page = page_text(client.get_w("activities:detail", call.pk))
    assert '<option value="no_answer">No answer</option>' in page
    assert "Planned for" not in page
    assert 'name="outcome"' not in page_text(client.get_w("activities:detail", task.pk))
    client.post_w("activities:completion", call.pk, data={"outcome": "no_answer"})
    page = page_text(client.get_w("activities:detail", call.pk))
    assert "No answer" in page.partition('id="fact-outcome"')[2]
    assert f'datetime="{due_at.isoformat()}"' in page.partition("Planned for")[2].partition("</div>")[0]
