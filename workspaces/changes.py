"""What the database is told about the change at hand, for the change set that it opens at the first changed row."""

import json

from django.db import connection

from .rights import Actor

#: characters of a label
LONGEST = 200


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
        cursor.execute("SELECT records_describe_change(%s)", [cut(str(label))])


def cut(label: str) -> str:
    """As much of it as a change set keeps, with a mark: erasure by law looks for names that were cut before one."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def log_change(label: object) -> None:
    """Put the change at hand into the change log in these words, though no row with a history is changed by it."""
    describe_change(label)
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_change_set()")
