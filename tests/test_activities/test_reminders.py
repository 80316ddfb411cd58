"""Reminders of birthdays and other days: a task for the owner, once a year."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from activities.jobs import remind_of_dates
from activities.models import Activity
from activities.reminders import remind
from contacts.models import Contact
from core.tenancy import workspace_scope
from core.yearly import UNKNOWN_YEAR
from organizations.models import Organization
from tests.battery_pages import page_text
from tests.reading import filled_form
from workspaces.rights import SYSTEM

pytestmark = pytest.mark.django_db


def at(*day: int) -> dt.datetime:
    return dt.datetime(*day, 4, 0, tzinfo=dt.UTC)


def planned() -> list[tuple[str, dt.date]]:
    return [(task.subject, task.due_at.date()) for task in Activity.objects.order_by("pk")]


@pytest.fixture
def priya(acme, bob) -> Contact:
    with workspace_scope(acme.pk):
        return Contact.create(
            by=bob.actor, first_name="Priya", last_name="Raman", birthday=dt.date(UNKNOWN_YEAR, 2, 29),
            birthday_reminder=3,
        )  # fmt: skip


def test_the_owner_gets_a_task_so_many_days_before_once_a_year(acme, bob, priya):
    with workspace_scope(acme.pk):
        assert remind(acme, at(2027, 2, 20)) == 0
        assert remind(acme, at(2027, 2, 24)) == 1  # the evening before, for mornings that come earlier elsewhere
        assert remind(acme, at(2027, 2, 25)) == 0
        assert planned() == [("Birthday: Priya Raman, 28 Feb", dt.date(2027, 2, 25))]
        task = Activity.objects.get()
        assert (task.kind, task.owner, task.about) == ("task", bob, [priya])
        task.rows().trash(by=SYSTEM)
        assert remind(acme, at(2027, 2, 26)) == 0
        assert remind(acme, at(2028, 2, 26)) == 1
        assert planned()[-1] == ("Birthday: Priya Raman, 29 Feb", dt.date(2028, 2, 26))


def test_a_day_that_is_written_down_late_is_not_forgotten(acme, priya):
    with workspace_scope(acme.pk):
        assert remind(acme, at(2027, 2, 27)) == 1
        assert planned()[0][1] == dt.date(2027, 2, 27)


def test_any_named_day_of_organizations_and_people(acme, bob):
    with workspace_scope(acme.pk):
        day = {"name": "Founding day", "day": dt.date(1996, 1, 2), "remind_before": 7}
        Organization.create(by=bob.actor, name="Freight", dates=[day])
        Contact.create(by=bob.actor, last_name="Daly", dates=[day | {"name": "Name day", "remind_before": None}])
        assert remind(acme, at(2026, 12, 25)) == 1
        assert planned() == [("Founding day: Freight, 2 Jan 2027", dt.date(2026, 12, 26))]


def test_who_left_and_what_lies_in_the_trash_reminds_nobody(acme, bob, alice, priya):
    with workspace_scope(acme.pk):
        priya.rows().trash(by=SYSTEM)
        assert remind(acme, at(2027, 2, 26)) == 0
        priya.rows().restore(by=SYSTEM)
        bob.deactivate(by=alice.actor)
        assert remind(acme, at(2027, 2, 26)) == 0


def test_the_job_fills_today(client_of, acme, bob):
    with workspace_scope(acme.pk):
        today = dt.datetime.now(ZoneInfo(acme.time_zone)).date()
        Contact.create(
            by=bob.actor, first_name="Ana", last_name="Alvarez", birthday=today.replace(year=1992), birthday_reminder=0
        )
    remind_of_dates(workspace_id=acme.pk)
    assert "Birthday: Ana Alvarez" in page_text(client_of(bob).get("/w/acme/"))


def test_a_day_is_typed_with_or_without_its_year(client_of, bob, acme):
    client = client_of(bob)
    data = filled_form(page_text(client.get_w("contacts:create"))) | {"last_name": "Raman"}
    data |= {"birthday-day": "29", "birthday-month": "2", "birthday-year": ""}
    data |= {"dates-0-name": "Wedding", "dates-0-day-day": "31", "dates-0-day-month": "6", "dates-0-day-year": "2012"}
    refused = client.post_w("contacts:create", data=data)
    assert refused.status_code == 422
    assert "There is no such day." in page_text(refused)
    assert 'value="Wedding"' in page_text(refused)
    saved = client.post_w("contacts:create", data=data | {"dates-0-day-day": "30", "dates-0-remind_before": "5"})
    assert saved.status_code == 303, page_text(saved)
    with workspace_scope(acme.pk):
        raman = Contact.objects.get()
        assert raman.birthday == dt.date(UNKNOWN_YEAR, 2, 29)
        wedding = raman.dates.get()
        assert (wedding.name, wedding.day, wedding.remind_before) == ("Wedding", dt.date(2012, 6, 30), 5)
    page = page_text(client.get(saved.url))
    assert '<time datetime="02-29">29 Feb</time>' in page
    assert '<time datetime="06-30">30 Jun 2012</time>' in page


def test_people_are_found_by_the_days_to_come(client_of, bob, acme):
    with workspace_scope(acme.pk):
        today = dt.datetime.now(ZoneInfo(acme.time_zone)).date()
        soon, later = today + dt.timedelta(days=20), today + dt.timedelta(days=200)
        Contact.create(by=bob.actor, last_name="Soon", birthday=soon.replace(year=1992))
        Contact.create(by=bob.actor, last_name="Later", birthday=later.replace(year=1992))
        for person, day in zip(Contact.objects.order_by("pk"), (soon, later), strict=True):
            person.dates.create(record=person, name="Wedding", day=day.replace(year=UNKNOWN_YEAR))
    client = client_of(bob)
    for column, shown in (("birthday", "1992"), ("dates", f"Wedding: {soon.day} {soon:%b}")):
        page = page_text(client.get(f"{client.url('contacts:list')}?{column}=30&columns={column}"))
        assert "Soon" in page
        assert shown in page
        assert "Later" not in page.partition("<table")[2]
