import asyncio
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import DjangoApp, app

from workspaces.jobs import SILENCE
from workspaces.logins import TooPowerful, refuse_powerful_login

#: seconds that a job may go on after SIGTERM before it is asked to stop at its next transaction
GRACE = 4
CONCURRENCY = 2


class Command(BaseCommand):
    help = "Runs the jobs of all workspaces, until SIGTERM or Ctrl-C; what is running then is finished or queued again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when no job is left")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_powerful_login()
            with psycopg.connect(settings.WORKER_DATABASE_URL) as line:
                refuse_powerful_login(line.cursor())
        except TooPowerful as error:
            raise CommandError(str(error)) from error
        connections.close_all()
        asyncio.run(work(wait=not options["once"]))


def worker_app() -> DjangoApp:
    """The same jobs over a line of the worker's own.

    The queue is read through WORKER_DATABASE_URL, since LISTEN needs a lasting connection. Jobs work on Django's
    connections, and what they defer goes with their own transaction: hence an app beside the one that they know.
    """
    connector = PsycopgConnector(conninfo=settings.WORKER_DATABASE_URL, min_size=1, max_size=4)
    worker = DjangoApp(connector=connector, import_paths=app.import_paths)
    worker.tasks, worker.periodic_registry = app.tasks, app.periodic_registry
    return worker


async def work(*, wait: bool = True) -> None:
    """Fetch and run jobs, until told to stop or, without `wait`, until none is left."""
    worker = worker_app()
    async with worker.open_async():
        await worker.run_worker_async(
            wait=wait,
            concurrency=CONCURRENCY,
            # Without waiting the worker shuts down as soon as nothing is queued: what is running has its time.
            shutdown_graceful_timeout=GRACE if wait else None,  # type: ignore[arg-type]
            update_heartbeat_interval=SILENCE / 4,
            stalled_worker_timeout=SILENCE,
        )
