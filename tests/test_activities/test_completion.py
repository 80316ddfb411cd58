"""Ticking off and putting off, in the browser."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import timezone

from activities.models import Activity
from core import formats
from core.tenancy import workspace_scope
from tests.factories import ActivityFactory, ContactFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

TOKYO = zoneinfo.ZoneInfo("Asia/Tokyo")


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme, first_name="Priya", last_name="Raman")


@pytest.fixture
def task(acme, bob, priya) -> Activity:
    with workspace_scope(acme.pk):
        due_at = timezone.now() + dt.timedelta(days=2)
        return Activity.plan("task", by=bob.actor, subject="Send scope", due_at=due_at, about=[priya])


def is_open(task) -> bool:
    with workspace_scope(task.workspace_id):
        return Activity.objects.get(pk=task.pk).is_open


def test_a_tick_on_the_page_of_a_person_comes_back_there_with_undo(client_of, bob, task, priya):
    client = client_of(bob)
    path = client.url("contacts:detail", priya.pk)
    assert "Mark done: Send scope" in client.get(path).content.decode()
    answer = client.post_w("activities:completion", task.pk, headers={"Referer": f"http://testserver{path}"})
    assert (answer.status_code, answer.url) == (303, f"http://testserver{path}")
    assert not is_open(task)
    page = client.get(path).content.decode()
    assert "“Send scope” done." in page
    client.post(undo_path(page))
    assert is_open(task)


def test_htmx_gets_the_timeline_that_the_box_stood_on(client_of, bob, task, priya):
    data = {"on": f"contact-{priya.pk}"}
    answer = client_of(bob).post_w("activities:completion", task.pk, data=data, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert 'id="timeline"' in text
    assert "Mark done: Send scope" not in text
    assert "/undo/" in text
    assert "<html" not in text


def test_done_by_mistake_is_opened_again(client_of, bob, task):
    client = client_of(bob)
    client.post_w("activities:completion", task.pk)
    assert client.post_w("activities:completion", task.pk).status_code == 409
    client.post_w("activities:completion", task.pk, data={"done": "0"})
    assert is_open(task)


def test_an_outcome_that_no_call_has_is_refused(client_of, bob, acme, priya):
    with workspace_scope(acme.pk):
        call = Activity.plan("call", by=bob.actor, subject="Call", due_at=timezone.now(), about=[priya])
    client = client_of(bob)
    assert client.post_w("activities:completion", call.pk, data={"outcome": "rude" * 9}).status_code == 409
    assert is_open(call)
    assert client.get_w("contacts:detail", priya.pk).status_code == 200


def put_off(client, task: Activity, due_at: dt.datetime, days: int) -> dt.datetime:
    """When it is due after it was put off, by the clock of the member's zone."""
    with workspace_scope(task.workspace_id):
        Activity.objects.update(occurred_at=due_at, due_at=due_at)
    client.post_w("activities:due", task.pk, data={"days": str(days)})
    with workspace_scope(task.workspace_id):
        return Activity.objects.get().due_at.astimezone(TOKYO)


def test_put_off_it_is_later_than_it_was_and_keeps_its_hour(client_of, bob, task, acme):
    bob.user.time_zone = "Asia/Tokyo"
    bob.user.save()
    client, now = client_of(bob), timezone.now().astimezone(TOKYO)
    ahead = (now + dt.timedelta(days=9)).replace(hour=8, minute=30, second=0, microsecond=0)
    assert put_off(client, task, ahead, 1) == ahead + dt.timedelta(days=1)
    late = ahead - dt.timedelta(days=20)
    in_a_week = dt.datetime.combine(now.date() + dt.timedelta(days=7), dt.time(8, 30), TOKYO)
    assert put_off(client, task, late, 7) == in_a_week


def test_the_toast_says_until_when_it_is_put_off(client_of, bob, task):
    client = client_of(bob)
    due_at = timezone.now().replace(hour=15, minute=0) + dt.timedelta(days=3)
    new = put_off(client, task, due_at, 30)
    page = client.get_w("activities:detail", task.pk).content.decode()
    words = formats.when(new, timezone.now(), zoneinfo.ZoneInfo(bob.workspace.time_zone), "en")
    assert f"“Send scope” put off. New date: {words}" in page


@pytest.mark.parametrize("days", ["", "x", "0", "-1", "9999"])
def test_nonsense_is_not_found(client_of, bob, task, days):
    assert client_of(bob).post_w("activities:due", task.pk, data={"days": days}).status_code == 404


@pytest.mark.parametrize("view", ["activities:completion", "activities:due"])
def test_a_viewer_may_not_and_another_workspace_finds_nothing(client_of, victor, charlie, acme, task, view):
    data = {"days": "1"}
    assert client_of(victor).post_w(view, task.pk, data=data).status_code == 403
    assert client_of(charlie).post_w(view, task.pk, data=data).status_code == 404
    assert client_of(charlie, acme).post_w(view, task.pk, data=data).status_code == 404
    assert is_open(task)


def test_the_timeline_of_another_workspace_s_record_is_not_shown(client_of, bob, task, elsewhere):
    theirs = ContactFactory(workspace=elsewhere)
    data = {"on": f"contact-{theirs.pk}"}
    answer = client_of(bob).post_w("activities:completion", task.pk, data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert is_open(task)


def test_a_task_about_nothing_is_done_on_its_own_page(client_of, bob, acme):
    task = ActivityFactory(workspace=acme, owner=bob)
    answer = client_of(bob).post_w("activities:completion", task.pk)
    assert answer.url == client_of(bob).url("activities:detail", task.pk)
