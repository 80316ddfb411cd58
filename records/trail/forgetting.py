"""What is older than the workspace keeps its read trail goes each night."""

from records.models import Reading
from workspaces.jobs import Job

#: rows of one transaction
BATCH = 5_000


def forget(job: Job) -> None:
    """Take away what is too old, batch by batch."""
    while forget_batch(job) == BATCH:
        job.stop_if_asked()


def forget_batch(job: Job) -> int:
    with job.transaction():
        return Reading.forget(BATCH)
