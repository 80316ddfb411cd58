"""Headers, cookies, sign-out, and the settings of an installation behind https."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client, RequestFactory

from crm.middleware import LimitMiddleware
from tests.addresses import INSIDE, PUBLIC
from tests.factories import ContactFactory, DealFactory, OrganizationFactory, UserFactory

PUBLIC_PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/no-such-key/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-no-such-key/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/accounts/logout/",
    "/invitation/no-such-token/",
    "/no-such-page/",
]
SIGNED_IN_PAGES = [
    "/workspaces/",
    "/workspaces/new/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/logout/",
]
RECORDS = {"contacts:detail": ContactFactory, "organizations:detail": OrganizationFactory, "deals:detail": DealFactory}
#: what the policy forbids in a page: it would silently do nothing
INLINE = re.compile(
    r"""<style|\sstyle\s*=|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")|\son\w+\s*=\s*["']|javascript:""",
    re.I,
)


def assert_strict(answer) -> None:
    """The page carries the policy, and nothing in it that the policy forbids."""
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    found = INLINE.search(answer.content.decode())
    assert not found, answer.content.decode()[max(0, found.start() - 80) : found.end() + 80]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_public_pages_hold_to_the_policy(path):
    answer = Client().get(path, follow=True)
    assert answer.status_code in (200, 404, 410)
    assert_strict(answer)


@pytest.mark.parametrize("path", SIGNED_IN_PAGES)
def test_pages_of_the_account_hold_to_the_policy(alice, client_of, path):
    answer = client_of(alice).get(path, follow=True)
    assert answer.status_code == 200
    assert_strict(answer)


def test_every_page_of_a_workspace_that_needs_no_record_holds_to_the_policy(acme, alice, client_of):
    client = client_of(alice)
    seen = set()
    for address in INSIDE:
        answer = None if address.parameters else client.get(f"/w/acme/{address.path}")
        if answer and answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert_strict(answer)
            seen.add(address.name)
    assert {"today", "overview", "contacts:list", "deals:create", "workspaces:members", "workspace_admin:index"} <= seen


@pytest.mark.parametrize("name", RECORDS)
def test_record_pages_hold_to_the_policy(acme, alice, client_of, name):
    record = RECORDS[name](workspace=acme)
    answer = client_of(alice).get_w(name, record.pk)
    assert answer.status_code == 200
    assert_strict(answer)


@pytest.mark.django_db
def test_pages_of_the_platforms_admin_hold_to_the_policy():
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    for address in PUBLIC:
        answer = client.get(f"/{address.path}") if address.site and not address.parameters else None
        if answer and answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            assert_strict(answer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "megabytes", "status"),
    [
        ("/accounts/login/", 7, 413),
        ("/accounts/login/", 1, 200),
        ("/w/acme/transfers/new/", 49, 200),
        ("/w/acme/transfers/new/", 52, 413),
        ("/w/acme/people/7/files/", 19, 200),
        ("/w/acme/people/7/edit/", 19, 413),
        ("/w/acme/activities/compose/contact/7/", 19, 200),
        ("/w/acme/activities/compose/contact/7/", 52, 413),
        ("/w/acme/activities/drafts/contact/7/", 19, 413),
    ],
)
def test_a_body_larger_than_its_page_takes_is_refused_before_it_is_read(path, megabytes, status):
    limit = LimitMiddleware(lambda request: HttpResponse())
    request = RequestFactory().post(path, CONTENT_LENGTH=str(megabytes * 1024**2))
    assert limit(request).status_code == status
    if status == 413:
        assert Client().post(path, CONTENT_LENGTH=str(megabytes * 1024**2)).status_code == 413


@pytest.mark.parametrize(
    "path", ["/people/pick/?q=%00", "/people/?q=a%00b", "/admin/workspaces/membership/?role__exact=%00", "/%00/"]
)
def test_the_character_that_no_text_can_hold_is_a_bad_request(alice, client_of, path):
    assert client_of(alice).get(f"/w/acme{path}").status_code == 400


def test_nor_can_a_form_hold_it(acme, alice, client_of):
    contact = ContactFactory(workspace=acme)
    assert client_of(alice).post_w("contacts:tags", contact.pk, data={"name": "a\0b"}).status_code == 400
    assert Client().get("/w/%00/").status_code == 400


DIGITS = "9" * 5_000


@pytest.mark.parametrize(
    "path",
    [
        f"/people/new/?organization={DIGITS}",
        f"/people/positions/new/?contact={DIGITS}",
        f"/deals/new/?contact={DIGITS}",
        f"/people/{DIGITS}/",
    ],
)
def test_a_number_beyond_all_rows_is_nobodys(alice, client_of, path):
    assert client_of(alice).get(f"/w/acme{path}").status_code in (200, 404)


