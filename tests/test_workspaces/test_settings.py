"""The workspace's own settings, the person's, and the two switches that work everywhere."""

import pytest
from django.test import Client
from django.utils import translation

from core.tenancy import workspace_scope
from tests.factories import UserFactory
from workspaces.models import Membership, User, Workspace

PLACES = {
    "language": "cs", "country": "CZ", "currency": "CZK", "time_zone": "Europe/Prague",
    "trash_days": "30", "trail_days": "90",
}  # fmt: skip


def fresh_workspace(workspace: Workspace) -> Workspace:
    with workspace_scope(workspace.pk):
        return Workspace.objects.get()


# --- the workspace ----------------------------------------------------------------------------------------------------
def test_an_owner_changes_the_workspace(acme, alice, client_of):
    answer = client_of(alice).post_w("workspaces:settings", data=PLACES | {"name": "Acme Praha"})
    assert answer.status_code == 303
    acme = fresh_workspace(acme)
    assert (acme.name, acme.slug, acme.currency, acme.language) == ("Acme Praha", "acme", "CZK", "cs")


@pytest.mark.parametrize("who", ["mara", "bob", "victor"])
def test_others_read_it(acme, alice, client_of, who, request):
    client = client_of(request.getfixturevalue(who))
    page = client.get_w("workspaces:settings").content.decode()
    assert "Owners and admins change these." in page
    assert "USD" in page
    client.post_w("workspaces:settings", data=PLACES | {"name": "Mine"})
    assert fresh_workspace(acme).name == "Acme"


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(acme, alice, client_of):
    answer = client_of(alice).post_w("workspaces:settings", data=PLACES | {"name": "", "country": "XX"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "country"}
    assert answer.context["form"]["currency"].value() == "CZK"
    assert "Acme" in answer.content.decode(), "the navigation shows the workspace as it is"


# --- the profile ------------------------------------------------------------------------------------------------------
def profile(**changes: str) -> dict[str, str]:
    return {"member_name": "Bobby", "language": "", "time_zone": "", "theme": "dark", "single_keys": "on"} | changes


def test_languages_are_listed_in_their_own_words(acme, alice, client_of):
    client = client_of(alice)
    client.post_w("workspaces:profile", data=profile(language="pl"))
    for name in ("workspaces:settings", "workspaces:profile"):
        page = client.get_w(name).content.decode()
        assert 'lang="pl"' in page
        for word in ("English", "Čeština", "Español", "Italiano", "Polski", "Português (Brasil)"):
            assert f">{word}</option>" in page
    assert "(English)</option>" in page, "as the workspace"


def test_everybody_keeps_the_own_profile(acme, victor, client_of):
    client = client_of(victor)
    answer = client.post_w("workspaces:profile", data=profile(language="pl", time_zone="Asia/Tokyo"))
    assert answer.status_code == 303
    assert answer.cookies["theme"].value == "dark"
    victor.user.refresh_from_db()
    user = victor.user
    assert (user.language, user.time_zone, user.theme, user.single_keys) == ("pl", "Asia/Tokyo", "dark", True)
    with workspace_scope(acme.pk):
        assert Membership.objects.get(pk=victor.pk).name == "Bobby"


def test_the_toast_speaks_the_language_that_was_chosen(bob, client_of):
    client = client_of(bob)
    for language in ("pl", "en"):
        with translation.override(language):
            saved = translation.gettext("Profile saved.")
        page = client.get(client.post_w("workspaces:profile", data=profile(language=language)).url).content.decode()
        assert saved in page


def test_a_name_is_the_one_of_this_workspace(acme, charlie, client_of):
    with workspace_scope(acme.pk):
        here = Membership.objects.create(user=charlie.user, name="Charlie at Acme", role="rep")
    client_of(charlie, acme).post_w("workspaces:profile", data=profile(member_name="Karel"))
    with workspace_scope(acme.pk):
        assert Membership.objects.get(pk=here.pk).name == "Karel"
    with workspace_scope(charlie.workspace_id):
        assert Membership.objects.get(pk=charlie.pk).name == "Charlie Novák"


def test_single_keys_can_be_switched_off(acme, bob, client_of):
    client = client_of(bob)
    assert 'data-single-keys="off"' not in client.get_w("workspaces:profile").content.decode()
    data = profile()
    del data["single_keys"]
    client.post_w("workspaces:profile", data=data)
    assert 'data-single-keys="off"' in client.get_w("workspaces:profile").content.decode()


@pytest.mark.parametrize("changes", [{"time_zone": "Mars/Base"}, {"language": "tlh"}, {"theme": "pink"}])
def test_what_does_not_exist_is_no_choice(acme, bob, client_of, changes):
    assert client_of(bob).post_w("workspaces:profile", data=profile(**changes)).status_code == 422


def test_the_language_is_the_persons_else_the_workspaces_else_the_browsers(acme, bob, client_of):
    client = client_of(bob, headers={"accept-language": "it"})
    assert client.get("/workspaces/").headers["Content-Language"] == "it"
    assert client.get_w("workspaces:profile").headers["Content-Language"] == "en"
    bob.user.language = "cs"
    bob.user.save()
    assert client.get_w("workspaces:profile").headers["Content-Language"] == "cs"
    assert client.get("/workspaces/").headers["Content-Language"] == "cs"


def test_an_address_that_is_none_of_the_readers_business_answers_in_the_readers_language(acme, bob, charlie, client_of):
    visitor = client_of(charlie, acme, headers={"accept-language": "it"})
    User.objects.filter(pk=bob.user_id).update(language="cs")
    client_of(bob).get_w("workspaces:profile")
    assert translation.get_language() == "en", "a request leaves no language behind in its thread"
    answer = visitor.get_w("workspaces:profile")
    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "it")
    assert '<html lang="it"' in answer.content.decode()


