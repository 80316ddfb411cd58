import io
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from core.embedded import ServerError
from core.environment import ROOT, VAR, embedded_server
from core.locks import try_lock
from core.management.commands.prepare import prepare
from core.supervisor import Child, Supervisor

HOST = "127.0.0.1"
WEB_WORKERS = 2
#: of each worker: as many as there are connections in its pool
WEB_THREADS = 8
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
#: seconds that the web server may take to answer
PATIENCE = 60
LOGINS = VAR / "demo-logins.json"
#: holds the pid of a server that a demo started and has not stopped yet
SERVER_MARK = VAR / "demo-server"


class Command(BaseCommand):
    help = "Runs the product on this machine with demo data: database, web server and worker, until Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port of the web server (default: 8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # Progress is seen at once in a pipe or a file too.
            sys.stdout.reconfigure(line_buffering=True)
        held = try_lock(VAR / "demo.lock")
        if held is None:
            address = (VAR / "demo.lock").read_text() or "an address it will print"
            self.stdout.write(f"The demo is running already, at {address}")
            return
        address = f"http://localhost:{options['port']}/"
        with held:
            held.truncate(0)
            held.write(address)
            held.flush()
            for number in ENDING_SIGNALS:
                # SIGINT too: a shell script starts its background jobs with that one ignored.
                signal.signal(number, signal.default_int_handler)
            try:
                Demo(options["port"], address, self.stdout.write).run()
            except KeyboardInterrupt:
                self.stdout.write("Stopped. The data stays in var/.")
            except ServerError as error:
                raise CommandError(str(error)) from error


class Demo:
    """One run of the demo: everything it starts is stopped at its end, however it ends."""

    def __init__(self, port: int, address: str, say: Callable[[str], object]) -> None:
        self.port = port
        self.address = address
        self.say = say
        self.server = embedded_server()
        self.owns_server = False
        self.supervisor = Supervisor(VAR / "demo-processes.json", say)

    def run(self) -> None:
        self.supervisor.stop_orphans()
        self.require_free_port()
        try:
            self.start_database()
            self.make_ready()
            self.start_children()
            self.welcome()
            while True:
                time.sleep(0.5)
                self.supervisor.check()
                self.check_database()
        finally:
            self.stop()

    def require_free_port(self) -> None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, self.port)) == 0:
                raise CommandError(
                    f"Port {self.port} is in use by another program. Choose one: "
                    f"python3 dev.py demo --port {self.port + 1}"
                )

    def start_database(self) -> None:
        if self.server is None:
            return
        self.say("Starting PostgreSQL …")
        # One that a killed demo left running is this one's to stop; any other belongs to whoever started it.
        left_over = SERVER_MARK.exists() and SERVER_MARK.read_text() == str(self.server.pid)
        self.owns_server = left_over or not self.server.running
        self.server.start()
        if self.owns_server:
            SERVER_MARK.write_text(str(self.server.pid))

    def check_database(self) -> None:
        if self.server and not self.server.running:
            self.say("PostgreSQL ended; starting it again.")
            self.start_database()

    def make_ready(self) -> None:
        """Tables, static files and demo data, each of them at once when there is nothing to do."""
        self.say("Preparing the database …")
        prepare(verbosity=0)
        self.say("Collecting static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        if "load_demo" in get_commands():
            self.say("Loading the demo data …")
            call_command("load_demo")
        for connection in connections.all(initialized_only=True):
            connection.close()
            close_pool = getattr(connection, "close_pool", None)
            if close_pool:
                close_pool()

    def start_children(self) -> None:
        self.say("Starting web server and worker …")
        environment = os.environ | {"SITE_URL": self.address.rstrip("/"), "PYTHONUNBUFFERED": "1"}
        environment.pop("DATABASE_OWNER_URL", None)  # who serves people has no need of the owner's login
        logs = VAR / "log"
        logs.mkdir(exist_ok=True)
        granian = [sys.executable, "-m", "granian", "crm.wsgi:application", "--interface", "wsgi"]
        web = [*granian, "--host", HOST, "--port", str(self.port), "--working-dir", str(ROOT), "--no-ws"]
        web += ["--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS), "--respawn-failed-workers"]
        worker = [sys.executable, str(ROOT / "manage.py"), "worker"]
        self.supervisor.add(Child("web server", web, environment, logs / "web.log"))
        self.supervisor.add(Child("worker", worker, environment, logs / "worker.log"))

    def welcome(self) -> None:
        """Wait until the product answers, then say where it is and who may sign in."""
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > deadline:
                tail = (VAR / "log" / "web.log").read_text()[-3000:]
                raise CommandError(f"The web server does not answer. The end of var/log/web.log:\n{tail}")
            self.supervisor.check()
            time.sleep(0.1)
        for line in ["", f"Rapport runs at {self.address}", "", *login_lines(LOGINS), ""]:
            self.say(line)
        self.say("Ctrl-C stops it; a later demo goes on with the same data.")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=PATIENCE) as response:
                return response.status == 200
        except urllib.error.HTTPError as error:
            return error.code < 500
        except OSError:
            return False

    def stop(self) -> None:
        for number in ENDING_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        self.supervisor.stop()
        if self.server and self.owns_server:
            self.server.stop()
            SERVER_MARK.unlink(missing_ok=True)


def login_lines(file: Path) -> list[str]:
    """One line a demo login: role, e-mail, password, name and workspace, in columns."""
    if not file.exists():
        return []
    rows = [
        (login["role"], login["email"], login["password"], f"{login['name']}, {login['workspace']}")
        for login in json.loads(file.read_text())
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
