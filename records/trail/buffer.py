"""What was noted waits here in the process, and a thread of its own writes it in batches: no page waits for that."""

import logging
import threading
from collections import defaultdict, deque
from collections.abc import Sequence

from django.db import Error, InterfaceError, OperationalError, connection

from core.tenancy import workspace_scope
from records.models.reading import Note, Reading

logger = logging.getLogger(__name__)

#: seconds for which a batch gathers, unless it gets as long as this before
PAUSE, MANY = 1.0, 200
#: as many as wait at most, such as while the database is away
MOST = 10_000
#: how often notes are tried that the database is there for and does not take: a deadlock, a statement's time
TRIES = 3
#: SQLSTATEs, or their classes, with which the database is away: connections, resources, somebody shuts it down
AWAY = ("08", "53", "57P", "58")


class Buffer:
    """Notes on their way into the database, each with its workspace's id. Safe for many threads.

    The thread begins with the first note, so that a web server may fork before it; it sleeps while nothing is noted.
    """

    def __init__(self, *, pause: float = PAUSE, many: int = MANY, most: int = MOST):
        self.pause, self.many, self.most = pause, many, most
        self.reset()

    def reset(self) -> None:
        """Begin empty and without a thread: in a forked child, what waits is its parent's to write."""
        self.waiting: deque[tuple[int, Note]] = deque()
        self.some, self.enough = threading.Event(), threading.Event()
        self.starting, self.writing = threading.Lock(), threading.Lock()
        self.thread: threading.Thread | None = None

    def put(self, workspace_id: int, note: Note) -> bool:
        """Take a note. False where too many wait: who brings it writes it then."""
        if len(self.waiting) >= self.most:
            return False
        self.waiting.append((workspace_id, note))
        self.start()
        self.some.set()
        if len(self.waiting) >= self.many:
            self.enough.set()
        return True

    def start(self) -> None:
        """See to it that the thread lives."""
        if not (self.thread and self.thread.is_alive()):
            with self.starting:
                if not (self.thread and self.thread.is_alive()):
                    self.thread = threading.Thread(target=self.run, name="read trail", daemon=True)
                    self.thread.start()

    def run(self) -> None:
        while True:
            self.some.wait()
            self.enough.wait(self.pause)
            self.some.clear()
            self.enough.clear()
            self.empty()

    def empty(self) -> None:
        """Write all that waits by this thread's own connection, and give that back."""
        try:
            self.flush()
        except Error:
            logger.warning("The database is away; %s entries of the read trail wait", len(self.waiting))
            self.some.set()
        finally:
            connection.close()

    def flush(self) -> None:
        """Write all that waits, one transaction a workspace. Raises django.db.Error where the database is away; what is
        not written then waits on. What it does not take is lost, and the log says so."""
        with self.writing:
            taken: dict[int, list[Note]] = defaultdict(list)
            for _each in range(len(self.waiting)):
                workspace_id, note = self.waiting.popleft()
                taken[workspace_id].append(note)
            while taken:
                workspace_id, notes = taken.popitem()
                try:
                    add_or_lose(workspace_id, notes)
                except Error:
                    taken[workspace_id] = notes
                    self.waiting.extendleft((each, note) for each, notes in taken.items() for note in notes[::-1])
                    raise


def add_or_lose(workspace_id: int, notes: Sequence[Note]) -> None:
    """Write the notes of a workspace; those that the database does not take are lost, and no others. Raises
    django.db.Error where it is away."""
    for tries_left in reversed(range(TRIES)):
        try:
            add(workspace_id, notes)
        except Error as error:
            if is_away(error):
                raise
            if tries_left and isinstance(error, OperationalError):
                continue
            if len(notes) > 1:
                for note in notes:
                    add_or_lose(workspace_id, [note])
            else:
                logger.exception("Lost an entry of the read trail of workspace %s", workspace_id)
            return
        else:
            return


def is_away(error: Error) -> bool:
    """Is there no database, and not one that has its reasons? Without a SQLSTATE the connection itself is broken."""
    state = getattr(error.__cause__, "sqlstate", None)
    if state is None:
        return isinstance(error, InterfaceError | OperationalError)
    return state.startswith(AWAY)


def add(workspace_id: int, notes: Sequence[Note]) -> None:
    with workspace_scope(workspace_id):
        Reading.add(notes)
