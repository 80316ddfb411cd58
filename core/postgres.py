"""PostgreSQL for everybody: addresses of a server, and an embedded server that needs no root, Docker or package.

Settings import this module, so it must not import Django's.
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SCHEMES = ("postgresql", "postgres")


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
    options = dict(parse_qsl(parts.query))
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
