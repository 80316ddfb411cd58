"""What the database is told about the change at hand, for the change set that it opens at the first changed row."""

import json

from django.db import connection

from .rights import Actor


def change_meta(by: Actor, source: str, *, address: str = "", path: str = "") -> str:
    """Who changes something, how (web, admin, job) and from where: the value of the setting `app.change_meta`."""
    meta = {"actor_kind": by.kind, "actor_id": by.member_id, "actor": by.label, "source": source}
    return json.dumps(meta | {"address": address, "path": path[:200]})


def describe_change(label: object) -> None:
    """Say in the user's words what the change at hand is; the first verb of a request names it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_describe_change(%s)", [str(label)[:200]])
