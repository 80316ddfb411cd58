"""Lists of rooms that stand outside the code: a new room must be in each."""

import re
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def rooms() -> set[str]:
    return {Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == ROOT}


def test_every_room_is_in_the_image():
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert rooms() | {"crm", "static", "templates", "manage.py", "requirements.lock"} <= allowed


def test_every_room_has_its_place_in_the_order_of_imports():
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    # The demo's loader stands outside: it uses every room, and none uses it.
    assert set(linter["root_packages"]) == rooms() - {"demo"} | {"crm"}
    assert set(linter["contracts"][0]["layers"]) == set(linter["root_packages"])


def test_what_an_installation_sets_is_in_the_readme_and_passed_on_by_compose():
    settings = (ROOT / "crm" / "settings.py").read_text()
    wanted = set(re.findall(r'(?:required|environ\.get)\("(\w+)"', settings))
    assert {"DATABASE_URL", "TRUSTED_PROXIES"} <= wanted
    of_a_working_copy = {"DEBUG", "EMAIL_FILE_PATH", "LOG_LEVEL", "WORKING_COPY"}
    of_the_image = {"MEDIA_ROOT", "STATIC_ROOT", "WORKER_DATABASE_URL"}
    readme, compose = ((ROOT / name).read_text() for name in ("README.md", "docker-compose.yml"))
    assert wanted - of_a_working_copy <= set(re.findall(r"`([A-Z_]+)`", readme))
    assert wanted - of_a_working_copy - of_the_image <= set(re.findall(r"^  +([A-Z_]+): ", compose, re.M))


def test_every_package_of_the_lock_has_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    for block in lock.replace("\\\n", "").splitlines():
        if "==" in block and not block.lstrip().startswith("#"):
            assert "--hash=sha256:" in block, block
