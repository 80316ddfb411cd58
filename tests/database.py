"""pytest plugin: tests run on a PostgreSQL server of their own, as the role that the product runs as.

One throw-away cluster a run. Whichever process needs the database first starts it and migrates a template as the
owner; each xdist worker works on a clone, as `crm_app`. After a test with real commits (`transaction=True`,
`live_server`) the rows that it left are deleted, so the next test finds what the template has. A clone is made of two
thousand files: it is made anew only where much was written, or statistics. What tests take back is dead and still in
the way of every scan and search: after a file of tests that left much of it the clone is made anew as well.

TEST_DATABASE_OWNER_URL names another server for it, one for tests alone: `crm_app` gets the owner's password there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from core.embedded import EmbeddedPostgres
from core.locks import lock, try_lock
from core.postgres import APP_ROLE, OWNER_ROLE, clone_database, drop_database

ROOT = Path(__file__).resolve().parent.parent
RUNS = Path(tempfile.gettempdir()) / f"rapport-tests-{os.geteuid()}"
#: tells the workers of xdist the folder of the run that they belong to
RUN_VARIABLE = "RAPPORT_TEST_RUN"
#: how many transactions of this database wait for a lock; pg_locks is of the whole server, other workers' too
WAITING = """SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
              WHERE NOT granted AND datname = current_database()"""
FOREIGN_SERVER = "TEST_DATABASE_OWNER_URL"
#: bytes of a table; deleted rows keep their room, which plans and scans would feel
MUCH = 1_000_000
#: bytes by which a database grows before what is dead in it is felt
DEAD = 4_000_000
#: ids that no two clones of a process give, and what has all of them go on from there
IDS = 100_000
NUMBER_ON = """SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + %s)
                 FROM pg_sequences WHERE schemaname = 'public'"""
#: tables that hold or held rows, with their size
FILLED = """SELECT relname, pg_relation_size(oid) FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0"""
ANALYZED = """SELECT EXISTS (SELECT FROM pg_statistic JOIN pg_class ON pg_class.oid = starelid
                             WHERE relnamespace = 'public'::regnamespace)"""
#: whoever is still there could hold locks, or write once more
END_OTHERS = """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()"""
#: what a developer's shell or a configured installation may have set
OURS = ("ALLOWED_HOSTS", "DEBUG", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "LOG_LEVEL", "SITE_URL", "WORKER_DATABASE_URL")


class Run:
    """One run of the tests: its folder, its server and its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = None if FOREIGN_SERVER in os.environ else EmbeddedPostgres(folder / "postgres", durable=False)
        self.held: TextIO | None = None
        #: the tables that have rows in the template
        self.migrated: set[str] = set()
        #: how many clones there were
        self.clones = 0
        #: bytes of the clone when it was new; nothing before there is one
        self.size = 0
        self.template = f"test_{folder.name}"
        self.database = f"test_{folder.name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"

    @classmethod
    def begin(cls) -> "Run":
        """A new run, held by a lock while this process lives. Runs without a holder were killed; they are cleared."""
        RUNS.mkdir(mode=0o700, exist_ok=True)
        with lock(RUNS / ".lock"):
            for folder in RUNS.glob("run*"):
                if abandoned := try_lock(folder / ".held"):
                    cls(folder).remove()
                    abandoned.close()
            run = cls(Path(tempfile.mkdtemp(prefix="run", dir=RUNS)))
            run.held = try_lock(run.folder / ".held")
        return run

    def url(self, role: str, database: str) -> str:
        if self.server:
            return self.server.url(role, database)
        parts = urlsplit(os.environ[FOREIGN_SERVER])
        netloc = parts.netloc
        if role == APP_ROLE:
            password = f":{parts.password}" if parts.password else ""
            netloc = f"{role}{password}@{netloc.rpartition('@')[2]}"
        return urlunsplit(parts._replace(netloc=netloc, path=f"/{quote(database)}"))

    @property
    def owner_url(self) -> str:
        return self.url(OWNER_ROLE, "postgres")

    def environment(self, database: str) -> dict[str, str]:
        """What settings read."""
        return {
            "DATABASE_URL": self.url(APP_ROLE, database),
            "DATABASE_OWNER_URL": self.url(OWNER_ROLE, database),
            "SECRET_KEY": "for tests alone",
            "WORKING_COPY": "1",
            "MEDIA_ROOT": str(self.folder / f"media-{database}"),
            "STATIC_ROOT": str(self.folder / "static"),
        }

    def make_template(self) -> None:
        """Start the server and migrate the template, once a run: the first worker does it, the others wait."""
        with lock(self.folder / ".template"):
            done = self.folder / "template-is-ready"
            if done.exists():
                return
            if self.server:
                self.server.start()
            command = [sys.executable, str(ROOT / "manage.py"), "prepare", "--verbosity", "0"]
            environment = os.environ | self.environment(self.template)
            result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if result.returncode:
                raise RuntimeError(f"The test database could not be migrated:\n{result.stdout}{result.stderr}")
            done.touch()

    def owner(self) -> psycopg.Connection:
        return psycopg.connect(self.url(OWNER_ROLE, self.database), autocommit=True)

    def clone(self) -> None:
        close_connections()
        clone_database(self.owner_url, self.template, self.database)
        with self.owner() as owner:
            if self.clones:
                # What the process knows by the ids of one clone must not be taken for what the next one holds.
                owner.execute(NUMBER_ON, [self.clones * IDS])
            self.clones += 1
            self.migrated = {table for table, _size in owner.execute(FILLED)}
            self.size = size_of(owner)

    def has_grown(self) -> bool:
        """Whether there is a clone that is much larger than when it was new."""
        if not self.size:
            return False
        with self.owner() as owner:
            return size_of(owner) > self.size + DEAD

    def empty(self) -> bool:
        """Delete what tests wrote, if it is little; tell whether. What migrations wrote only the owner may change."""
        with self.owner() as owner:
            sizes = dict(owner.execute(FILLED).fetchall())
            if max(sizes.values()) > MUCH or owner.execute(ANALYZED).fetchone() == (True,):
                return False
            owner.execute(END_OTHERS)
            try:  # without triggers and checks of references, which is the right of a superuser
                owner.execute("SET session_replication_role = replica")
            except psycopg.errors.InsufficientPrivilege:
                return False
            with owner.transaction():
                for table in sizes.keys() - self.migrated:
                    owner.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        return True

    def remove(self) -> None:
        if self.server:
            self.server.destroy()
        else:
            with psycopg.connect(self.owner_url) as owner:
                ours = owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.template])
                names = [name for (name,) in ours]
            for name in names:
                drop_database(self.owner_url, name)
        shutil.rmtree(self.folder)


