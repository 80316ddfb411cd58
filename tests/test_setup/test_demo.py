import json
import socket

import pytest
from django.core.management import CommandError, call_command

from core import environment
from core.locks import lock, try_lock
from core.management.commands import demo


@pytest.fixture(autouse=True)
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "VAR", tmp_path)
    return tmp_path


@pytest.fixture
def busy_port():
    with socket.create_server((demo.HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_second_demo_says_where_the_first_is(var, capsys):
    with try_lock(var / "demo.lock") as first:
        first.write("http://localhost:8123/")
        first.flush()
        call_command("demo")
    assert "running already, at http://localhost:8123/" in capsys.readouterr().out


def test_a_busy_port_is_said_before_anything_is_started(var, busy_port):
    with pytest.raises(CommandError, match=f"Port {busy_port} is in use .* --port {busy_port + 1}"):
        call_command("demo", port=busy_port)
    assert not (var / "postgres").exists()


def test_one_line_a_login(tmp_path):
    logins = [
        {
            "role": "owner",
            "name": "Ann Lee",
            "email": "ann@acme.example",
            "password": "quiet river",
            "workspace": "Acme",
        },
        {"role": "viewer", "name": "Bo", "email": "bo@acme.example", "password": "x", "workspace": "Acme"},
    ]
    file = tmp_path / "logins.json"
    file.write_text(json.dumps(logins))
    assert demo.login_lines(file) == [
        "  owner   ann@acme.example  quiet river  Ann Lee, Acme",
        "  viewer  bo@acme.example   x            Bo, Acme",
    ]


def test_no_logins_yet(tmp_path):
    assert demo.login_lines(tmp_path / "none.json") == []


class TestEnvironment:
    @pytest.fixture(autouse=True)
    def unconfigured(self, monkeypatch, var):
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "SECRET_KEY", "WORKING_COPY", "MEDIA_ROOT", "STATIC_ROOT"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(environment, "VAR", var)
        # so that what is set in the test is undone after it
        monkeypatch.setattr(environment.os, "environ", dict(environment.os.environ))

    def test_a_working_copy_uses_its_embedded_server(self, var):
        environment.use_embedded_server()
        server = environment.embedded_server()
        assert server.data_dir == var / "postgres"
        assert environment.os.environ["DATABASE_URL"] == server.url("crm_app", "rapport")
        assert environment.os.environ["DATABASE_OWNER_URL"] == server.url("crm", "rapport")
        assert environment.os.environ["WORKING_COPY"] == "1"

    def test_a_configured_server_is_left_alone(self):
        environment.os.environ["DATABASE_URL"] = "postgresql://crm_app@db/rapport"
        environment.use_embedded_server()
        assert "SECRET_KEY" not in environment.os.environ
        assert environment.embedded_server() is None

    def test_half_a_configuration_is_not_filled_up(self):
        environment.os.environ["SECRET_KEY"] = "x"
        environment.use_embedded_server()
        assert "DATABASE_URL" not in environment.os.environ

    def test_the_secret_is_made_once_and_is_private(self, var):
        first = environment.secret(var / "secret")
        assert len(first) >= 50
        assert environment.secret(var / "secret") == first
        assert (var / "secret").stat().st_mode & 0o077 == 0

    def test_an_empty_secret_is_replaced(self, var):
        (var / "secret").touch()
        assert environment.secret(var / "secret")


def test_a_held_lock_is_not_given_twice(tmp_path):
    with lock(tmp_path / "lock"):
        assert try_lock(tmp_path / "lock") is None
    again = try_lock(tmp_path / "lock")
    assert again is not None
    again.close()
