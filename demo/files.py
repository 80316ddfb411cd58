"""The four files of demo/data, and what a user would answer on the mapping screen for each."""

from dataclasses import dataclass, field
from pathlib import Path

from transfers.intake import bring_in as import_file
from workspaces.models import Membership, Workspace


@dataclass(frozen=True)
class DemoFile:
    """A file, what its rows are, and where the answers differ from what the mapping screen suggests."""

    name: str
    record: str
    answers: dict[str, str] = field(default_factory=dict)
    fixes: dict[str, dict[str, str]] = field(default_factory=dict)


FILES = (
    DemoFile("accounts.csv", "organization"),
    DemoFile("sales_teams.csv", "member"),
    DemoFile(
        "sales_pipeline.csv",
        "deal",
        {"pipeline": "new", "pipeline_name": "Hardware 2017", "stages": "Prospecting\nEngaging", "missing": "refuse"},
        {"product": {"GTXPro": "GTX Pro"}},
    ),
)


def bring_in(file: DemoFile, path: Path, workspace: Workspace, owner: Membership) -> None:
    """Import one of the files through the product's own import, job and all."""
    done = import_file(path, file.record, by=owner, fixes=file.fixes, **file.answers)
    if done.state != "done" or done.refused:
        raise RuntimeError(f"{file.name} of {workspace} came in as {done.state}, with {done.refused} rows refused")
