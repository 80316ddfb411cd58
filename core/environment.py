"""The environment of a working copy: where none is given, settings get an embedded server and folders below var/."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from core.postgres import APP_ROLE, OWNER_ROLE

if TYPE_CHECKING:
    from core.embedded import EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
DATABASE = "rapport"


def use_embedded_server() -> None:
    """Fill in what settings read, unless this installation is configured, if only by half: settings will say so."""
    if any(name in os.environ for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY")):
        return
    if os.name == "nt":
        raise SystemExit("The embedded server is for Linux and macOS: set DATABASE_URL and SECRET_KEY, or work in WSL.")
    if VAR.exists() and not os.access(VAR, os.W_OK):
        raise SystemExit(f"{VAR} belongs to another user: work as that user, or remove it to begin anew.")
    from core.embedded import EmbeddedPostgres

    server = EmbeddedPostgres(VAR / "postgres")
    os.environ["DATABASE_URL"] = server.url(APP_ROLE, DATABASE)
    os.environ["DATABASE_OWNER_URL"] = server.url(OWNER_ROLE, DATABASE)
    os.environ["SECRET_KEY"] = secret(VAR / "secret")
    os.environ.setdefault("WORKING_COPY", "1")
    os.environ.setdefault("MEDIA_ROOT", str(VAR / "media"))
    os.environ.setdefault("STATIC_ROOT", str(VAR / "static"))


def embedded_server() -> "EmbeddedPostgres | None":
    """The EmbeddedPostgres behind DATABASE_URL, or None when that names another server."""
    if os.name == "nt":
        return None
    from core.embedded import EmbeddedPostgres

    server = EmbeddedPostgres(VAR / "postgres")
    return server if os.environ["DATABASE_URL"] == server.url(APP_ROLE, DATABASE) else None


def secret(file: Path) -> str:
    """The secret key in `file`, made at the first call and readable by its owner alone."""
    from core.locks import lock

    with lock(file.with_name(f".{file.name}.lock")):
        if not file.exists() or not file.read_text():
            with open(file, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as stream:
                stream.write(secrets.token_urlsafe(50))
        return file.read_text()
