import datetime as dt
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from activities.listing import MINE, ActivityListing
from activities.models import Activity
from core.tenancy import workspace_scope
from tests.battery_lists import ListBattery
from tests.battery_pages import page_text
from tests.factories import ActivityFactory, ContactFactory, DealFactory, OrganizationFactory
from tests.list_case import ListCase, ids_in
from tests.reading import undo_path

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(days=400)


def values(random: Random) -> dict[str, Any]:
    return {
        "subject": random.choice(["Call back", "call back", "Éclair", "Visit"]),
        "kind": random.choice(["call", "meeting", "task"]),
        "occurred_at": NOW + dt.timedelta(hours=random.choice([0, 0, 5, -7])),
    }


def about_all(activity: Activity) -> None:
    activity.set_about([ContactFactory(), OrganizationFactory(), DealFactory()])


class TestActivityList(ListBattery):
    case = ListCase(
        ActivityListing,
        ActivityFactory,
        values=values,
        furnish=about_all,
        filters={
            "kind=call&kind=meeting": ({"kind": "meeting"}, {"kind": "task"}),
            "occurred_at=this_year&occurred_at_from=2020-01-01": ({"occurred_at": NOW}, {"occurred_at": LONG_AGO}),
            "occurred_at_to=2020-01-01": ({"occurred_at": dt.datetime(2020, 1, 1, 23, tzinfo=dt.UTC)}, {}),
            "done_at_is=none": ({}, {"done_at": NOW}),
            "done_at=today": ({"done_at": NOW}, {"done_at": LONG_AGO}),
            "done_at_from=2000-01-01&done_at_to=2099-12-31": ({"done_at": NOW}, {}),
            "outcome=busy": ({"kind": "call", "outcome": "busy"}, {"kind": "call"}),
            "outcome=none": ({"outcome": ""}, {"kind": "call", "outcome": "busy"}),
            "direction=in": ({"kind": "call", "direction": "in"}, {"kind": "call", "direction": "out"}),
            "direction=none": ({"direction": ""}, {"kind": "call", "direction": "out"}),
            "location_is=any": ({"location": "Leeds"}, {"location": ""}),
            "minutes_min=10&minutes_max=20": ({"minutes": 15}, {"minutes": 25}),
            "minutes_is=none": ({"minutes": None}, {"minutes": 1}),
        },
    )

    def test_what_it_is_about_is_linked_but_for_what_is_in_the_trash(self, client_of, alice, acme):
        with workspace_scope(acme.pk):
            priya, gone = ContactFactory(first_name="Priya", last_name="Raman"), DealFactory(name="Gone deal")
            ActivityFactory().set_about([priya, gone, northwind := OrganizationFactory(name="Northwind")])
            gone.rows().trash(by=alice.actor)
        client = client_of(alice)
        page = page_text(self.get(client))
        for record, words in ((priya, "Priya Raman"), (northwind, "Northwind")):
            assert f'<a href="{client.url(f"{record.namespace}:detail", record.pk)}">{words}</a>' in page
        assert "Gone deal" not in page

    def test_what_is_open_has_the_mark_of_its_due_date(self, client_of, alice, acme):
        ActivityFactory(workspace=acme, occurred_at=NOW - dt.timedelta(days=3))
        assert "3d late" in page_text(self.get(client_of(alice)))
        ActivityFactory(workspace=acme, occurred_at=LONG_AGO, done_at=LONG_AGO)
        assert page_text(self.get(client_of(alice))).count('class="st late"') == 1

    def test_the_menu_leads_to_what_one_has_still_to_do_the_soonest_first(self, client_of, alice, bob, acme):
        def make(owner, days, done=None):
            due = NOW + dt.timedelta(days=days)
            return ActivityFactory(workspace=acme, owner=owner, occurred_at=due, done_at=done)

        later, late = make(alice, 2), make(alice, -2)
        make(alice, -1, NOW)
        make(bob, 1)
        client = client_of(alice)
        page = self.get(client)
        assert f'{client.url("activities:list")}?{MINE}"'.replace("&", "&amp;") in page_text(page)
        assert 'aria-current="page">Everything' in page_text(page)
        mine = self.get(client, MINE)
        assert ids_in(mine) == [late.pk, later.pk]
        assert 'aria-current="page">My open ones, soonest first' in page_text(mine)
        assert "<b>not yet</b>" in page_text(mine)

    def test_a_tick_completes_and_comes_back_to_the_list_with_undo(self, client_of, alice, acme):
        task = ActivityFactory(workspace=acme, owner=alice, subject="Send scope")
        client = client_of(alice)
        path = f"{client.url('activities:list')}?{MINE}"
        assert "Mark done: Send scope" in page_text(client.get(path))
        for htmx in ({}, {"HX-Request": "true"}):
            headers = {"Referer": f"http://testserver{path}"} | htmx
            answer = client.post_w("activities:completion", task.pk, data={"on": "list"}, headers=headers)
            assert (answer.status_code, answer.url) == (303, f"http://testserver{path}")
            page = page_text(client.get(path, headers=htmx))
            assert ("<html" in page) == (not htmx)
            assert "Mark done" not in page
            assert "“Send scope” done." in page
            client.post(undo_path(page))
            assert self.fresh(task).done_at is None

    def test_who_may_only_look_has_nothing_to_tick(self, client_of, victor, acme):
        ActivityFactory(workspace=acme)
        assert "Mark done" not in page_text(self.get(client_of(victor)))
