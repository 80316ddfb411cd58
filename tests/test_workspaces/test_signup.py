"""From nothing to a workspace of one's own."""

import re

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client

import crm.settings
from core.tenancy import setting_scope, workspace_scope
from tests.factories import UserFactory, WorkspaceFactory
from workspaces.models import Membership, User, Workspace

PASSWORD = "a long pass phrase 7"
ADA = {"name": "Ada Nováková", "email": "Ada@New.example", "password1": PASSWORD}
ADDRESS = {"REMOTE_ADDR": "198.51.100.7"}


def link_in(letter: str) -> str:
    """The path of the link in a letter."""
    return re.search(r"https?://[^/\s]+(/\S+)", letter)[1]


def sign_up(client: Client, **changes: str):
    return client.post("/accounts/signup/", ADA | changes)


def confirm(client: Client):
    return client.post(link_in(mail.outbox[-1].body))


def only_workspace_of(user: User) -> Workspace:
    with setting_scope(user_id=user.pk):
        return Membership.objects.select_related("workspace").get(user=user).workspace


@pytest.mark.django_db(transaction=True)
def test_sign_up_confirm_and_open_a_workspace_that_the_starters_have_filled():
    client = Client(headers={"accept-language": "cs-CZ,cs;q=0.9"})
    assert sign_up(client).headers["Location"] == "/accounts/confirm-email/"
    assert client.get("/").headers["Location"] == "/accounts/login/", "the e-mail is not confirmed yet"

    # The same browser goes on where it was.
    assert confirm(client).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/workspaces/new/"
    form = client.get("/workspaces/new/").context["form"]
    guessed = {name: form[name].value() for name in ("language", "country", "currency", "time_zone")}
    assert guessed == {"language": "cs", "country": "CZ", "currency": "CZK", "time_zone": "Europe/Prague"}

    answer = client.post("/workspaces/new/", guessed | {"name": "Nováková a synové"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/w/novakova-a-synove/")
    assert client.get("/").headers["Location"] == "/w/novakova-a-synove/"

    ada = User.objects.get(email="ada@new.example")
    workspace = only_workspace_of(ada)
    assert (workspace.currency, workspace.country, workspace.time_zone) == ("CZK", "CZ", "Europe/Prague")
    with workspace_scope(workspace.pk):
        member = Membership.objects.get()
        assert (member.name, member.role, member.user_id) == ("Ada Nováková", "owner", ada.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_an_address_is_called_the_same_before_sign_in_as_after(page):
    assert re.search(r"<label[^>]*>E-mail\s*<", Client().get(f"/accounts/{page}/").content.decode())


def test_passwords_are_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = crm.settings.PASSWORD_HASHERS
    sign_up(Client())
    assert identify_hasher(User.objects.get().password).algorithm == "argon2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "no address"}, "email"),
        ({"password1": "short"}, "password1"),
        ({"password1": "password1234"}, "password1"),
        ({"password1": "31415926535897"}, "password1"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_made(changes, field):
    answer = sign_up(Client(), **changes)
    assert field in answer.context["form"].errors
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_account_that_exists_is_told_to_its_owner_alone():
    UserFactory(email="ada@new.example")
    known = sign_up(Client())
    unknown = sign_up(Client(), email="other@new.example")
    assert known.status_code == unknown.status_code == 302
    assert known.headers["Location"] == unknown.headers["Location"]
    letters = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert letters == {"ada@new.example": "You have an account already", "other@new.example": "Confirm your e-mail"}


@pytest.mark.django_db
def test_a_link_followed_in_another_browser_confirms_but_signs_nobody_in():
    sign_up(Client())
    stranger = Client()
    assert confirm(stranger).headers["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in stranger.session
    answer = stranger.post("/accounts/login/", {"login": "ada@new.example", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_sign_in_needs_a_confirmed_address():
    sign_up(Client())
    client = Client()
    answer = client.post("/accounts/login/", {"login": "ada@new.example", "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_letters_name_the_product_and_ask_for_nothing():
    sign_up(Client())
    [letter] = mail.outbox
    assert "Ada Nováková has opened an account with Rapport" in letter.body
    assert letter.body.strip().endswith("Rapport")
    assert "testserver" not in letter.subject


# --- where a person goes ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_home_leads_to_sign_in_to_the_one_workspace_or_to_the_choice():
    user = UserFactory()
    client = Client()
    assert client.get("/").headers["Location"] == "/accounts/login/"
    client.force_login(user)
    assert client.get("/").headers["Location"] == "/workspaces/new/"
    WorkspaceFactory(name="One", user=user)
    assert client.get("/").headers["Location"] == "/w/one/"
    WorkspaceFactory(name="Another", user=user)
    assert client.get("/").headers["Location"] == "/workspaces/"
    page = client.get("/workspaces/").content.decode()
    assert page.index("/w/another/") < page.index("/w/one/")


@pytest.mark.django_db
def test_the_choice_shows_own_workspaces_and_no_left_ones(acme, alice, charlie):
    client = Client()
    client.force_login(alice.user)
    with workspace_scope(acme.pk):
        Membership.objects.create(user=charlie.user, name="Charlie", role="rep", is_active=False)
    page = client.get("/workspaces/").content.decode()
    assert "Acme" in page
    assert "Elsewhere" not in page
    client.force_login(charlie.user)
    page = client.get("/workspaces/").content.decode()
    assert "Elsewhere" in page
    assert "Acme" not in page


@pytest.mark.django_db
def test_two_workspaces_of_one_name_have_two_addresses():
    one, two = WorkspaceFactory(name="Acme"), WorkspaceFactory(name="Acme")
    assert one.slug == "acme"
    assert two.slug == f"acme-{two.pk}"
    assert WorkspaceFactory(name="Admin").slug != "admin"
    assert WorkspaceFactory(name="日本").slug == "team"


@pytest.mark.django_db
def test_a_workspace_needs_a_name_and_known_places():
    client = Client()
    client.force_login(UserFactory())
    data = {"name": "", "language": "tlh", "country": "XX", "currency": "XYZ", "time_zone": "Mars/Base"}
    answer = client.post("/workspaces/new/", data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(data)


# --- limits -----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_guessing_a_password_ends_after_five_tries_though_the_sixth_be_right():
    user = UserFactory(email="ada@new.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    for _try in range(5):
        answer = Client(**ADDRESS).post("/accounts/login/", {"login": user.email, "password": "wrong guess"})
        assert "not correct" in answer.content.decode()
    right = {"login": user.email, "password": "a long test password"}
    answer = Client(**ADDRESS).post("/accounts/login/", right)
    assert "Too many failed login attempts" in answer.content.decode()
    # Nobody is locked out by what a stranger does elsewhere.
    assert Client(REMOTE_ADDR="203.0.113.9").post("/accounts/login/", right).status_code == 302


@pytest.mark.django_db
def test_one_address_has_thirty_tries_a_minute_over_all_processes():
    answers = [Client(**ADDRESS).post("/accounts/login/", {"login": f"a{n}@b.example"}) for n in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert "Too many attempts" in answers[-1].content.decode()
    # Counted in the database, which all processes share.
    assert isinstance(caches["default"], DatabaseCache)


@pytest.mark.django_db
def test_behind_a_proxy_each_visitor_has_tries_of_its_own(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def knock(n: int, visitor: str) -> int:
        client = Client(headers={"X-Forwarded-For": f"10.9.9.9, {visitor}"}, **ADDRESS)
        return client.post("/accounts/login/", {"login": f"a{n}@b.example"}).status_code

    assert [knock(n, "203.0.113.7") for n in range(31)] == [200] * 30 + [429]
    assert knock(31, "203.0.113.8") == 200


@pytest.mark.django_db
def test_sign_in_does_not_tell_which_accounts_exist():
    UserFactory(email="ada@new.example")
    pages = [
        Client().post("/accounts/login/", {"login": login, "password": "wrong guess"}).context["form"].errors
        for login in ("ada@new.example", "nobody@new.example")
    ]
    assert pages[0] == pages[1]


@pytest.mark.django_db
def test_a_forgotten_password_is_answered_alike_for_all():
    UserFactory(email="ada@new.example")
    answers = [
        Client().post("/accounts/password/reset/", {"email": email})
        for email in ("ada@new.example", "nobody@new.example")
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, "/accounts/password/reset/done/")
    }
    assert [letter.subject for letter in mail.outbox] == ["Choose a new password", "No account under this e-mail"]


@pytest.mark.django_db
def test_a_new_password_by_letter():
    user = UserFactory(email="ada@new.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/password/reset/", {"email": user.email})
    form = client.get(link_in(mail.outbox[0].body), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    answer = Client().post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert "password" in mail.outbox[-1].body, "a letter says that the password was changed"
