"""The scope opens and closes as it should, with real commits: an outer transaction would hide a leak."""

import pytest
from django.db import connection, transaction

from core.tenancy import current_workspace_id, workspace_scope
from organizations.models import Organization
from tests.conftest import current_settings
from tests.factories import OrganizationFactory, UserFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db(transaction=True)


def new_workspace():
    return WorkspaceFactory(user=UserFactory())


def test_the_setting_ends_with_the_scope():
    workspace = new_workspace()
    with workspace_scope(workspace.pk):
        assert current_settings()[0] == str(workspace.pk)
        assert current_workspace_id() == workspace.pk
    assert current_settings()[0] == ""
    assert current_workspace_id() is None


def test_an_inner_scope_gives_the_outer_one_back():
    one, two = new_workspace(), new_workspace()
    with workspace_scope(one.pk):
        with workspace_scope(two.pk):
            OrganizationFactory(name="of two")
            assert Organization.objects.count() == 1
        assert Organization.objects.count() == 0
        assert current_settings()[0] == str(one.pk)


def test_an_error_leaves_nothing_behind():
    workspace = new_workspace()

    def fail():
        with workspace_scope(workspace.pk):
            OrganizationFactory(name="lost with the error")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert current_settings() == ("", "", "")
    with workspace_scope(workspace.pk):
        assert not Organization.objects.exists()


def test_an_error_in_an_inner_scope_gives_the_outer_one_back():
    one, two = new_workspace(), new_workspace()
    with workspace_scope(one.pk):
        with pytest.raises(ZeroDivisionError), workspace_scope(two.pk):
            raise ZeroDivisionError
        assert current_settings()[0] == str(one.pk)
        assert not connection.needs_rollback


def test_a_request_leaves_nothing_on_its_pooled_connection(client_of):
    from tests.conftest import owner_of

    workspace = new_workspace()
    client = client_of(owner_of(workspace))
    assert client.get_w("contacts:list").status_code == 200
    assert client.get_w("contacts:detail", 10**9).status_code == 404
    with transaction.atomic():
        assert current_settings() == ("", "", "")
