"""Erasing somebody by law: rows, history, search, files and texts, by one function of the database's owner.

What is left is a tombstone: who asked for it, when, how many rows. There is no undo.
"""

import re
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from workspaces.changes import describe_change
from workspaces.refusals import NotAllowed
from workspaces.rights import Actor
from workspaces.tracking import history_of

from .history.names import instance
from .models import ChangeSet, Erasure
from .pages.page import PAGES
from .trash.emptying import remove_later

#: people that a search for somebody to erase gives
MOST = 20


def erasable(kind: str) -> Any:
    """The model of a kind of record that is erased by law; None for any other."""
    page = PAGES.get(kind)
    return page.model if page and page.erasable else None


@transaction.atomic
def erase(kind: str, pk: int, *, by: Actor) -> Erasure:
    """Erase a record, and what says who it was, from everywhere in the workspace. Raises NotAllowed."""
    if by.membership and not by.membership.may("erasure", "create"):
        raise NotAllowed(_("Only owners and admins erase by law."))
    describe_change(_("Erased by law"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT erasure, files FROM records_erase(%s, %s)", [kind, pk])
        tombstone, files = cursor.fetchone()
    ChangeSet.mark_final()
    remove_later(files)
    return Erasure.objects.get(pk=tombstone)


def title_of(kind: str, pk: int) -> str:
    """What the record is called, or was at last; "" for one that nobody knows (any more)."""
    newest = history_of(erasable(kind))._base_manager.filter(pgh_obj_id=pk).order_by("-pgh_id").values().first()
    return str(named(kind, newest)) if newest else ""


def named(kind: str, version: dict[str, Any]) -> Any:
    model = erasable(kind)
    return instance(model, {f.column: version.get(f.attname) for f in model._meta.local_fields})


def known(kind: str, text: str) -> list[tuple[int, str]]:
    """(id, name) of records that are or were called so, whether they are there, in the trash or only in history: those
    of which one version holds all the words, each wherever, with or without accents."""
    model: Any = erasable(kind)
    history = history_of(model)
    words = [re.sub(r"([\\%_])", r"\\\1", word) for word in text.split()]
    sql = (
        f"SELECT DISTINCT pgh_obj_id FROM {history._meta.db_table} AS version WHERE"
        " (SELECT records_sort_key(string_agg(value, ' ')) FROM jsonb_each_text(to_jsonb(version))"
        "   WHERE key !~ '^pgh_|(^|_)id$')"
        " LIKE ALL (ARRAY(SELECT '%%' || records_sort_key(word) || '%%' FROM unnest(%s::text[]) AS word))"
        f" ORDER BY pgh_obj_id DESC LIMIT {MOST}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [words])
        ids = [pk for (pk,) in cursor.fetchall()]
    newest = history._base_manager.filter(pgh_obj_id__in=ids).order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [(version["pgh_obj_id"], str(named(kind, version))) for version in newest.values()]
