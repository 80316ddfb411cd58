import pytest

from deals.models import Stage
from tests.factories import PipelineFactory, StageFactory
from tests.importing import Importer


@pytest.fixture
def importer(alice, client_of) -> Importer:
    """Alice, the owner, at the import's pages."""
    return Importer(client_of(alice))


@pytest.fixture
def stages(in_acme) -> list[Stage]:
    pipeline = PipelineFactory(name="Hardware", currency="USD")
    return [StageFactory(pipeline=pipeline, name=name, position=n) for n, name in enumerate(["First", "Second"])]
