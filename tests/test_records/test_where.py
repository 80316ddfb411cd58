"""Conditions combined with "and", "or" and "not"."""

import json
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from core.tenancy import workspace_scope
from organizations.listing import OrganizationListing
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def params(tree) -> QueryDict:
    text = tree if isinstance(tree, str) else json.dumps(tree)
    return QueryDict(urlencode({"where": text}))


def found(member, tree, listing=OrganizationListing) -> set[str]:
    """The names of the rows that pass."""
    with workspace_scope(member.workspace_id, user_id=member.user_id):
        return {str(row) for row in listing.matching(member, params(tree))}


def test_any_and_not(acme, alice):
    OrganizationFactory(workspace=acme, name="Large", employees=300, sector="Agri")
    OrganizationFactory(workspace=acme, name="Small", employees=3, sector="Agri")
    OrganizationFactory(workspace=acme, name="Unknown", employees=None)
    large = {"p": "employees_min", "v": "100"}
    assert found(alice, large) == {"Large"}
    assert found(alice, large | {"not": True}) == {"Small", "Unknown"}
    assert found(alice, {"any": [large, {"p": "sector_is", "v": "none"}]}) == {"Large", "Unknown"}
