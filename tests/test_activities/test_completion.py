"""Ticking off and putting off, in the browser."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.models import Activity
from core.tenancy import workspace_scope
from tests.factories import ActivityFactory, ContactFactory
from tests.reading import undo_path

pytestmark = pytest.mark.django_db


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


def test_put_off_to_the_morning_of_a_later_day(client_of, bob, task, acme):
    client_of(bob).post_w("activities:due", task.pk, data={"days": "7"})
    with workspace_scope(acme.pk):
        due_at = timezone.localtime(Activity.objects.get().due_at)
    assert (due_at.date(), due_at.time()) == (timezone.localdate() + dt.timedelta(days=7), dt.time(9))


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
