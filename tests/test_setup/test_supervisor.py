import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from core.supervisor import Child, Identity, Supervisor

#: a web server in small: a leader with one process under it; both run until they are told to end
FAMILY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("core.supervisor.GRACE", 1)


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, lines: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path / "processes.json", lines.append)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def child(tmp_path: Path) -> Callable[[str], Child]:
    def make(script: str) -> Child:
        return Child("sleeper", [sys.executable, "-c", script], dict(os.environ), tmp_path / "sleeper.log", pause=0.05)

    return make


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not come about within 10 s"
        time.sleep(0.02)


def test_it_stops_a_child_with_all_its_processes(supervisor, child):
    family = child(FAMILY)
    supervisor.add(family)
    identity = family.identity
    wait_for(lambda: len(identity.group()) == 2)
    supervisor.stop()
    assert identity.group() == []


def test_a_child_that_does_not_listen_is_killed(supervisor, child):
    stubborn = child(STUBBORN)
    supervisor.add(stubborn)
    wait_for(lambda: "up" in stubborn.log.read_text())
    identity = stubborn.identity
    supervisor.stop()
    assert identity.group() == []


def test_a_dead_child_is_started_again_and_said(supervisor, child, lines):
    family = child(FAMILY)
    supervisor.add(family)
    first = family.identity
    wait_for(lambda: len(first.group()) == 2)
    os.kill(first.pid, signal.SIGKILL)

    def restarted() -> bool:
        supervisor.check()
        return family.identity != first

    wait_for(restarted)
    assert first.group() == [], "what the dead one left behind is still there"
    assert "The sleeper ended (-9); starting it again" in lines[0]


def test_the_pauses_grow_while_it_keeps_dying(supervisor, child, lines):
    dying = child("raise SystemExit(3)")
    supervisor.add(dying)

    def died_thrice() -> bool:
        supervisor.check()
        return len(lines) == 3

    wait_for(died_thrice)
    assert dying.pause == pytest.approx(0.05 * 2**3)
    assert all("ended (3)" in line for line in lines)


def test_orphans_of_a_killed_supervisor_are_found_and_stopped(tmp_path, supervisor):
    program = f"""
import sys, time
from pathlib import Path
from core.supervisor import Child, Supervisor
supervisor = Supervisor(Path({str(supervisor.state)!r}), print)
supervisor.add(Child("orphan", [sys.executable, "-c", {FAMILY!r}], {{}}, Path({str(tmp_path / "orphan.log")!r})))
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": os.getcwd()})
    wait_for(lambda: len(supervisor._remembered()) == 1)
    (orphan,) = supervisor._remembered()
    wait_for(lambda: len(orphan.group()) == 2)
    parent.kill()
    parent.wait()
    # The leader dies too: what it started is found by its group.
    os.kill(orphan.pid, signal.SIGKILL)
    wait_for(lambda: len(orphan.group()) == 1)
    supervisor.stop_orphans()
    assert orphan.group() == []
    assert supervisor._remembered() == []


def test_a_stranger_that_got_the_pid_is_left_alone(supervisor):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    try:
        started = psutil.Process(stranger.pid).create_time()
        supervisor._remember([Identity(stranger.pid, started - 3600)])
        supervisor.stop_orphans()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_damaged_state_is_no_state(supervisor):
    supervisor.state.write_text('[{"pid": 1')
    supervisor.stop_orphans()
    assert supervisor._remembered() == []
