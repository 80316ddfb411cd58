"""What tests of deals begin with."""

import datetime as dt

import pytest
from django.utils import timezone

from core.tenancy import workspace_scope
from deals.models import Pipeline, Stage


@pytest.fixture
def stages(acme) -> list[Stage]:
    """Lead in, Qualified, Demo booked, Proposal, Negotiation, Verbal yes."""
    with workspace_scope(acme.pk):
        return list(Pipeline.objects.get().stages.all())


@pytest.fixture
def bobs(client_of, bob):
    return client_of(bob)


@pytest.fixture
def day() -> dt.date:
    return timezone.localdate()
