from transfers import engine
from workspaces.jobs import RETRY, Job, workspace_job


@workspace_job(queue="transfers", batches=True, retry=RETRY)
def run_import(job: Job, import_id: int) -> None:
    """Do what is left of an import."""
    engine.run(job, import_id)
