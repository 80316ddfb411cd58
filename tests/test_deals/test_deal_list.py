import datetime as dt
import re
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.listing import DealListing
from deals.models import DealPulse
from tests.battery_lists import ListBattery
from tests.battery_pages import page_text
from tests.factories import DealFactory, OrganizationFactory, PipelineFactory, StageFactory
from tests.list_case import ListCase, ids_in

pytestmark = pytest.mark.django_db

CLOSED = {"status": "won", "closed_on": dt.date(2026, 3, 9)}


def ago(days: int) -> dt.datetime:
    """So many whole days ago."""
    return timezone.now() - dt.timedelta(days=days, minutes=1)


def values(random: Random) -> dict[str, Any]:
    day = dt.date(2026, 1, random.choice([1, 1, 2, 28]))
    return {
        "name": random.choice(["Rollout", "rollout", "Ärger", "Pilot"]),
        "value": random.choice([None, 0, 500, 500, 2**50]),
        "expected_close": random.choice([None, day]),
        **random.choice([{}, {"status": "lost", "closed_on": day}, CLOSED]),
    }


class TestDealList(ListBattery):
    case = ListCase(
        DealListing,
        DealFactory,
        values=values,
        filters={
            "status=won": (CLOSED, {}),
            "value_min=10": ({"value": 1000, "currency": "USD"}, {"value": 999, "currency": "USD"}),
            "value_min=10&value_max=99": ({"value": 9900, "currency": "USD"}, {"value": 5000, "currency": "JPY"}),
            "value_max=10&value_is=any": ({"value": 1000, "currency": "USD"}, {"value": None}),
            "expected_close=overdue": ({"expected_close": dt.date(2020, 1, 1)}, {"expected_close": dt.date.max}),
            "expected_close_from=2026-03-09&expected_close_to=2026-03-09&expected_close_is=any": (
                {"expected_close": dt.date(2026, 3, 9)},
                {"expected_close": dt.date(2026, 3, 10)},
            ),
            "closed_on_from=2026-03-09&closed_on_to=9999-12-31": (CLOSED, CLOSED | {"closed_on": dt.date(2026, 3, 8)}),
            "closed_on=last_year&closed_on_is=any": (
                CLOSED | {"closed_on": dt.date(timezone.localdate().year - 1, 6, 1)},
                CLOSED | {"closed_on": dt.date(2020, 1, 1)},
            ),
            "forecast=commit": ({"forecast": "commit"}, {}),
            "chance_min=60&chance_max=80": ({"probability": 70}, {"probability": 59}),
            "age_min=30&age_max=30": ({"created_at": ago(30)}, {"created_at": ago(31)}),
            "days_in_stage_min=9&days_in_stage_max=9": ({"stage_since": ago(9)}, {"stage_since": ago(8)}),
            "close_reason_is=any": (CLOSED | {"close_reason": "Price"}, CLOSED),
        },
        elsewhere=frozenset({"organization", "organization_is", "stage", "pipeline", "reason", "competitors"}),
    )

    def test_stage_pipeline_and_organization(self, client_of, alice, acme):
        with workspace_scope(acme.pk):
            first, second = (StageFactory(name="Proposal", pipeline=PipelineFactory(name=name)) for name in "AB")
            northwind = OrganizationFactory(name="Northwind")
            deal = DealFactory(stage=first, organization=northwind)
            other = DealFactory(stage=second)
        client = client_of(alice)
        assert ids_in(self.get(client, f"stage={first.pk}")) == [deal.pk]
        assert "A: Proposal" in page_text(self.get(client, f"stage={first.pk}"))
        assert ids_in(self.get(client, f"pipeline={second.pipeline_id}")) == [other.pk]
        assert ids_in(self.get(client, f"organization={northwind.pk}")) == [deal.pk]
        assert ids_in(self.get(client, "organization_is=none")) == [other.pk]

    def test_the_card_of_a_phone_says_with_whom_and_how_far(self, client_of, alice, acme):
        with workspace_scope(acme.pk):
            DealFactory(organization=OrganizationFactory(name="Northwind"), stage=StageFactory(name="Proposal"))
        kept = re.findall(r'<td class="[^"]*keep[^"]*">(.*?)</td>', page_text(self.get(client_of(alice))))
        assert any("Northwind" in cell for cell in kept)
        assert any(cell.startswith("Proposal") for cell in kept)

    def test_values_add_up_by_currency(self, client_of, alice, acme, monkeypatch):
        monkeypatch.setattr("records.listing.asked.PAGE_SIZE", 2)
        with workspace_scope(acme.pk):
            dollars, koruna = (StageFactory(pipeline=PipelineFactory(currency=code)) for code in ("USD", "CZK"))
            for value in (100_000, 50_050, None):
                DealFactory(stage=dollars, value=value)
            DealFactory(stage=koruna, value=700)
        page = page_text(self.get(client_of(alice)))
        assert "$1,500.50 + CZK\xa07" in page
        assert "1–2 of 4" in page
        assert "<tfoot>" not in page_text(self.get(client_of(alice), "columns=owner"))

    def test_an_open_deal_is_idle_when_its_stage_says_so(self, client_of, alice, acme):
        with workspace_scope(acme.pk):
            stage, now = StageFactory(idle_days=14), timezone.now()
            old = {"stage": stage, "stage_since": now - dt.timedelta(days=20)}
            DealFactory(**old, status="won", closed_on=now.date())
            assert self.marks(client_of(alice)) == []
            DealFactory(stage=stage)
            assert self.marks(client_of(alice)) == ["No next step"]
            deal = DealFactory(**old)
            assert sorted(self.marks(client_of(alice))) == ["20d idle", "No next step"]
            DealPulse.objects.filter(record=deal).update(next_activity_at=now - dt.timedelta(days=1))
            assert sorted(self.marks(client_of(alice))) == ["No next step", "Yesterday"]
            DealPulse.objects.filter(record=deal).update(next_activity_at=None, last_activity_at=now)
            assert self.marks(client_of(alice)) == ["No next step"] * 2

    def marks(self, client) -> list[str]:
        """The next-step marks of the list."""
        return re.findall(r'class="st [a-z]+">.*?</svg>([^<]+)<', page_text(self.get(client)))
