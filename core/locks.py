"""Locks between processes. The kernel drops them when their holder dies, so nothing stale is left by a `kill -9`."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def try_lock(path: Path) -> TextIO | None:
    """The open lock file, to be kept open as long as the lock is wanted, or None when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Not for inheritance: a child that outlives its parent would go on holding the lock.
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the lock within the block; wait for it as long as it takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
