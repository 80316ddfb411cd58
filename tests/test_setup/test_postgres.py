import os

import psycopg
import pytest

from core.postgres import APP_ROLE, SetupError, _make_role, drop_database, parse_url, provision

SOCKET_URL = "postgresql://crm_app:p%40ss@/rapport?host=/var/run/my%20server&port=5501"


def test_a_socket_address():
    assert parse_url(SOCKET_URL) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "rapport",
        "USER": "crm_app",
        "PASSWORD": "p@ss",
        "HOST": "/var/run/my server",
        "PORT": "5501",
        "OPTIONS": {},
    }


def test_a_tcp_address_with_options():
    parsed = parse_url("postgres://crm_app:a%2Fb@db.example.com:6432/r%20p?sslmode=require&application_name=a+b")
    assert (parsed["HOST"], parsed["PORT"], parsed["NAME"]) == ("db.example.com", "6432", "r p")
    assert parsed["PASSWORD"] == "a/b"
    assert parsed["OPTIONS"] == {"sslmode": "require", "application_name": "a+b"}


@pytest.mark.parametrize("url", [SOCKET_URL, "postgresql://a:b%2Fc@h:1/d?application_name=x+y", "postgresql://u@h/d"])
def test_it_agrees_with_libpq(url):
    parsed, libpq = parse_url(url), psycopg.conninfo.conninfo_to_dict(url)
    ours = {
        "dbname": parsed["NAME"],
        "user": parsed["USER"],
        "password": parsed["PASSWORD"],
        "host": parsed["HOST"],
        "port": parsed["PORT"],
        **parsed["OPTIONS"],
    }
    assert {name: value for name, value in ours.items() if value} == libpq


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "postgresql://u:secret@h", "postgresql://u:secret@h/", ""])
def test_what_is_no_database_is_refused_without_its_password(url):
    with pytest.raises(ValueError, match=r"^[^s]*.*database") as error:
        parse_url(url)
    assert "secret" not in str(error.value)


class TestProvision:
    """On the server of the tests, in a database of its own."""

    @pytest.fixture
    def urls(self, django_db_setup):
        owner, app = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
        name = parse_url(owner)["NAME"]
        fresh = f"{name}_provision"
        yield owner.replace(f"/{name}", f"/{fresh}"), app.replace(f"/{name}", f"/{fresh}")
        drop_database(owner, fresh)

    def test_it_makes_what_is_missing_and_can_be_repeated(self, urls):
        owner_url, app_url = urls
        provision(owner_url, app_url)
        provision(owner_url, app_url)
        with psycopg.connect(app_url) as app:
            assert app.execute("SELECT current_user::text, unaccent('Čapek'), similarity('a', 'a')").fetchone() == (
                APP_ROLE,
                "Capek",
                1,
            )
            assert app.execute("SHOW jit").fetchone() == ("off",)

    def test_the_application_may_not_create_tables(self, urls):
        provision(*urls)
        with psycopg.connect(urls[1]) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine ()")

    def test_another_login_is_refused(self, urls):
        with pytest.raises(SetupError, match="must log in as crm_app, not as crm"):
            provision(urls[0], urls[0])

    def test_two_databases_are_refused(self, urls):
        with pytest.raises(SetupError, match="different databases"):
            provision(urls[0], os.environ["DATABASE_URL"])

    def test_an_application_role_that_bypasses_the_policies_is_refused(self, urls):
        provision(*urls)
        # Within a transaction that is rolled back, for the other tests log in as this role.
        with psycopg.connect(urls[0]) as owner:
            owner.execute("ALTER ROLE crm_app BYPASSRLS")
            with pytest.raises(SetupError, match="bypasses row-level security"):
                _make_role(owner, "", urls[1])
            owner.rollback()

    def test_a_refused_login_is_not_taken_for_a_missing_database(self, urls):
        provision(*urls)
        stranger = urls[0].replace("://crm@", "://stranger@")
        with pytest.raises(psycopg.OperationalError, match="stranger"):
            provision(stranger, urls[1])
