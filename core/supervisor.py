"""Child processes that are kept running, and that are found again when whoever started them was killed."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

#: seconds
GRACE = 10
SHORTEST_PAUSE = 1
LONGEST_PAUSE = 30
#: a child that lived this long did start well, so its next pause is the shortest again
HEALTHY_AFTER = 60
#: the clock that start times are read from may be set in between
START_TOLERANCE = 2


@dataclass(frozen=True)
class Identity:
    """A process for sure: a pid may be given to another program, a pid with a start time (seconds, epoch) may not."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "Identity":
        return cls(pid, psutil.Process(pid).create_time())

    @property
    def alive(self) -> bool | None:
        """Whether the process lives; None when its pid belongs to another one by now."""
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.started) > START_TOLERANCE:
                return None
            return process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def group(self) -> list[psutil.Process]:
        """The living processes of the group that this process leads or led: the group may outlive its leader."""
        if self.alive is None:
            return []
        return [process for process in psutil.process_iter(["status"]) if self._leads(process)]

    def _leads(self, process: psutil.Process) -> bool:
        try:
            return process.info["status"] != psutil.STATUS_ZOMBIE and os.getpgid(process.pid) == self.pid
        except (ProcessLookupError, PermissionError):
            return False

    def stop_group(self) -> None:
        """End every process of the group: politely, and after `GRACE` seconds without asking."""
        members = self.group()
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in members:
                try:
                    process.send_signal(number)
                except psutil.NoSuchProcess:
                    continue
            _gone, members = psutil.wait_procs(members, timeout=GRACE)


@dataclass
class Child:
    """One process with its restarts. It leads a group of its own: Ctrl-C in the terminal does not reach it."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen | None = None
    identity: Identity | None = None
    pause: float = SHORTEST_PAUSE
    start_at: float = 0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.identity = Identity.of(self.process.pid)

    def stop(self) -> None:
        if self.identity:
            self.identity.stop_group()
        if self.process:
            self.process.wait()
            self.process = None


@dataclass
class Supervisor:
    """Keeps children running until told to stop. `state` is the file that remembers them for the next run.

    `say` gets a line for the person at the terminal whenever a child had to be restarted.
    """

    state: Path
    say: Callable[[str], object]
    children: list[Child] = field(default_factory=list)

    def stop_orphans(self) -> None:
        """End what an earlier supervisor with this state left behind when it was killed."""
        for orphan in self._remembered():
            orphan.stop_group()
        self._remember([])

    def add(self, child: Child) -> None:
        self.children.append(child)
        child.log.write_bytes(b"")
        self._start(child)

    def check(self) -> None:
        """Look after the children once: restart the dead, each after a pause that grows as long as it keeps dying."""
        now = time.monotonic()
        for child in self.children:
            if child.process and child.process.poll() is not None:
                code = child.process.returncode
                self.say(f"The {child.name} ended ({code}); starting it again in {child.pause:.0f} s. See {child.log}")
                child.stop()
                healthy = now - child.start_at > HEALTHY_AFTER
                child.start_at = now + child.pause
                child.pause = SHORTEST_PAUSE if healthy else min(child.pause * 2, LONGEST_PAUSE)
            elif not child.process and now >= child.start_at:
                self._start(child)

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()
        self._remember([])

    def _start(self, child: Child) -> None:
        child.start_at = time.monotonic()
        child.start()
        self._remember(other.identity for other in self.children if other.identity)

    def _remembered(self) -> list[Identity]:
        try:
            return [Identity(**entry) for entry in json.loads(self.state.read_text())]
        except (FileNotFoundError, ValueError, TypeError):
            # None yet, or cut off by a full disk: then nothing is known to be ours.
            return []

    def _remember(self, identities: Iterable[Identity]) -> None:
        new = self.state.with_suffix(".new")
        new.write_text(json.dumps([asdict(identity) for identity in identities]))
        new.replace(self.state)
