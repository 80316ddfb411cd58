"""The composer on the pages of people, organizations and deals."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from activities.models import Activity
from core.tenancy import workspace_scope
from tests.factories import ContactFactory, DealFactory, OrganizationFactory
from tests.reading import filled_form, undo_path

pytestmark = pytest.mark.django_db

FACTORIES = {"contact": ContactFactory, "organization": OrganizationFactory, "deal": DealFactory}


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


def activities(acme) -> list[Activity]:
    with workspace_scope(acme.pk):
        return list(Activity.objects.order_by("pk"))


def page_of(client, record) -> str:
    with workspace_scope(record.workspace_id):
        return client.url(f"{record.namespace}:detail", record.pk)


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_note_lands_on_the_timeline_of_its_record(client_of, bob, acme, kind):
    record = FACTORIES[kind](workspace=acme)
    client = client_of(bob)
    answer = client.post_w("activities:compose", kind, record.pk, data={"kind": "note", "body": "They want trackers."})
    assert (answer.status_code, answer.url) == (303, page_of(client, record))
    page = client.get(answer.url).content.decode()
    timeline = page.partition('id="timeline"')[2]
    assert "They want trackers." in timeline
    assert "Bob Lindqvist" in timeline
    client.post(undo_path(page))
    assert activities(acme) == []


@pytest.mark.parametrize("kind", ["note", "call", "meeting", "task"])
def test_each_tab_is_a_link_to_its_form(client_of, bob, priya, kind):
    page = client_of(bob).get_w("contacts:detail", priya.pk, data={"compose": kind}).content.decode()
    composer = page.partition('id="composer"')[2].partition("</form>")[0]
    assert f'name="kind" value="{kind}"' in composer
    assert f'id="compose-{kind}" aria-current="true"' in composer


def test_an_unknown_tab_is_the_note(client_of, bob, priya):
    page = client_of(bob).get_w("contacts:detail", priya.pk, data={"compose": "letter"}).content.decode()
    assert 'name="kind" value="note"' in page


def test_a_call_keeps_outcome_and_minutes(client_of, bob, acme, priya):
    data = {"kind": "call", "occurred_at": "2026-03-01T10:30", "outcome": "connected", "minutes": "14", "body": "Fine."}
    client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data)
    [call] = activities(acme)
    assert (call.headline, call.done_at) == ("Call, 14 min, connected", dt.datetime(2026, 3, 1, 10, 30, tzinfo=dt.UTC))


def test_a_meeting_ahead_is_planned(client_of, bob, acme, priya):
    data = {"kind": "meeting", "subject": "Demo", "occurred_at": "2199-03-01T10:30"}
    client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data)
    [meeting] = activities(acme)
    assert meeting.is_open


def test_a_task_is_given_to_somebody(client_of, bob, mara, acme, priya):
    data = {"kind": "task", "subject": "Send scope", "occurred_at": "2026-03-01T10:30", "owner": mara.pk}
    client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data)
    [task] = activities(acme)
    assert (task.owner_id, task.is_open) == (mara.pk, True)


@pytest.mark.parametrize("kind", FACTORIES)
def test_the_details_say_at_once_that_something_was_done(client_of, bob, acme, kind):
    record = FACTORIES[kind](workspace=acme)
    data = {"kind": "call", "occurred_at": "2026-03-01T10:30"}
    client = client_of(bob)
    answer = client.post_w("activities:compose", kind, record.pk, data=data, headers={"HX-Request": "true"})
    fact = re.search(r'id="fact-last_activity_at"[^>]*hx-swap-oob.*?</div>', answer.content.decode(), re.DOTALL)
    assert fact
    assert 'datetime="2026-03-01T10:30:00+00:00"' in fact[0]


@pytest.mark.parametrize("kind", ["note", "call", "meeting", "task"])
def test_each_offers_a_follow_up(client_of, bob, priya, kind):
    page = client_of(bob).get_w("contacts:detail", priya.pk, data={"compose": kind}).content.decode()
    words = "Once due, follow up in" if kind == "task" else "Follow up in"
    assert f'id="id_follow_up"> {words}' in page


def test_the_follow_up_is_planned_in_the_same_save_and_undone_with_it(client_of, bob, acme, priya):
    client = client_of(bob)
    data = {"kind": "note", "body": "Sent the offer.", "follow_up": "on", "days": "3"}
    answer = client.post_w("activities:compose", "contact", priya.pk, data=data)
    note, task = activities(acme)
    due_at = timezone.localtime(task.due_at)
    assert (task.kind, task.subject, task.owner_id) == ("task", "Follow up: Priya Raman", bob.pk)
    assert (due_at.date(), due_at.hour) == (timezone.localdate() + dt.timedelta(days=3), 9)
    with workspace_scope(acme.pk):
        assert task.about == note.about == [priya]
    client.post(undo_path(client.get(answer.url).content.decode()))
    assert activities(acme) == []


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "note", "body": " ", "follow_up": "on"}, "body"),
        ({"kind": "task", "subject": "", "body": "What I typed"}, "subject"),
        ({"kind": "call", "occurred_at": "soon", "body": "What I typed"}, "occurred_at"),
        ({"kind": "call", "occurred_at": "2026-03-01T10:30", "outcome": "rude", "body": "What I typed"}, "outcome"),
        ({"kind": "meeting", "subject": "x", "minutes": "-1", "body": "What I typed"}, "minutes"),
        ({"kind": "task", "subject": "x", "owner": "0", "body": "What I typed"}, "owner"),
    ],
)
def test_errors_keep_what_was_typed_on_the_page_of_the_record(client_of, bob, acme, priya, data, field):
    client = client_of(bob)
    answer = client.post_w("activities:compose", "contact", priya.pk, data=data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert "<h1>Priya Raman</h1>" in page
    assert "What I typed" in page or data["body"] == " "
    assert activities(acme) == []


def test_htmx_gets_the_composer_alone_back(client_of, bob, priya):
    data = {"kind": "task", "subject": "", "body": "What I typed"}
    answer = client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.lstrip().startswith('<div class="composer"')
    assert "What I typed" in text
    assert 'id="timeline"' not in text


def test_htmx_gets_an_empty_composer_and_the_timeline_after_saving(client_of, bob, priya):
    data = {"kind": "call", "occurred_at": "2026-03-01T10:30", "body": "They want trackers."}
    answer = client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data, headers={"HX-Request": "true"})
    composer, _, timeline = answer.content.decode().partition('<div id="timeline" hx-swap-oob="true">')
    assert "They want trackers." not in composer
    assert 'name="kind" value="call"' in composer
    assert "They want trackers." in timeline
    assert "/undo/" in timeline


@pytest.mark.parametrize("kind", ["activity", "pipeline", "contacts"])
def test_only_what_has_a_timeline_can_be_written_about(client_of, bob, priya, kind):
    data = {"kind": "note", "body": "x"}
    assert client_of(bob).post_w("activities:compose", kind, priya.pk, data=data).status_code == 404


@pytest.mark.parametrize("kind", FACTORIES)
def test_records_of_another_workspace_and_in_the_trash_are_not_found(client_of, bob, acme, elsewhere, kind):
    data = {"kind": "note", "body": "x"}
    foreign = FACTORIES[kind](workspace=elsewhere)
    trashed = FACTORIES[kind](workspace=acme, deleted_at=timezone.now())
    for record in (foreign, trashed):
        assert client_of(bob).post_w("activities:compose", kind, record.pk, data=data).status_code == 404
    assert activities(acme) == []


def test_a_task_is_not_given_to_a_member_of_another_workspace(client_of, bob, charlie, acme, priya):
    data = {"kind": "task", "subject": "x", "occurred_at": "2026-03-01T10:30", "owner": charlie.pk}
    assert client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data).status_code == 422


def test_a_viewer_sees_no_composer_and_writes_nothing(client_of, victor, charlie, acme, priya):
    assert 'id="composer"' not in client_of(victor).get_w("contacts:detail", priya.pk).content.decode()
    data = {"kind": "note", "body": "x"}
    assert client_of(victor).post_w("activities:compose", "contact", priya.pk, data=data).status_code == 403
    assert client_of(charlie, acme).post_w("activities:compose", "contact", priya.pk, data=data).status_code == 404


def test_what_the_form_shows_can_be_sent_as_it_is(client_of, bob, acme, priya):
    """The fields that a browser would send, with the text typed into them."""
    client = client_of(bob)
    for kind in ("note", "call", "meeting", "task"):
        page = client.get_w("contacts:detail", priya.pk, data={"compose": kind}).content.decode()
        form = filled_form(page, "compose")
        data = form | {"body": "Text", "subject": "Subject"}
        assert client.post_w("activities:compose", "contact", priya.pk, data=data).status_code == 303, kind
    assert [activity.kind for activity in activities(acme)] == ["note", "call", "meeting", "task"]
