"""An import without a browser: the same file, form and job, the answers of the mapping screen given by a program."""

from collections.abc import Mapping
from pathlib import Path

from django.core.files import File
from django.http import QueryDict

from core.tenancy import workspace_scope
from transfers.forms import MappingForm
from transfers.jobs import run_import
from transfers.models import Import
from transfers.survey import Survey
from workspaces.models import Membership

#: heading of a column -> value -> what stands for it
Fixes = Mapping[str, Mapping[str, str]]


class Unanswered(ValueError):
    """The mapping screen asks something that the answers leave open; the message is its errors."""


def bring_in(path: Path, record: str, *, by: Membership, fixes: Fixes | None = None, **answers: str) -> Import:
    """Import a file at once, as `by` would from the pages: what the mapping screen suggests, but for the `answers`.

    Opens the scopes that it needs. Raises FileProblem, Unanswered and NotAllowed.
    """
    with workspace_scope(by.workspace_id):  # type: ignore[arg-type]
        with path.open("rb") as file:
            importing = Import.receive(File(file, name=path.name), record, by=by)
        survey = Survey.of(importing)
        for place in range(len(importing.columns)):
            importing.mapping[place] = answers.get(f"column_{place}", importing.mapping[place])
        shown = MappingForm(importing=importing, member=by, survey=survey)
        form = MappingForm(filled_in(shown, fixes or {}, answers), importing=importing, member=by, survey=survey)
        if not form.is_valid():
            raise Unanswered(form.errors.as_json())
        importing.state = "waiting"
        importing.save()
    run_import(workspace_id=by.workspace_id, import_id=importing.pk)  # type: ignore[arg-type]
    with workspace_scope(by.workspace_id):  # type: ignore[arg-type]
        importing.refresh_from_db()
    return importing


def filled_in(form: MappingForm, fixes: Fixes, answers: Mapping[str, str]) -> QueryDict:
    """What a browser would send of the mapping screen as it is shown, with these answers in place of its own."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else str(value)
    for name, value in answers.items():
        data[name] = value
    for heading, replaced in fixes.items():
        place = form.importing.columns.index(heading)
        data.setlist(f"was-{place}", list(replaced))
        data.setlist(f"now-{place}", list(replaced.values()))
    return data
