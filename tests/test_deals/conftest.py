"""What tests of deals begin with."""

import pytest

from core.tenancy import workspace_scope
from deals.models import Pipeline, Stage


@pytest.fixture
def stages(acme) -> list[Stage]:
    """Lead in, Qualified, Demo booked, Proposal, Negotiation, Verbal yes."""
    with workspace_scope(acme.pk):
        return list(Pipeline.objects.get().stages.all())
