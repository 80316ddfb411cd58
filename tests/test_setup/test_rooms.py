"""Rooms know only what is below them: their tables refer downwards, and they name addresses downwards.

That their code imports downwards is import-linter's to say.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
#: from the top down
ORDER: list[str] = LINTER["contracts"][0]["layers"]
NAMED = re.compile(r"""(?<!\w)["'](\w+:\w+)["']|(?:reverse\(|{% url )["'](\w+)["']""")


def room_of(module: str) -> str:
    return module.partition(".")[0]


def addresses(patterns, room: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name, room that declares it) of every address inside a workspace; an admin site has names for its own pages."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declared = getattr(pattern.urlconf_name, "__name__", "workspaces")
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, room_of(declared), below)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield namespace + pattern.name, room or room_of(pattern.callback.__module__)


ADDRESSES = dict(addresses(get_resolver(settings.WORKSPACE_URLCONF).url_patterns))


def names_in(room: str) -> Iterator[tuple[Path, str]]:
    """The addresses that the code and the templates of a room name."""
    files = [*(ROOT / room).rglob("*.py"), *(ROOT / "templates" / room).rglob("*.html")]
    for file in files:
        for match in NAMED.finditer(file.read_text()):
            name = match[1] or match[2]
            if name in ADDRESSES:
                yield file.relative_to(ROOT), name


def test_the_walk_finds_the_house():
    assert {
        "today": "activities",
        "overview": "reports",
        "search": "crm",
        "deals:stage": "deals",
    }.items() <= ADDRESSES.items()
    found = {name for room in ORDER for _file, name in names_in(room)}
    assert {"deals:stage", "transfers:export", "workspaces:members"} <= found


@pytest.mark.parametrize("room", ORDER)
def test_a_room_names_addresses_of_rooms_below_it_alone(room):
    below = ORDER[ORDER.index(room) :]
    assert not [(str(file), name) for file, name in names_in(room) if ADDRESSES[name] not in below]


@pytest.mark.parametrize("room", ORDER)
def test_the_tables_of_a_room_refer_to_those_of_rooms_below_it_alone(room):
    below = ORDER[ORDER.index(room) :]
    of_room = [model for model in apps.get_models(include_auto_created=True) if room_of(model.__module__) == room]
    references = [
        (str(field), target)
        for model in of_room
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and (target := room_of(field.related_model.__module__)) in ORDER
    ]
    assert bool(references) == bool(of_room), "every table belongs to a workspace"
    assert not [(field, target) for field, target in references if target not in below]


def test_no_migration_takes_from_the_models_what_they_say_today():
    """It would do something else on the day they say something else."""
    taken = re.compile(rf"^\s*from (?:{'|'.join(ORDER)})\.models[\w.]* import", re.MULTILINE)
    files = [file for room in ORDER for file in (ROOT / room / "migrations").glob("*.py")]
    assert len(files) > len(ORDER)
    assert [str(file.relative_to(ROOT)) for file in files if taken.search(file.read_text())] == []