# --- switches ---------------------------------------------------------------------------------------------------------
def test_the_theme_is_kept_in_the_browser_and_on_the_person(acme, bob, client_of):
    client = client_of(bob)
    answer = client.post("/theme/", {"theme": "dark", "next": "/w/acme/settings/profile/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/w/acme/settings/profile/")
    assert 'data-theme="dark"' in client.get_w("workspaces:profile").content.decode()
    bob.user.refresh_from_db()
    assert bob.user.theme == "dark"


@pytest.mark.django_db
def test_a_visitor_chooses_theme_and_language_too():
    client = Client()
    assert client.post("/theme/", {"theme": "light", "next": "/accounts/login/"}).cookies["theme"].value == "light"
    answer = client.post("/language/", {"language": "cs", "next": "/accounts/login/"})
    assert answer.cookies["language"].value == "cs"
    assert client.get("/accounts/login/").headers["Content-Language"] == "cs"


@pytest.mark.django_db
def test_public_pages_offer_the_languages_and_lead_back_to_themselves():
    page = Client().get("/accounts/login/?next=/w/acme/").content.decode()
    assert 'action="/language/"' in page
    assert 'value="/accounts/login/?next=/w/acme/"' in page
    assert '<option value="cs">' in page


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switches_lead_nowhere_else(target):
    answer = Client().post("/theme/", {"theme": "dark", "next": target})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_a_switch_takes_only_what_exists_and_only_by_post():
    answer = Client().post("/theme/", {"theme": '"><script>'})
    assert "theme" not in answer.cookies
    assert "language" not in Client().post("/language/", {"language": "tlh"}).cookies
    assert Client().get("/theme/").status_code == 405


@pytest.mark.django_db
def test_a_new_browser_gets_the_look_that_the_person_chose_elsewhere():
    user = UserFactory(theme="dark")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    answer = Client().post("/accounts/login/", {"login": user.email, "password": "a long test password"})
    assert answer.cookies["theme"].value == "dark"
