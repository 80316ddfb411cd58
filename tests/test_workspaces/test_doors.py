"""Every address of the product, read from the URLconfs: who may enter, and that nobody else does."""

import pytest
from django.test import Client

from tests.addresses import INSIDE, PUBLIC
from tests.factories import MembershipFactory, UserFactory
from workspaces.rights import RIGHTS, ROLES

#: pages of allauth, each behind its own checks: they are about the reader's account, never about a workspace
ALLAUTH = {
    "account_change_password",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
}
GUARDED = [address for address in INSIDE if isinstance(address.door, tuple)]
RIGHTS_NAMED = {(record, action) for role in RIGHTS.values() for record in role for action in role[record]}


def test_the_walk_finds_the_house():
    names = {address.name for address in INSIDE}
    assert {"workspaces:members", "contacts:list", "contacts:detail", "workspace_admin:index"} <= names
    assert len(INSIDE) > 60


@pytest.mark.parametrize("address", PUBLIC, ids=str)
def test_an_address_outside_the_workspaces_is_declared_public_or_stands_behind_a_gate(address):
    ours = address.door == "public"
    assert ours or address.site or address.name in ALLAUTH


@pytest.mark.parametrize("address", INSIDE, ids=str)
def test_an_address_of_a_workspace_declares_its_door(address):
    if not address.site:
        assert address.door == "member" or address.door in RIGHTS_NAMED


@pytest.mark.django_db
def test_no_address_of_a_workspace_opens_to_somebody_who_is_no_member(acme, charlie, client_of):
    visitor, stranger = client_of(charlie, acme), Client()
    stranger.force_login(UserFactory(is_staff=True, is_superuser=True))
    for address in INSIDE:
        path = f"/w/acme/{address.path}"
        for client in (visitor, stranger):
            assert client.get(path).status_code == 404, address
            assert client.post(path).status_code == 404, address


@pytest.mark.django_db
def test_an_anonymous_visitor_is_sent_to_sign_in_wherever_it_knocks(acme):
    client = Client()
    for address in INSIDE:
        path = f"/w/acme/{address.path}"
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/accounts/login/?next=/w/acme/"), address
    # Nor does the answer tell which workspaces exist.
    assert client.get("/w/no-such-workspace/").status_code == 302


def test_a_part_of_a_page_whose_session_has_ended_sends_the_page_to_sign_in(acme, alice, client_of):
    client = client_of(alice)
    client.logout()
    on_page = {"HX-Request": "true", "HX-Current-URL": "http://testserver/w/acme/people/?sort=-name&q=a"}
    answer = client.get_w("contacts:list", headers=on_page)
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/w/acme/people/%3Fsort%3D-name%26q%3Da"
    assert not answer.content, "nothing to be swapped into the list"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/w/acme/"}
    assert client.post_w("contacts:bulk", headers=elsewhere).headers["HX-Redirect"] == "/accounts/login/?next=/"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_lacks_the_right_gets_403_and_another_does_not(acme, client_of, role):
    member = MembershipFactory(workspace=acme, role=role, user=UserFactory())
    member.workspace = acme
    client = client_of(member)
    client.raise_request_exception = False
    for address in GUARDED:
        record, action = address.door
        path = f"/w/acme/{address.path}"
        # What a view says to a method that it does not know stands outside of its door.
        answers = {client.get(path).status_code, client.post(path).status_code} - {405}
        if member.may(record, action):
            assert 403 not in answers, f"{address} is closed to a {role}, who may {action} a {record}"
        else:
            assert answers == {403}, f"{address} is open to a {role}: {answers}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_admin_of_a_workspace_opens_to_owners_and_admins(acme, client_of, role):
    member = MembershipFactory(workspace=acme, role=role, user=UserFactory(is_staff=True, is_superuser=True))
    member.workspace = acme
    client = client_of(member)
    for address in INSIDE:
        if address.site and role in ("owner", "admin"):
            if address.name.endswith(("index", "changelist")):
                assert client.get(f"/w/acme/{address.path}").status_code == 200, address
        elif address.site:
            assert client.get(f"/w/acme/{address.path}").status_code == 403, address


@pytest.mark.django_db
def test_the_admin_of_the_platform_opens_to_its_staff(alice):
    anonymous, member, staff = Client(), Client(), Client()
    member.force_login(alice.user)
    staff.force_login(UserFactory(is_staff=True, is_superuser=True))
    for address in PUBLIC:
        if address.site:
            assert anonymous.get(f"/{address.path}").status_code == 302, address
            assert member.get(f"/{address.path}").status_code == 403, address
            if address.name.endswith(("index", "changelist")):
                assert staff.get(f"/{address.path}").status_code == 200, address
