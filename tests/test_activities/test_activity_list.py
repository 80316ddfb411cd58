import datetime as dt
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from activities.listing import ActivityListing
from tests.battery_lists import ListBattery, ListCase
from tests.factories import ActivityFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(days=400)


def values(random: Random) -> dict[str, Any]:
    return {
        "subject": random.choice(["Call back", "call back", "Éclair", "Visit"]),
        "kind": random.choice(["call", "meeting", "task"]),
        "occurred_at": NOW + dt.timedelta(hours=random.choice([0, 0, 5, -7])),
    }


class TestActivityList(ListBattery):
    case = ListCase(
        ActivityListing,
        ActivityFactory,
        values=values,
        filters={
            "kind=call&kind=meeting": ({"kind": "meeting"}, {"kind": "task"}),
            "occurred_at=this_year&occurred_at_from=2020-01-01": ({"occurred_at": NOW}, {"occurred_at": LONG_AGO}),
            "occurred_at_to=2020-01-01": ({"occurred_at": dt.datetime(2020, 1, 1, 23, tzinfo=dt.UTC)}, {}),
            "done_at_is=none": ({}, {"done_at": NOW}),
            "done_at=today": ({"done_at": NOW}, {"done_at": LONG_AGO}),
            "done_at_from=2000-01-01&done_at_to=2099-12-31": ({"done_at": NOW}, {}),
            "outcome=busy": ({"kind": "call", "outcome": "busy"}, {"kind": "call"}),
            "outcome=none": ({"outcome": ""}, {"kind": "call", "outcome": "busy"}),
            "minutes_min=10&minutes_max=20": ({"minutes": 15}, {"minutes": 25}),
            "minutes_is=none": ({"minutes": None}, {"minutes": 1}),
        },
    )
