"""Importing as a person does it: a file, what the mapping screen shows and lets one choose, the job, the result."""

import asyncio
import csv
import io
import os
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from core.tenancy import workspace_scope
from transfers.intake import filled_in
from transfers.models import Import
from workspaces.jobs import rescue_jobs
from workspaces.management.commands.worker import worker_app

from .conftest import WorkspaceClient

REAL_FILES = Path(__file__).resolve().parent.parent / "demo" / "data"


def csv_bytes(rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a file, headings first."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def run_jobs() -> int:
    """Run what is queued, with the arguments that stand there, the news aside; returns how many jobs there were."""
    return run_queued(ProcrastinateJob.objects.exclude(queue_name="news"))


def run_news() -> int:
    """Work out the news of the changes so far, and send the letters that are due."""
    told = run_queued(ProcrastinateJob.objects.filter(queue_name="news"))
    due = Q(scheduled_at=None) | Q(scheduled_at__lte=timezone.now())
    run_queued(ProcrastinateJob.objects.filter(due, task_name="records.jobs.send_news"))
    return told


def drop_news() -> None:
    """Nobody is told of what was made so far."""
    ProcrastinateJob.objects.filter(queue_name="news").delete()


def run_queued(jobs: QuerySet[ProcrastinateJob]) -> int:
    queued = list(jobs.filter(status="todo").order_by("id"))
    for job in queued:
        ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
        app.tasks[job.task_name].func.__self__(**job.args)
    return len(queued)


def start_worker(*arguments: str) -> subprocess.Popen:
    """A worker as in production: a process of its own that has seen no page."""
    manage = Path(__file__).resolve().parents[1] / "manage.py"
    return subprocess.Popen([sys.executable, str(manage), "worker", *arguments], env=os.environ)


def rescue() -> None:
    """What every worker does each 15 seconds: queue the jobs of dead ones again."""

    async def look() -> None:
        worker = worker_app()
        async with worker.open_async():
            await rescue_jobs.func(SimpleNamespace(app=worker), timestamp=0)

    run_async(look())


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: after a journey in the browser this one has an event loop for good."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, work).result()


class Importer:
    """A member at the import's pages."""

    def __init__(self, client: WorkspaceClient) -> None:
        self.client = client
        self.answer: Any = None

    def upload(self, record: str, content: bytes | Path, name: str = "file.csv") -> Any:
        """Send a file; returns the answer."""
        if isinstance(content, Path):
            content, name = content.read_bytes(), content.name
        file = SimpleUploadedFile(name, content, content_type="text/csv")
        self.answer = self.client.post_w("transfers:create", data={"record": record, "file": file})
        return self.answer

    @property
    def newest(self) -> Import:
        with workspace_scope(self.client.workspace.pk):
            return Import.objects.latest("pk")

    def mapping_page(self) -> Any:
        """The mapping screen of the newest import."""
        return self.client.get_w("transfers:mapping", self.newest.pk)

    def map(self, *, action: str = "start", fixes: dict[str, dict[str, str]] | None = None, **answers: str) -> Any:
        """Send the mapping screen as it is shown, but for these answers; returns the answer."""
        importing = self.newest
        data = filled_in(self.mapping_page().context["form"], fixes or {}, answers)
        data["action"] = action
        url = self.client.url("transfers:mapping", importing.pk)
        self.answer = self.client.post(url, data.urlencode(), content_type="application/x-www-form-urlencoded")
        if action == "start" and self.answer.status_code == 303 and self.newest.mapping != importing.mapping:
            # Other columns than on the screen: the rules are shown anew before anything starts.
            return self.map(action=action, fixes=fixes, **answers)
        return self.answer

    def run(self, record: str, content: bytes | Path, **mapping: Any) -> Import:
        """From the file to the end of the job."""
        assert self.upload(record, content).status_code == 303, self.answer.context["form"].errors
        assert self.map(**mapping).status_code == 303, self.answer.context["form"].errors
        assert run_jobs() == 1
        return self.newest

    def result(self) -> Any:
        """The page of the newest import."""
        return self.client.get_w("transfers:progress", self.newest.pk)

    def refusals(self) -> dict[int, str]:
        """Line -> reason."""
        with workspace_scope(self.client.workspace.pk):
            return dict(self.newest.refusals.values_list("line", "reason"))
