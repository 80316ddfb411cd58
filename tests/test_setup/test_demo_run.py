"""The whole demo, in a copy of the working copy: brought up, killed, brought up again, stopped."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from core.embedded import EmbeddedPostgres
from core.environment import ROOT

#: seconds for the first start, which migrates and loads the demo data
PATIENCE = 240
READY = "Ctrl-C stops it"
COPIED = shutil.ignore_patterns(".git", ".venv*", ".uv", "var", "tests", "docs", "bench", "__pycache__", ".*_cache")


class RunningDemo:
    """One `manage.py demo` in the copy."""

    def __init__(self, copy: Path, port: int) -> None:
        self.copy = copy
        self.output = copy / f"output-{time.monotonic_ns()}"
        names = ("DATABASE_", "SECRET_KEY", "WORKING_COPY", "MEDIA_ROOT", "STATIC_ROOT", "DJANGO_")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(names)}
        command = [sys.executable, str(copy / "manage.py"), "demo", "--port", str(port)]
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(command, cwd=copy, env=environment, stdout=output, stderr=output)

    @property
    def text(self) -> str:
        return self.output.read_text()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while READY not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.1)

    def started(self) -> list[int]:
        """The pids of web server, worker and database."""
        children = json.loads((self.copy / "var" / "demo-processes.json").read_text())
        return [child["pid"] for child in children] + [int((self.copy / "var" / "demo-server").read_text())]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    copy = tmp_path / "rapport"
    shutil.copytree(ROOT, copy, ignore=COPIED, symlinks=True)
    yield copy
    for process in psutil.process_iter(["cmdline"]):
        if any(str(copy) in part for part in process.info["cmdline"] or []):
            process.kill()
    EmbeddedPostgres(copy / "var" / "postgres").destroy()


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def status(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as response:
        return response.status


def number_of_deals(copy: Path) -> int:
    with psycopg.connect(EmbeddedPostgres(copy / "var" / "postgres").url("crm", "rapport")) as owner:
        (number,) = owner.execute("SELECT count(*) FROM deals_deal").fetchone()
        return number


def test_from_the_first_start_over_a_kill_to_the_end(copy, port):
    first = RunningDemo(copy, port)
    first.wait_until_ready()
    assert status(port) == 200
    assert f"http://localhost:{port}/" in first.text
    for role in ("owner", "admin", "manager", "rep", "viewer"):
        assert f"\n  {role} " in first.text
    deals = number_of_deals(copy)
    assert deals > 8800

    second = RunningDemo(copy, port)
    assert second.process.wait(timeout=60) == 0
    assert f"running already, at http://localhost:{port}/" in second.text

    for pid in [first.process.pid, *first.started()]:
        os.kill(pid, signal.SIGKILL)
    first.process.wait()

    third = RunningDemo(copy, port)
    third.wait_until_ready()
    assert status(port) == 200
    assert number_of_deals(copy) == deals
    processes = [psutil.Process(pid) for pid in third.started()]

    assert third.end(signal.SIGINT) == 0
    assert "The data stays" in third.text
    assert psutil.wait_procs(processes, timeout=10)[1] == []
