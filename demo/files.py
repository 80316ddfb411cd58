"""Brings files in as a user does: the upload, the mapping screen with what it suggests, the job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File
from django.http import QueryDict
from django.utils.translation import override

from core.tenancy import workspace_scope
from transfers.forms import MappingForm
from transfers.jobs import run_import
from transfers.models import Import
from transfers.survey import Survey
from workspaces.models import Membership, Workspace


@dataclass(frozen=True)
class DemoFile:
    """A file and what a user would do on its mapping screen beyond agreeing.

    `fixes` replaces values of a column for all rows; `answers` are fields of the form.
    """

    name: str
    record: str
    fixes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


FILES = (
    DemoFile("accounts.csv", "organization", answers={"column_3": "revenue_millions"}),
    DemoFile("sales_teams.csv", "member"),
    DemoFile("products.csv", "tag"),
    DemoFile(
        "sales_pipeline.csv",
        "deal",
        fixes={"product": {"GTXPro": "GTX Pro"}},
        answers={"pipeline_name": "Hardware", "stages": "Prospecting\nEngaging"},
    ),
)


def bring_in(file: DemoFile, path: Path, workspace: Workspace, member: Membership) -> Import:
    """Import the file as `member` and return the import, done. Raises ValueError when the mapping screen objects."""
    with workspace_scope(workspace.pk), override(workspace.language):
        with path.open("rb") as stream:
            importing = Import.receive(File(stream, name=file.name), file.record, by=member)
        survey = Survey.of(importing)
        shown = MappingForm(importing=importing, member=member, survey=survey)
        form = MappingForm(filled(shown, file), importing=importing, member=member, survey=survey)
        if not form.is_valid():
            raise ValueError(f"{file.name}: {form.errors.as_text()}")
        importing.state = "waiting"
        importing.save()
    run_import(workspace_id=workspace.pk, import_id=importing.pk)
    with workspace_scope(workspace.pk):
        importing.refresh_from_db()
    return importing


def filled(shown: MappingForm, file: DemoFile) -> QueryDict:
    """What the browser would send: the form as it is shown, the answers and the fixes."""
    data = QueryDict(mutable=True)
    for name in shown.fields:
        value = shown.initial.get(name)
        data[name] = "" if value is None else str(value)
    data.update(file.answers)
    for place, column in enumerate(shown.importing.columns):
        for was, now in file.fixes.get(column, {}).items():
            data.appendlist(f"was-{place}", was)
            data.appendlist(f"now-{place}", now)
    return data