def test_nor_is_it_in_a_form(acme, alice, client_of):
    client = client_of(alice)
    contact, deal = ContactFactory(workspace=acme), DealFactory(workspace=acme)
    assert client.post_w("contacts:tags", contact.pk, data={"remove": DIGITS}).status_code == 404
    assert client.post_w("deals:stage", deal.pk, data={"stage": DIGITS}).status_code == 404
    assert client.post_w("contacts:bulk", data={"action": "delete", "ids": DIGITS}).status_code == 303


@pytest.mark.django_db
def test_letters_lead_to_the_site_whatever_the_request_named():
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    Client(headers={"host": "localhost:6666"}).post("/accounts/password/reset/", {"email": user.email})
    Client(headers={"host": "localhost:6666"}).post("/accounts/password/reset/", {"email": "nobody@x.example"})
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert "http://localhost:8000/accounts/" in letter.body
        assert ":6666" not in letter.body


@pytest.mark.django_db
def test_an_e_mail_is_added_by_who_knows_the_password_alone(alice, client_of):
    answer = client_of(alice).post("/accounts/email/", {"action_add": "", "email": "thief@x.example"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not alice.user.emailaddress_set.filter(email="thief@x.example").exists()


@pytest.mark.django_db
def test_failures_from_elsewhere_lock_nobody_out():
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)

    def sign_in(password: str, address: str) -> int:
        data = {"login": user.email, "password": password}
        return Client(REMOTE_ADDR=address).post("/accounts/login/", data).status_code

    for _attempt in range(6):
        sign_in("a wrong pass phrase", "198.51.100.7")
    assert sign_in("a long test password", "198.51.100.7") == 200, "too many failures from here"
    assert sign_in("a long test password", "203.0.113.9") == 302


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Win at https://x.example", "WWW.x.example"])
def test_names_lead_nowhere(alice, client_of, name):
    data = {"name": name, "email": "a@x.example", "password1": "a long pass phrase 7"}
    assert "name" in Client().post("/accounts/signup/", data).context["form"].errors
    client = client_of(alice)
    assert "name" in client.post("/workspaces/new/", {"name": name}).context["form"].errors
    assert "name" in client.post_w("workspaces:invite", data=data | {"role": "rep"}).context["form"].errors
    assert "name" in client.post_w("workspaces:settings", data={"name": name}).context["form"].errors


@pytest.mark.django_db
def test_other_headers():
    answer = Client().get("/accounts/login/")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_a_workspace_stay_with_their_reader(alice, client_of):
    answer = client_of(alice).get_w("workspaces:members")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "HX-Request" in answer.headers["Vary"]


def test_signing_out_ends_the_session_and_clears_what_the_browser_kept(alice, client_of):
    client = client_of(alice)
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers, "a link from elsewhere signs nobody out"
    answer = client.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get_w("workspaces:members").status_code == 302


def test_the_session_is_kept_from_scripts_and_from_other_sites(alice):
    alice.user.emailaddress_set.create(email=alice.user.email, verified=True, primary=True)
    client = Client()
    answer = client.post("/accounts/login/", {"login": alice.user.email, "password": "a long test password"})
    session = answer.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused(alice, client_of):
    client = client_of(alice, enforce_csrf_checks=True)
    assert client.post_w("workspaces:invite", data={"email": "x@y.example"}).status_code == 403


HTTPS = {
    "SITE_URL": "https://crm.example",
    "EMAIL_URL": "smtps://mail.example",
    "DEFAULT_FROM_EMAIL": "Rapport <crm@crm.example>",
    "SECRET_KEY": "k" * 60 + "0123456789",
}


def under_https(*arguments: str, **changed: str) -> subprocess.CompletedProcess:
    """`manage.py` as an installation behind https runs it, with what is `changed` of its environment."""
    environment = os.environ | HTTPS | {"DEBUG": "", "WORKING_COPY": ""} | changed
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the journeys of this process need it, no installation does
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_the_deployment_check_has_nothing_to_say():
    result = under_https("check", "--deploy", "--fail-level", "INFO")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "no issues" in result.stdout


@pytest.mark.django_db
def test_behind_https_cookies_travel_encrypted_and_http_is_left():
    wanted = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 31_000_000"
    script = f"from django.conf import settings as s; print({wanted})"
    result = under_https("shell", "-v", "0", "-c", script)
    assert result.stdout.split() == ["True"] * 4, result.stderr


@pytest.mark.parametrize("name", HTTPS)
def test_an_installation_that_is_half_configured_does_not_start(name):
    result = under_https("check", **{name: ""})
    assert result.returncode
    assert f"{name} is not set" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("EMAIL_URL", "mail.example:587"), ("EMAIL_URL", "file:"), ("SITE_URL", "crm.example")]
)
def test_nor_does_one_with_an_address_that_leads_nowhere(name, value):
    result = under_https("check", **{name: value})
    assert result.returncode
    assert f"ImproperlyConfigured: {name}" in result.stderr


def test_the_host_follows_from_the_address_of_the_site():
    result = under_https("shell", "-v", "0", "-c", "from django.conf import settings as s; print(s.ALLOWED_HOSTS)")
    assert result.stdout.strip() == "['crm.example']", result.stderr
