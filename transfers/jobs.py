from transfers import engine, exporting
from workspaces.jobs import RETRY, Job, workspace_job


@workspace_job(queue="transfers", batches=True, retry=RETRY)
def run_import(job: Job, import_id: int) -> None:
    """Do what is left of an import."""
    engine.run(job, import_id)


@workspace_job(queue="transfers", batches=True, retry=RETRY)
def run_export(job: Job, export_id: int) -> None:
    """Write the file that somebody asked for."""
    exporting.run(job, export_id)
