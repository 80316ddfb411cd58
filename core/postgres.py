"""PostgreSQL for everybody: addresses, and what an installation sets up before its first migration.

Settings import this module, so it must not import Django's.
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

SCHEMES = ("postgresql", "postgres")
#: the login of the application: bound by row-level security, owner of nothing
APP_ROLE = "crm_app"
#: the owner of the tables, and superuser of an embedded server
OWNER_ROLE = "crm"
OLDEST_VERSION = 15
EXTENSIONS = ("unaccent", "pg_trgm")
#: what makes a function run as the owner. Unless named, pg_temp comes first when a type is looked for: a caller's own
#: `pg_temp.text` would run its code as the owner.
SEARCH_PATH = "pg_catalog, public, pg_temp"
DEFINER = f"SECURITY DEFINER SET search_path = {SEARCH_PATH}"
#: for many short statements on solid-state disks: compiling them, or starting workers for them, takes longer than they
#: do, and walks down an index are cheap (the list of one tag took 39 ms in place of 2.5 with two parallel workers).
#: What is prepared (core/statements.py) is planned once: the server takes an array among the values for ten long, finds
#: that dear, and plans anew each time, a millisecond for a statement of half of one
TUNING = {
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "plan_cache_mode": "force_generic_plan",
}


class SetupError(RuntimeError):
    """The server or its logins are not as the product needs them; the text says what to change."""


def parse_url(url: str) -> dict[str, Any]:
    """An entry of Django's DATABASES for a libpq address.

    Both forms of libpq are understood: `postgresql://user:password@host:5432/name` and, for a Unix socket,
    `postgresql://user:password@/name?host=/socket/dir&port=5501`. Every part may be percent-encoded; what else stands
    in the query (`sslmode`, `connect_timeout`) becomes a connection option. Raises ValueError, without the password,
    when it is not the address of a PostgreSQL database.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(f"A database address starts with postgresql:// and not with {parts.scheme or 'nothing'}://")
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ValueError(f"The database address names no database: {parts.scheme}://…@{parts.hostname or ''}/")
    # libpq takes a plus sign in the query as it stands, unlike a browser's form.
    options = dict(parse_qsl(parts.query.replace("+", "%2B")))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    port = options.pop("port", None) or str(parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def provision(owner_url: str, app_url: str) -> None:
    """Make the database, the application's role and the extensions, as far as they are not there.

    The owner needs CREATEDB and CREATEROLE only for what is missing, so on a managed server an administrator may make
    database and role beforehand. Raises SetupError when server or role would not keep the workspaces apart.
    """
    app = parse_url(app_url)
    if app["USER"] != APP_ROLE:
        raise SetupError(f"DATABASE_URL must log in as {APP_ROLE}, not as {app['USER'] or 'nobody'}.")
    name = parse_url(owner_url)["NAME"]
    if name != app["NAME"]:
        raise SetupError("DATABASE_URL and DATABASE_OWNER_URL name different databases.")
    with _connect_or_create(owner_url, name) as owner:
        if owner.info.server_version // 10000 < OLDEST_VERSION:
            raise SetupError(f"PostgreSQL {OLDEST_VERSION} or newer is needed.")
        _make_role(owner, app["PASSWORD"], app_url)
        database, role = sql.Identifier(name), sql.Identifier(APP_ROLE)
        owner.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
        _tune(owner, name)
        owner.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        owner.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        for extension in EXTENSIONS:
            command = sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public")
            owner.execute(command.format(sql.Identifier(extension)))


def clone_database(owner_url: str, template: str, name: str) -> None:
    """Make database `name` anew as a copy of `template`, where nobody may be connected; what stood there is lost."""
    drop_database(owner_url, name)
    with _maintenance(owner_url) as owner:
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        # Settings of a database are not copied with it.
        _tune(owner, name)


def _tune(owner: psycopg.Connection, name: str) -> None:
    for key, value in TUNING.items():
        command = sql.SQL("ALTER DATABASE {} SET {} = {}")
        owner.execute(command.format(sql.Identifier(name), sql.Identifier(key), sql.Literal(value)))


def drop_database(owner_url: str, name: str) -> None:
    """Drop the database if it is there, whoever is connected to it."""
    with _maintenance(owner_url) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _maintenance(owner_url: str) -> psycopg.Connection:
    """The owner's connection to the database that every server has."""
    return psycopg.connect(make_conninfo(owner_url, dbname="postgres"), autocommit=True)


def _connect_or_create(owner_url: str, name: str) -> psycopg.Connection:
    try:
        return psycopg.connect(owner_url, autocommit=True)
    except psycopg.OperationalError:
        with _maintenance(owner_url) as owner:
            if owner.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone():
                raise
            command = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
            owner.execute(command.format(sql.Identifier(name)))
        return psycopg.connect(owner_url, autocommit=True)


def _make_role(owner: psycopg.Connection, password: str, app_url: str) -> None:
    """The login of the application with the password of its address."""
    role = sql.Identifier(APP_ROLE)
    rights = owner.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
    if rights is None:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS").format(role))
    elif rights[0]:
        raise SetupError(f"The role {APP_ROLE} is superuser or bypasses row-level security; take that right away.")
    if password and not _may_connect(app_url):
        # The server gets the verifier alone, so that no log of its statements shows the password.
        algorithm = owner.execute("SHOW password_encryption").fetchone()
        verifier = owner.pgconn.encrypt_password(
            password.encode(), APP_ROLE.encode(), algorithm[0].encode() if algorithm else None
        )
        owner.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(verifier.decode())))


def _may_connect(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
