"""What was changed, in words: of one change set (the change log), or of one record (its history).

`telling` says how each tracked table is told of, `reading` finds what changed, `words` makes sentences of it.
"""

from .telling import Telling, tell, telling

__all__ = ["Telling", "tell", "telling"]
