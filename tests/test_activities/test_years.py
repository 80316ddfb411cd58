"""No door lets an activity in whose year no calendar page can be drawn with."""

import datetime as dt
import zoneinfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.models import Activity
from core import formats
from core.tenancy import workspace_scope
from records.models import Refusal
from tests.factories import ContactFactory
from tests.reading import filled_form

pytestmark = pytest.mark.django_db

FIRST_DAY, LAST_DAY = "0001-01-01T00:00", "9999-12-31T23:00"
WORDS = "Choose a day in the years from 1900 to 2200."


@pytest.fixture
def priya(acme):
    return ContactFactory(workspace=acme)


@pytest.fixture
def task(acme, bob, priya):
    with workspace_scope(acme.pk):
        return Activity.plan("task", by=bob.actor, subject="Send offer", due_at=timezone.now(), about=[priya])


@pytest.fixture(autouse=True)
def in_prague(acme, bob):
    """East of Greenwich the first day of the calendar begins before it."""
    with workspace_scope(acme.pk):
        type(acme).objects.filter(pk=acme.pk).update(time_zone="Europe/Prague")


def is_refused(answer, acme, count: int) -> bool:
    with workspace_scope(acme.pk):
        kept = Activity.objects.filter(occurred_at__year__range=(1900, 2200)).count()
        return answer.status_code == 422 and WORDS in answer.content.decode() and kept == count


@pytest.mark.parametrize("moment", [FIRST_DAY, LAST_DAY, "1899-12-31T12:00", "2201-01-02T00:00"])
@pytest.mark.parametrize("kind", ["call", "meeting", "task"])
def test_the_composer(client_of, bob, acme, priya, kind, moment):
    data = {"kind": kind, "subject": "x", "occurred_at": moment, "owner": bob.pk}
    answer = client_of(bob).post_w("activities:compose", "contact", priya.pk, data=data)
    assert is_refused(answer, acme, 0)
    assert 'id="id_occurred_at_error"' in answer.content.decode()


@pytest.mark.parametrize("moment", [FIRST_DAY, LAST_DAY])
def test_its_own_page_and_the_entry_of_a_timeline(client_of, bob, acme, task, priya, moment):
    client = client_of(bob)
    form = filled_form(client.get_w("activities:create").content.decode(), "form")
    new = client.post_w("activities:create", data=form | {"kind": "call", "subject": "x", "occurred_at": moment})
    assert is_refused(new, acme, 1)
    data = {"subject": "x", "occurred_at": moment, "version": task.version, "on": f"contact-{priya.pk}"}
    assert is_refused(client.post_w("activities:entry", task.pk, data=data | {"owner": bob.pk}), acme, 1)


@pytest.mark.parametrize("moment", [FIRST_DAY, LAST_DAY])
def test_the_next_step_of_today(client_of, bob, acme, task, moment):
    data = {"kind": "call", "subject": "x", "due_at": moment}
    answer = client_of(bob).post_w("today:plan", "activity", task.pk, data=data)
    assert is_refused(answer, acme, 1)
    assert f'id="plan-activity-{task.pk}-due_at_error"' in answer.content.decode()


def test_put_off_to_a_day_or_by_some_days(client_of, bob, acme, task):
    client = client_of(bob)
    assert is_refused(client.post_w("today:due", task.pk, data={"day": "9999-12-31"}), acme, 1)
    with workspace_scope(acme.pk):
        Activity.objects.update(occurred_at="2200-12-30T12:00Z", due_at="2200-12-30T12:00Z")
    assert client.post_w("activities:due", task.pk, data={"days": "30"}).status_code < 500
    with workspace_scope(acme.pk):
        assert Activity.objects.get().due_at.year == 2200
        with pytest.raises(Refusal, match="Choose a day"):
            task.snooze(dt.datetime.max.replace(tzinfo=dt.UTC), by=bob.actor)


def test_a_follow_up_that_comes_too_late_takes_its_task_with_it(client_of, bob, acme, priya):
    data = {"kind": "task", "subject": "x", "occurred_at": "2200-12-20T12:00", "owner": bob.pk}
    answer = client_of(bob).post_w(
        "activities:compose", "contact", priya.pk, data=data | {"follow_up": "on", "days": "30"}
    )
    assert is_refused(answer, acme, 0)


@pytest.mark.parametrize("field", ["occurred_at", "due_at", "done_at"])
def test_the_database_itself(in_acme, task, field):
    for year in (1, 9999):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.objects.filter(pk=task.pk).update(**{field: dt.datetime(year, 12, 31, tzinfo=dt.UTC)})


def test_a_moment_at_the_end_of_the_calendar_is_shown_all_the_same():
    now, prague = timezone.now(), zoneinfo.ZoneInfo("Europe/Prague")
    last = dt.datetime(9999, 12, 31, 23, 30, tzinfo=dt.UTC)
    assert formats.when(last, now, prague, "en") == "31 Dec 9999 23:30"
    assert formats.clock(last, prague, "en") == "23:30"
    assert "9999" in formats.full_when(last, prague, "en")
    assert formats.due_state(last, now, prague, "en").state == "planned"
