import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from core.environment import embedded_server
from core.postgres import SetupError, provision


class Command(BaseCommand):
    help = "Makes the database ready: its role and extensions, then what is missing of the tables. Safe to call often."
    # The checks look into the database, which may not exist yet; `migrate` runs them.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        server = embedded_server()
        started = server.start() if server else False
        try:
            prepare(options["verbosity"])
        finally:
            connections.close_all()
            if server and started:
                server.stop()


def prepare(verbosity: int = 1) -> None:
    """Bring the database of DATABASE_OWNER_URL up to the code; with nothing to do it takes a fraction of a second.

    `migrate` runs each time: it also renews what hangs on it, such as the grants of the application's role.
    """
    app_url = os.environ["DATABASE_URL"]
    try:
        provision(os.environ.get("DATABASE_OWNER_URL", app_url), app_url)
    except SetupError as error:
        raise CommandError(str(error)) from error
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
