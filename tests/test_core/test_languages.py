"""Each language has every message, and the compiled catalogues say what the readable ones say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, override, to_locale

from tests.factories import ContactFactory, DealFactory

ROOT = Path(settings.BASE_DIR)
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]


def catalogue(language: str, root: Path = ROOT, *, compiled: bool = False) -> Catalog:
    folder = root / "locale" / to_locale(language) / "LC_MESSAGES"
    if compiled:
        with (folder / "django.mo").open("rb") as file:
            return read_mo(file)
    with (folder / "django.po").open("rb") as file:
        return read_po(file)


def key(message: Message) -> tuple:
    context = message.context.decode() if isinstance(message.context, bytes) else message.context
    return (context, message.id[0] if message.pluralizable else message.id)


def untranslated(found: Catalog) -> list[tuple]:
    return [key(m) for m in found if m.id and (m.fuzzy or not all(m.string if m.pluralizable else [m.string]))]


def texts(found: Catalog) -> dict[tuple, tuple[str, ...]]:
    return {key(m): tuple(m.string) if m.pluralizable else (m.string,) for m in found if m.id}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_placeholders(language):
    found = catalogue(language)
    assert untranslated(found) == []
    for message in found:
        if not message.id or not message.pluralizable:
            assert not message.id or placeholders(message.string) == placeholders(message.id), message.id
            continue
        # The form for one may leave the number out.
        assert all(placeholders(form) <= placeholders(message.id[1]) for form in message.string), message.id
        assert all(placeholders(form) == placeholders(message.id[1]) for form in message.string[1:]), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_up_to_date(language):
    assert texts(catalogue(language, compiled=True)) == texts(catalogue(language)), "run `make messages`"


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed here; CI has it")
def test_the_catalogues_know_every_message_of_the_product(tmp_path):
    listed = subprocess.check_output(["git", "ls-files", "--cached"], cwd=ROOT, text=True)
    for name in listed.splitlines():
        if Path(name).suffix in (".py", ".html", ".txt", ".po") and not name.startswith("tests/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "cs", "--add-location", "file"]
    subprocess.run(command, cwd=tmp_path, env=os.environ, check=True, capture_output=True)
    assert untranslated(catalogue("cs", tmp_path)) == [], "run `make messages` and translate what is new"


ROOMS = ("contacts", "organizations", "deals", "activities")
PAGES = ("today", "overview", "search", "transfers:list", *(f"{room}:list" for room in ROOMS))
FORMS = ("transfers:create", "workspaces:profile", "workspaces:settings", *(f"{room}:create" for room in ROOMS))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_speak_the_members_language(language, acme, alice, client_of):
    person = ContactFactory(workspace=acme, owner=alice)
    DealFactory(workspace=acme, owner=alice)
    alice.user.language = language
    alice.user.save(update_fields=["language"])
    client = client_of(alice)
    with override(language):
        words = [gettext("Deals"), gettext("Settings")]
    assert "Deals" not in words
    for answer in (*map(client.get_w, PAGES + FORMS), client.get_w("contacts:detail", person.pk)):
        assert answer.status_code == 200
        html = answer.content.decode()
        assert f'<html lang="{language}"' in html
        assert all(word in html for word in words)
