"""`python3 dev.py bench [--scale N] [--fresh] [--write] [--plans | --questions]`: fill a big workspace, measure, print.

The first run fills the data (about a minute) into a server of its own below var/bench; later runs use it again. A scale
above 1 measures scale 1 as well, in the same hour, and says how much more each step costs.
"""

import argparse
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "var" / "bench"
#: where a run for another one leaves its figures
FIGURES = "BENCH_FIGURES"


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="times 100,000 contacts")
    parser.add_argument("--fresh", action="store_true", help="fill the data anew")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    parser.add_argument(
        "--plans", action="store_true", help="print the plans of the dearest statements, measure nothing"
    )
    parser.add_argument(
        "--questions", action="store_true", help="measure what lists ask against plain SQL for the same, nothing else"
    )
    options = parser.parse_args()
    small = at_scale_one() if options.scale > 1 and not (options.plans or options.questions) else {}

    from core.embedded import EmbeddedPostgres
    from core.postgres import drop_database

    server = EmbeddedPostgres(DATA / "postgres")
    server.start()
    name = f"bench{options.scale}"
    os.environ |= environment(server, name)
    try:
        if options.fresh:
            drop_database(server.url("crm", "postgres"), name)
        report = run(server, name, options, small)
    finally:
        server.stop()
    print(report)
    if options.write:
        write(block(options), report)


def block(options: argparse.Namespace) -> str:
    """Where in the document the report stands."""
    if options.plans:
        return "plans"
    if options.questions:
        return "questions"
    return "bench" if options.scale == 1 else "growth"


def environment(server, name: str) -> dict[str, str]:
    return {
        "DATABASE_URL": server.url("crm_app", name),
        "DATABASE_OWNER_URL": server.url("crm", name),
        "SECRET_KEY": "for the bench alone",
        "DJANGO_SETTINGS_MODULE": "crm.settings",
        "MEDIA_ROOT": str(DATA / "media"),
        "STATIC_ROOT": str(DATA / "static"),
        "EMAIL_FILE_PATH": str(DATA / "mail"),
        "SITE_URL": "http://127.0.0.1",
        "DEBUG": "0",
        "WORKING_COPY": "1",
    }


def at_scale_one() -> dict[str, float]:
    """The figures of scale 1, from a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.json"
        subprocess.run([sys.executable, "-m", "bench"], check=True, env=os.environ | {FIGURES: str(path)}, cwd=ROOT)
        return json.loads(path.read_text())


def run(server, name: str, options: argparse.Namespace, small: dict[str, float]) -> str:
    import django

    django.setup()
    from django.core.management import call_command

    from core.management.commands.prepare import prepare
    from workspaces.models import User

    prepare(verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from .data import Size, examples, fill

    if not User.objects.filter(email="bench@example.com").exists():
        print("filling the data …", flush=True)
        start = time.monotonic()
        fill(server.url("crm", name), Size().times(options.scale))
        print(f"filled in {time.monotonic() - start:.0f} s", flush=True)
    if options.plans:
        from .plans import plans

        return heading(options.scale) + plans(examples())
    if options.questions:
        from .imports import server_database
        from .questions import measure

        return heading(options.scale) + measure(server.url("crm", server_database()), examples())
    from .pages import growth, measure_all

    report = measure_all(server, examples())
    if FIGURES in os.environ:
        Path(os.environ[FIGURES]).write_text(json.dumps(report.cpu))
    grown = growth(small, report.cpu, options.scale) if small else ""
    return heading(options.scale) + (f"{grown}\n" if grown else "") + report.text


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def serve(application: str) -> tuple[subprocess.Popen, int]:
    """Start the product's web server with two workers on a free port of the loopback; wait until it listens."""
    port = free_port()
    command = [sys.executable, "-m", "granian", application, "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--no-ws", "--working-dir", str(ROOT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(1)
                return process, port
        time.sleep(0.1)
    raise SystemExit(f"{application} did not start")


def heading(scale: int) -> str:
    import psycopg
    from django import VERSION

    version = psycopg.connect(os.environ["DATABASE_URL"]).info.server_version // 10_000
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        f"Django {VERSION[0]}.{VERSION[1]}.{VERSION[2]}, PostgreSQL {version}; "
        f"{100_000 * scale:,} contacts, {20_000 * scale:,} organizations, {20_000 * scale:,} deals over 6 stages, "
        f"{200_000 * scale:,} activities in one workspace, beside 200 small ones.\n\n"
    )


def write(name: str, report: str) -> None:
    """Put a report between its marks in the document."""
    path = ROOT / "docs" / "performance.md"
    start, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    before, _, rest = path.read_text().partition(start)
    path.write_text(f"{before}{start}\n{report}\n{end}{rest.partition(end)[2]}")


if __name__ == "__main__":
    main()
