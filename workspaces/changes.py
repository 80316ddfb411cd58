"""What the database is told about the change at hand, for the change set that it opens at the first changed row."""

import json

from django.db import connection

from .rights import Actor


def change_meta(by: Actor, source: str, *, address: str = "", path: str = "") -> str:
    """Who changes something, how (web, admin, job) and from where: the value of the setting `app.change_meta`."""
    meta = {"actor_kind": by.kind, "actor_id": by.member_id, "actor": by.label, "source": source}
    return json.dumps(meta | {"address": address, "path": path[:200]})


def went_out(words: object) -> None:
    """Say that something left the house with the change at hand (a letter): no undo will bring that back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_changeset SET outward = outward || to_jsonb(%s::text)"
            " WHERE id = nullif(current_setting('app.change_set', true), '')::bigint",
            [str(words)],
        )


def describe_change(label: object) -> None:
    """Say in the user's words what the change at hand is; the first verb of a request names it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_describe_change(%s)", [str(label)[:200]])