RUN = pytest.StashKey[Run]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Set the environment before pytest-django loads the settings."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = Run(Path(os.environ[RUN_VARIABLE]))
    else:
        run = Run.begin()
        os.environ[RUN_VARIABLE] = str(run.folder)
        early_config.add_cleanup(run.remove)
    for name in OURS:
        os.environ.pop(name, None)
    os.environ.update(run.environment(run.database))
    early_config.stash[RUN] = run
    return (yield)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """The database of this process: a clone of the migrated template, as which it is left after real commits."""
    from django.test import TransactionTestCase

    run = request.config.stash[RUN]
    run.make_template()

    def renew(test_case: object) -> None:
        close_connections()
        if not run.empty():
            run.clone()

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        run.clone()
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield
        close_connections()
        drop_database(run.owner_url, run.database)


@pytest.fixture(scope="module", autouse=True)
def little_that_is_dead(request: pytest.FixtureRequest) -> Iterator[None]:
    """The tests of the next file find a database that is as good as new."""
    yield
    run = request.config.stash[RUN]
    if run.has_grown():
        run.clone()


def size_of(connection: psycopg.Connection) -> int:
    return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0]


def close_connections() -> None:
    """Close what this process holds, its pools with it."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.settings_dict["OPTIONS"].get("pool"):
            connection.close_pool()
