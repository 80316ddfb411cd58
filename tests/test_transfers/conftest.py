import pytest

from tests.importing import Importer


@pytest.fixture
def importer(alice, client_of) -> Importer:
    """Alice, the owner, at the import's pages."""
    return Importer(client_of(alice))
