"""What a process remembers for a while, so that it is not asked for again."""

import time
from collections.abc import Hashable


class Memory[T]:
    """Answers by their keys, each for some seconds; when there are too many all are forgotten."""

    def __init__(self, seconds: int, most: int):
        self.seconds, self.most = seconds, most
        self._known: dict[Hashable, tuple[float, T]] = {}

    def get(self, key: Hashable) -> T | None:
        """The answer; None for what is not known, or no longer."""
        until, answer = self._known.get(key, (0, None))
        return answer if until > time.monotonic() else None

    def keep(self, key: Hashable, answer: T) -> T:
        if len(self._known) >= self.most:
            self._known.clear()
        self._known[key] = time.monotonic() + self.seconds, answer
        return answer
