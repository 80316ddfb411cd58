"""The plugin tests.database, seen from within the tests that it serves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from core.health import HealthMiddleware
from core.locks import try_lock
from tests import database

LABEL = "left behind"


@pytest.mark.django_db
def test_the_tests_run_as_the_application():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname::text, rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid)"
            " FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("crm_app", False, False, 0)


@pytest.mark.django_db
def test_the_models_have_their_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_real_commits_are_gone_in_the_next_test(turn):
    """Whichever turn comes second, it would find the row of the first."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        count = owner.execute("SELECT count(*) FROM django_content_type WHERE app_label = %s", [LABEL]).fetchone()
        owner.execute("INSERT INTO django_content_type (app_label, model) VALUES (%s, 'x')", [LABEL])
    assert count == (0,)


@pytest.fixture
def lasting_connection(django_db_setup):
    """Such as that of a worker which a test started. It outlives the database that it was made to."""
    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    yield connection
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_other_connections_do_not_keep_the_database_from_renewal(lasting_connection, transactional_db):
    assert lasting_connection.execute("SELECT 1").fetchone() == (1,)


def test_a_killed_run_is_cleared_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "RUNS", tmp_path)
    monkeypatch.delenv(database.FOREIGN_SERVER, raising=False)
    program = f"""
import os, signal
from pathlib import Path
from tests import database
database.RUNS = Path({str(tmp_path)!r})
run = database.Run.begin()
run.server.start()
print(run.server.pid, run.folder, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False).stdout
    pid, folder = re.fullmatch(r"(\d+) (.+)\n", output).groups()
    assert Path(f"/proc/{pid}").exists() or sys.platform != "linux"

    next_run = database.Run.begin()
    try:
        assert not Path(folder).exists()
        assert try_lock(next_run.folder / ".held") is None
    finally:
        next_run.remove()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database.EmbeddedPostgres(Path(folder) / "postgres").url())


class TestHealth:
    @pytest.mark.django_db
    def test_it_answers_for_the_database(self, rf):
        response = HealthMiddleware(lambda request: None)(rf.get("/healthz", headers={"host": "anything"}))
        assert (response.status_code, response.content) == (200, b"ok")

    @pytest.mark.django_db(transaction=True)
    def test_it_says_when_the_database_is_gone(self, rf, monkeypatch):
        from django.db import OperationalError

        def refuse() -> None:
            raise OperationalError("secret details")

        monkeypatch.setattr(connection, "cursor", refuse)
        response = HealthMiddleware(lambda request: None)(rf.get("/healthz"))
        assert response.status_code == 503
        assert b"secret" not in response.content
