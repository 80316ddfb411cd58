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
from tests.factories import UserFactory, WorkspaceFactory

#: what migrations write
MIGRATED = {"auth_permission", "django_content_type", "django_migrations"}


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
    """Whichever turn comes second, it would find the rows of the first: an account, a workspace and all that it has."""
    assert rows().keys() == MIGRATED
    WorkspaceFactory()
    assert len(rows().keys() - MIGRATED) > 10


def rows() -> dict[str, int]:
    """How many rows each table has, whoever may see them."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        tables = [table for (table,) in owner.execute("SELECT relname FROM pg_stat_user_tables")]
        counts = {table: owner.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    return {table: count for table, count in counts.items() if count}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_statistics_are_gone_too(turn):
    UserFactory()
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        assert owner.execute("SELECT count(*) FROM pg_stats WHERE schemaname = 'public'").fetchone() == (0,)
        owner.execute("ANALYZE workspaces_user")


@pytest.fixture
def lasting_transaction(django_db_setup):
    """Such as that of a worker which a test started: it holds locks after the test's end."""
    connection = psycopg.connect(os.environ["DATABASE_URL"])
    yield connection
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


def test_other_transactions_do_not_keep_the_database_from_renewal(lasting_transaction, transactional_db):
    UserFactory()
    lasting_transaction.execute("SELECT FROM workspaces_user FOR UPDATE")


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
